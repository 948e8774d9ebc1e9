"""Sixty times all times give sixty times all results: what was hours may as well be minutes.

Two times are not in a plan: the week, and the two years after which the engine gives up. So small
networks keep hours that repeat sixty times a week in the one unit and once a week in the other, and
are done in time; a whole port is open day and night.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.capacity import WEEK, OpenTime, Spans
from sim.clearance.compile import Compiler
from sim.clearance.plan import Plan
from sim.engine.simulate import simulate
from sim.engine.trace import Trace
from sim.scenario.resources import EndOfShift
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from tests.builders import consignments_of, constant, observe_by_hand, tiny_data, with_value
from tests.catalogue import traffic_of, with_reforms
from tests.engine.plans import Task, make_plan, pool

UNIT = 60
PERIOD = WEEK // UNIT
HOUR = 3600
REQUESTS = ((), ((0, 1),), ((1, 1),), ((0, 2), (1, 1)))

Times = st.integers(0, PERIOD // 4)


def assert_only_the_unit_differs(fine: Trace, coarse: Trace) -> None:
    for column in ("ready", "start", "end", "work"):
        here, there = getattr(coarse, column), getattr(fine, column)
        np.testing.assert_array_equal(there, np.where(here >= 0, UNIT * here, here))
    np.testing.assert_array_equal(fine.boarded, coarse.boarded)


@st.composite
def tasks(draw: st.DrawFn) -> list[Task]:
    """Tasks of up to six cases, each of which may wait for some of its case."""
    found: list[Task] = []
    for case in range(draw(st.integers(1, 6))):
        first = len(found)
        for number in range(first, first + draw(st.integers(1, 4))):
            before = st.lists(st.sampled_from(range(first, number)), unique=True, max_size=2)
            request = draw(st.sampled_from(REQUESTS))
            task = Task(
                case,
                draw(Times),
                request,
                tuple(draw(before)) if number > first else (),
                draw(Times),
                draw(Times),
                draw(st.integers(3, 4)),
                -1 if request else draw(st.integers(-1, 1)),
            )
            found.append(task)
    return found


@st.composite
def open_spans(draw: st.DrawFn) -> Spans:
    """A morning and an afternoon, of a sixth of the period together at least."""
    start = draw(st.integers(0, PERIOD // 4))
    noon = st.integers(PERIOD // 3, 2 * PERIOD // 3)
    first, second = draw(st.lists(noon, min_size=2, max_size=2, unique=True).map(sorted))
    return (start, first), (second, draw(st.integers(3 * PERIOD // 4, PERIOD - 1)))


def times_unit(task: Task) -> Task:
    return replace(task, work=UNIT * task.work, earliest=UNIT * task.earliest, lag=UNIT * task.lag)


def repeated(spans: Spans) -> OpenTime:
    return OpenTime(
        tuple(
            (start + turn * PERIOD, end + turn * PERIOD)
            for turn in range(UNIT)
            for start, end in spans
        )
    )


def stretched(spans: Spans) -> OpenTime:
    return OpenTime(tuple((UNIT * start, UNIT * end) for start, end in spans))


def run(
    tasks: Sequence[Task], hours: Sequence[OpenTime], ends_of_shift: Sequence[EndOfShift]
) -> Trace:
    pools = [pool(f"pool_{n}", 2, end_of_shift=ends) for n, ends in enumerate(ends_of_shift)]
    return simulate(make_plan(tasks, pools, hours, [0, 1]))


@given(
    tasks(),
    st.tuples(open_spans(), open_spans()),
    st.sampled_from([("finish", "finish"), ("suspend", "finish"), ("finish", "suspend")]),
)
@settings(max_examples=40, deadline=None)
def test_of_small_networks_with_hours(
    tasks: list[Task], hours: tuple[Spans, Spans], ends_of_shift: tuple[EndOfShift, EndOfShift]
) -> None:
    coarse = run(tasks, list(map(repeated, hours)), ends_of_shift)
    fine = run(list(map(times_unit, tasks)), list(map(stretched, hours)), ends_of_shift)
    assert_only_the_unit_differs(fine, coarse)


def plan_of(port: str) -> Plan:
    """A port that is open day and night; its boxes are loaded in whole ticks, first or last."""
    data = with_reforms(port, {})
    hours = dict.fromkeys(data["hours"], data["hours"]["around_the_clock"])
    scenario = build_scenario({**data, "hours": hours})
    plan = Compiler(scenario).compile(*traffic_of(scenario))
    loading = plan.loading
    return replace(
        plan,
        loading=replace(
            loading,
            other_ticks=np.rint(loading.other_ticks),
            box_ticks=np.rint(loading.box_ticks),
            place=np.rint(loading.place),
        ),
    )


def plan_times_unit(plan: Plan) -> Plan:
    links, loading = plan.links, plan.loading
    return replace(
        plan,
        arrival=UNIT * plan.arrival,
        work=UNIT * plan.work,
        earliest=UNIT * plan.earliest,
        lag=UNIT * plan.lag,
        links=replace(links, lag=UNIT * links.lag),
        loading=replace(
            loading,
            other_ticks=UNIT * loading.other_ticks,
            box_ticks=UNIT * loading.box_ticks,
        ),
    )


@pytest.mark.parametrize("port", ["lianyungang_rail", "fujian_2015"])
def test_of_trains_and_vessels_with_what_they_carry(port: str) -> None:
    plan = plan_of(port)
    coarse = simulate(plan)
    assert (coarse.boarded >= 0).any()
    assert_only_the_unit_differs(simulate(plan_times_unit(plan)), coarse)


def written(works: Sequence[int], unit: int) -> Scenario:
    """A port without luck and one officer, whose steps take these ticks, or so many times more."""
    data = tiny_data()
    steps = [step for flow in data["workflows"].values() for step in flow["steps"].values()]
    for step, work in zip(steps, works, strict=True):
        step["duration"] = constant(unit * work / HOUR)
        step["lag_hours"] = unit * works[0] / HOUR
    return build_scenario(with_value(data, "agencies.customs.reviewers", 1))


@given(st.lists(Times, min_size=7, max_size=7), st.lists(Times, min_size=1, max_size=3))
@settings(max_examples=6, deadline=None)
def test_of_hours_as_they_are_written(works: list[int], arrivals: list[int]) -> None:
    consignments = consignments_of(list(range(len(arrivals))) * 2)
    coarse, fine = (
        observe_by_hand(
            written(works, unit), consignments, *(unit * tick / HOUR for tick in sorted(arrivals))
        )
        for unit in (1, UNIT)
    )
    assert_only_the_unit_differs(fine.trace, coarse.trace)
