"""One more server never makes anybody later, where nobody overtakes; elsewhere it may.

In strict pools of one class, everybody starts once those ahead leave enough: all that those do
earlier is to his good. So the law holds for joint steps and for several units too. It needs that
who is ahead does not change: no priorities, no greedy pool, and in a row of steps no overtaking
between them (durations alike at all steps but the last). Counter-examples show each to be needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.plan import PoolDemand
from sim.engine.simulate import simulate
from sim.scenario.resources import Discipline
from tests.engine.plans import Task, make_plan, pool

A, B = ((0, 1),), ((1, 1),)
BOTH = ((0, 1), (1, 1))
DEMANDS = (A, B, BOTH, ((0, 2),), ((0, 2), (1, 1)))

Times = st.integers(0, 20)
Pair = tuple[int, int]


def ends(tasks: Sequence[Task], *units: int, discipline: Discipline = "strict") -> list[int]:
    """End of every task, with so many units of each pool."""
    pools = [pool(f"pool_{number}", number, discipline) for number in units]
    found: list[int] = simulate(make_plan(tasks, pools)).end.tolist()
    return found


def one_step(customers: Sequence[Pair], demands: Sequence[PoolDemand]) -> list[Task]:
    """A task for each customer, by arrival and work; who comes first stands first."""
    return [
        Task(case, work, demand, earliest=arrival)
        for case, ((arrival, work), demand) in enumerate(zip(customers, demands, strict=True))
    ]


def in_a_row(customers: Sequence[Pair], works: Sequence[int]) -> list[Task]:
    """Steps, each with a pool of its own: alike for all, but for the last."""
    tasks: list[Task] = []
    for case, (arrival, last) in enumerate(customers):
        before: tuple[int, ...] = ()
        for step, work in enumerate((*works, last)):
            task = Task(case, work, ((step, 1),), before, 0 if before else arrival)
            before = (len(tasks),)
            tasks.append(task)
    return tasks


def assert_nobody_is_later(few: Sequence[int], more: Sequence[int]) -> None:
    assert [after for before, after in zip(few, more, strict=True) if after > before] == []


Customers = st.lists(st.tuples(Times, Times), min_size=1, max_size=20).map(sorted)


@given(Customers, st.integers(1, 4))
@settings(deadline=None)
def test_in_one_line(customers: list[Pair], servers: int) -> None:
    tasks = one_step(customers, [A] * len(customers))
    assert_nobody_is_later(ends(tasks, servers), ends(tasks, servers + 1))


@given(Customers, st.data())
@settings(deadline=None)
def test_at_joint_steps_of_strict_pools(customers: list[Pair], data: st.DataObject) -> None:
    demands = [data.draw(st.sampled_from(DEMANDS)) for _ in customers]
    units = data.draw(st.tuples(st.integers(2, 4), st.integers(1, 3)))
    added = data.draw(st.sampled_from([(1, 0), (0, 1)]))
    tasks = one_step(customers, demands)
    more = (units[0] + added[0], units[1] + added[1])
    assert_nobody_is_later(ends(tasks, *units), ends(tasks, *more))


@given(Customers, st.lists(st.tuples(Times, st.integers(1, 3)), min_size=1, max_size=3), st.data())
@settings(deadline=None)
def test_in_a_row_of_steps(customers: list[Pair], steps: list[Pair], data: st.DataObject) -> None:
    servers = [*(number for _, number in steps), data.draw(st.integers(1, 3))]
    chosen = data.draw(st.integers(0, len(steps)))
    more = [number + (step == chosen) for step, number in enumerate(servers)]
    tasks = in_a_row(customers, [work for work, _ in steps])
    assert_nobody_is_later(ends(tasks, *servers), ends(tasks, *more))


URGENT, ROUTINE = 0, 4
COUNTER_EXAMPLES = {
    # Alone, the one server is free when the last urgent customer comes; two are both at routine.
    "priorities": (
        [
            Task(0, 1, A, priority=URGENT),
            Task(1, 1, A, priority=URGENT),
            Task(2, 5, A, priority=ROUTINE),
            Task(3, 5, A, priority=ROUTINE),
            Task(4, 1, A, earliest=2, priority=URGENT),
        ],
        (1,),
        (2,),
        "strict",
        [1, 2, 8, 13, 3],
        [1, 1, 6, 6, 7],
    ),
    # While it waits for the first pool, a joint task lets others pass at the second.
    "greedy joint steps": (
        [Task(0, 3, A), Task(1, 5, BOTH, earliest=1), Task(2, 1, B, earliest=2)],
        (1, 1),
        (2, 1),
        "greedy",
        [3, 8, 3],
        [3, 6, 7],
    ),
    # With two servers at the first step the third customer overtakes the second.
    "a row of steps": (
        [
            Task(0, 0, A),
            Task(0, 2, B, (0,)),
            Task(1, 2, A),
            Task(1, 0, B, (2,)),
            Task(2, 0, A, earliest=1),
            Task(2, 1, B, (4,)),
        ],
        (1, 1),
        (2, 1),
        "strict",
        [0, 2, 2, 2, 2, 3],
        [0, 2, 2, 3, 1, 3],
    ),
}


@pytest.mark.parametrize(
    ("tasks", "units", "more", "discipline", "with_few", "with_more"),
    [pytest.param(*example, id=name) for name, example in COUNTER_EXAMPLES.items()],
)
def test_somebody_may_be_later_after(
    tasks: list[Task],
    units: tuple[int, ...],
    more: tuple[int, ...],
    discipline: Discipline,
    with_few: list[int],
    with_more: list[int],
) -> None:
    assert ends(tasks, *units, discipline=discipline) == with_few
    assert ends(tasks, *more, discipline=discipline) == with_more
    assert any(late > before for before, late in zip(with_few, with_more, strict=True))
