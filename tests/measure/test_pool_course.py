"""Units at work, and after hours, against a count tick by tick."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.capacity import Capacity, open_time
from sim.clearance.plan import Plan
from sim.engine.course import units_at
from sim.engine.simulate import simulate
from sim.engine.trace import Trace
from sim.measure.pool_course import pool_course, ticks_by_case
from sim.measure.utilisation import PoolUse, use_between
from tests.engine.plans import Task, make_plan, pool

FINISHING, SUSPENDING = 0, 1
DEMANDS = (((0, 1),), ((1, 1),), ((0, 1), (1, 1)), ((0, 2),))


def week(*units: int) -> Capacity:
    """So many units in each ten ticks of a week, and in the rest of it as many as at first."""
    changes = [(10 * number, there) for number, there in enumerate(units)]
    return Capacity((*changes, (10 * len(units), units[0])))


def planned(tasks: Sequence[Task], finishing: Capacity, suspending: Capacity) -> Plan:
    return make_plan(
        tasks,
        [pool("a", 9), pool("b", 9, end_of_shift="suspend")],
        calendars=[open_time(suspending)],
        capacity=[finishing, suspending],
    )


def course_of(plan: Plan, number: int) -> tuple[PoolUse, list[float], list[float]]:
    course = pool_course(plan, simulate(plan), number)
    worked, after_hours = ticks_by_case(course, plan.cases)
    return use_between(course, 0, course.at[-1]), worked.tolist(), after_hours.tolist()


def counted(plan: Plan, trace: Trace, number: int) -> tuple[int, int]:
    """Unit ticks at work, and after hours, counted tick by tick."""
    ticks = np.arange(int(trace.end.max()) + 1)
    on_shift = units_at(plan.capacity[number], ticks)
    is_open = units_at(plan.capacity[SUSPENDING], ticks) > 0
    at_work = np.zeros_like(ticks)
    for request, start, end in zip(plan.request, trace.start, trace.end, strict=True):
        demand = dict(plan.requests[request].demand)
        works = is_open if SUSPENDING in demand else np.ones_like(is_open)
        at_work += demand.get(number, 0) * works * (start <= ticks) * (ticks < end)
    return int(at_work.sum()), int(np.maximum(0, at_work - on_shift).sum())


rosters = st.lists(st.integers(0, 3), min_size=3, max_size=5).map(lambda units: week(2, *units))
jobs = st.lists(
    st.builds(
        Task,
        case=st.just(0),
        work=st.integers(1, 15),
        request=st.sampled_from(DEMANDS),
        earliest=st.integers(0, 30),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(tasks=jobs, finishing=rosters, suspending=rosters)
def test_what_cases_work_after_hours_is_what_the_pool_does(
    tasks: list[Task], finishing: Capacity, suspending: Capacity
) -> None:
    numbered = [
        Task(number, task.work, task.request, earliest=task.earliest)
        for number, task in enumerate(tasks)
    ]
    plan = planned(numbered, finishing, suspending)
    trace = simulate(plan)
    for number in (FINISHING, SUSPENDING):
        use, worked, after_hours = course_of(plan, number)
        assert counted(plan, trace, number) == (sum(worked), use.after_hours)
        assert sum(after_hours) == pytest.approx(use.after_hours, rel=1e-12)
        assert use.on_shift_at_work + use.after_hours == sum(worked)
        assert worked == [task.work * dict(task.request).get(number, 0) for task in numbered]
        assert all(
            -1e-9 <= late <= work + 1e-9 for late, work in zip(after_hours, worked, strict=True)
        )


@pytest.mark.parametrize("number", [FINISHING, SUSPENDING])
def test_where_a_shift_only_shrinks_all_at_work_share_the_overtime(number: int) -> None:
    """Three work until 16; from 10 on one of three is there, from 13 on it is joined by one."""
    shrinking = Capacity(((0, 3), (10, 1), (13, 2)))
    tasks = [Task(case, 16, ((number, 1),)) for case in range(3)]
    use, worked, after_hours = course_of(planned(tasks, shrinking, shrinking), number)
    assert use.after_hours == 2 * 3 + 1 * 3
    assert after_hours == pytest.approx([3.0, 3.0, 3.0], rel=1e-12)
    assert worked == [16.0, 16.0, 16.0]


def test_work_that_is_suspended_keeps_nobody_after_hours() -> None:
    """From 10 to 20 nobody of the second pool is there, so the first does not work on either."""
    joint = [Task(0, 15, ((0, 1), (1, 1)))]
    closing = Capacity(((0, 1), (10, 0), (20, 1)))
    plan = planned(joint, Capacity(((0, 1), (10, 0), (30, 1))), closing)
    use, worked, after_hours = course_of(plan, FINISHING)
    assert (worked, after_hours, use.after_hours) == ([15.0], [5.0], 5)
    use, worked, after_hours = course_of(plan, SUSPENDING)
    assert (worked, after_hours, use.after_hours) == ([15.0], [0.0], 0)


def test_who_waits_for_the_other_pool_is_busy_but_not_at_work() -> None:
    plan = planned([Task(0, 15, ((0, 1), (1, 1)))], week(1), Capacity(((0, 1), (10, 0), (20, 1))))
    use, _, _ = course_of(plan, FINISHING)
    assert (use.on_shift, use.on_shift_busy, use.on_shift_at_work) == (25, 25, 15)


@pytest.mark.parametrize(
    ("number", "worked", "after_hours"),
    [
        pytest.param(FINISHING, 25.0, 10.0, id="finish"),
        pytest.param(SUSPENDING, 15.0, 0.0, id="suspend"),
    ],
)
def test_units_kept_from_step_to_step_are_at_work(
    number: int, worked: float, after_hours: float
) -> None:
    """Taken at 0, given back at 25; from 10 to 20 nobody is there."""
    unit, shift = ((number, 1),), Capacity(((0, 1), (10, 0), (20, 1)))
    tasks = [Task(0, 5, unit, returned=()), Task(0, 20, after=(0,), returned=unit)]
    use, by_case, late = course_of(planned(tasks, shift, shift), number)
    assert (by_case, late, use.after_hours) == ([worked], [after_hours], after_hours)


def test_units_never_given_back_are_at_work_to_the_end() -> None:
    tasks = [Task(0, 5, ((0, 1),), returned=()), Task(1, 12)]
    _, worked, after_hours = course_of(planned(tasks, Capacity(((0, 1), (10, 0))), week(1)), 0)
    assert (worked, after_hours) == ([12.0, 0.0], [2.0, 0.0])
