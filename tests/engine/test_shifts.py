"""Units that come and go: rosters, outages, and runs whose work cannot be done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.capacity import WEEK, Capacity, combined, one_between, open_time
from sim.engine.course import units_at
from sim.engine.simulate import simulate
from sim.engine.trace import NEVER
from sim.measure.audit import audit
from sim.scenario.resources import EndOfShift
from tests.engine.plans import Task, make_plan, pool

HOUR, DAY = 3600, 86_400
A = ((0, 1),)
OFFICE = Capacity(
    ((0, 0), *(
        (day * DAY + hour * HOUR, units) for day in range(5) for hour, units in ((8, 2), (17, 0))
    ))
)  # fmt: skip


def without(capacity: Capacity, start: float, end: float) -> Capacity:
    """The capacity with an outage between two hours."""
    outage = one_between(round(start * HOUR), round(end * HOUR))
    return combined(lambda there: 0 if there[1] else there[0], [capacity, outage])


def starts_and_ends(
    tasks: Sequence[Task], capacity: Capacity, end_of_shift: EndOfShift = "finish"
) -> list[tuple[float, float]]:
    """Hours at which each task starts and ends, on one pool."""
    plan = make_plan(
        tasks,
        [pool("a", 0, end_of_shift=end_of_shift)],
        [open_time(capacity)],
        capacity=[capacity],
    )
    trace = simulate(plan)
    audit(plan, trace)
    return [
        (start / HOUR, end / HOUR)
        for start, end in zip(trace.start.tolist(), trace.end.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("end_of_shift", "first", "second"),
    [
        pytest.param("finish", (9, 13), (14, 15), id="work in hand is finished"),
        pytest.param("suspend", (9, 17), (14, 15), id="work in hand is suspended"),
    ],
)
def test_an_outage_is_like_the_end_of_a_shift(
    end_of_shift: EndOfShift, first: tuple[float, float], second: tuple[float, float]
) -> None:
    tasks = [Task(0, 4 * HOUR, A, earliest=9 * HOUR), Task(1, HOUR, A, earliest=11 * HOUR)]
    capacity = without(OFFICE, 10, 14)
    assert starts_and_ends(tasks, capacity, end_of_shift) == [first, second]


def test_who_is_back_takes_up_what_waited() -> None:
    """Two hold units when the outage begins; those come free only as their work ends."""
    tasks = [Task(n, 6 * HOUR, A, earliest=9 * HOUR) for n in range(2)]
    tasks.append(Task(2, HOUR, A, earliest=9 * HOUR))
    assert starts_and_ends(tasks, without(OFFICE, 10, 11))[2] == (15, 16)


def test_a_holiday_is_waited_out() -> None:
    monday_off = without(OFFICE, 0, 24)
    assert starts_and_ends([Task(0, HOUR, A)], monday_off) == [(32, 33)]


def test_fewer_are_there_in_the_evening() -> None:
    """Of three who start in the afternoon all finish; the fourth waits until one is left over."""
    roster = Capacity(((0, 0), (8 * HOUR, 3), (17 * HOUR, 1), (21 * HOUR, 0)))
    tasks = [Task(n, (1 + n) * HOUR, A, earliest=16 * HOUR + 1800) for n in range(3)]
    tasks.append(Task(3, HOUR, A, earliest=16 * HOUR + 1800))
    assert starts_and_ends(tasks, roster) == [
        (16.5, 17.5),
        (16.5, 18.5),
        (16.5, 19.5),
        (19.5, 20.5),
    ]


def test_a_step_that_needs_many_waits_for_the_large_shift() -> None:
    roster = Capacity(((0, 1), (8 * HOUR, 3), (17 * HOUR, 1)))
    tasks = [Task(0, HOUR, ((0, 2),)), Task(1, HOUR, A, earliest=HOUR)]
    strict = starts_and_ends(tasks, roster)
    assert strict == [(8, 9), (8, 9)]


@pytest.mark.parametrize("discipline", ["strict", "greedy"])
def test_who_asks_for_what_is_never_there_keeps_nobody_waiting(discipline: str) -> None:
    tasks = [Task(0, HOUR, ((0, 1), (1, 2))), Task(1, HOUR, ((1, 1),), earliest=1)]
    plan = make_plan(tasks, [pool("a", 0, discipline), pool("b", 2, discipline)])
    trace = simulate(plan)
    assert trace.start.tolist() == [NEVER, 1]
    assert trace.ready.tolist() == [0, 1]


def test_a_run_ends_soon_when_nothing_can_happen_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pools that are never there together: only shifts change, week after week."""
    changes: list[int] = []
    monkeypatch.setattr(
        "sim.engine.shifts.Lines.change",
        lambda lines, pool, units: changes.append(pool),
    )
    nights = Capacity(((0, 2), (6 * HOUR, 0)))
    plan = make_plan(
        [Task(0, HOUR, ((0, 1), (1, 1)))],
        [pool("a", 0), pool("b", 0)],
        capacity=[OFFICE, nights],
    )
    assert simulate(plan).unfinished == 1
    assert len(changes) < 60


def test_what_comes_late_is_waited_for() -> None:
    """A long pause, a delay of ten weeks, and a pool that is back only after twelve."""
    away = without(OFFICE, 0, 12 * 7 * 24)
    tasks = [
        Task(0, HOUR, A, earliest=WEEK),
        Task(1, 10 * WEEK),
        Task(1, HOUR, A, after=(1,)),
        Task(2, 60, A, earliest=20 * WEEK + 10 * HOUR),
    ]
    found = starts_and_ends(tasks, away)
    week = 7 * 24
    assert [start for start, _ in found] == [12 * week + 8, 0, 12 * week + 8, 20 * week + 10]


def test_one_a_week_is_not_nothing() -> None:
    """Each waits for an hour on Monday, when the other pool still has night duty."""
    nights = Capacity(((0, 1), (8 * HOUR + 60, 0)))
    tasks = [Task(n, 1800, ((0, 1), (1, 1))) for n in range(6)]
    plan = make_plan(tasks, [pool("a", 0), pool("b", 0)], capacity=[OFFICE, nights])
    trace = simulate(plan)
    assert trace.start.tolist() == [week * WEEK + 8 * HOUR for week in range(6)]


@st.composite
def rosters(draw: st.DrawFn) -> Capacity:
    """Units that change from hour to hour for two days of a week, by date in the first week."""

    def changes() -> tuple[tuple[int, int], ...]:
        later = draw(st.dictionaries(st.integers(1, 48), st.integers(0, 3), max_size=6))
        return tuple(sorted({0: draw(st.integers(0, 3)), **later}.items()))

    hourly = [tuple((hour * HOUR, units) for hour, units in changes()) for _ in range(2)]
    return Capacity(hourly[0], hourly[1], WEEK)


@settings(deadline=None)
@given(
    rosters(), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8)), min_size=1, max_size=8)
)
def test_whoever_can_start_starts_and_nobody_else(
    roster: Capacity, wanted: list[tuple[int, int]]
) -> None:
    """On one pool: an hour at which a task waits is an hour at which all units there are taken."""
    tasks = [
        Task(number, hours * HOUR, A, earliest=ready * HOUR)
        for number, (ready, hours) in enumerate(wanted)
    ]
    plan = make_plan(tasks, [pool("a", 0)], [open_time(roster)], capacity=[roster])
    trace = simulate(plan)
    audit(plan, trace)
    last = int(max(trace.end.max(), plan.earliest.max() + WEEK))
    for time in np.arange(0, last, HOUR):
        started = (trace.start != NEVER) & (trace.start <= time)
        in_use = int((started & (trace.end > time)).sum())
        waits = (plan.earliest <= time) & ~started
        there = int(units_at(roster, np.array([time]))[0])
        assert in_use >= there or not waits.any()
