"""Units taken and given back."""

import numpy as np

from sim.engine.simulate import simulate
from sim.measure.movements import movements
from tests.engine.plans import Task, make_plan, pool

A, B = ((0, 1),), ((1, 2),)


def moved(tasks: list[Task], number: int) -> list[tuple[int, int]]:
    """Times and changes of a pool."""
    plan = make_plan(tasks, [pool("a", 1), pool("b", 2)])
    moved_units = movements(plan, simulate(plan), number)
    return list(zip(moved_units.time.tolist(), moved_units.change.tolist(), strict=True))


def test_what_is_given_back_at_an_instant_comes_before_what_is_taken() -> None:
    tasks = [Task(0, 5, A), Task(1, 3, A), Task(2, 4, B)]
    assert moved(tasks, 0) == [(0, 1), (5, -1), (5, 1), (8, -1)]
    assert moved(tasks, 1) == [(0, 2), (4, -2)]


def test_units_held_when_a_run_is_given_up_come_back_at_its_end() -> None:
    tasks = [Task(0, 5, A, returned=()), Task(0, 4, ((0, 1), (1, 3)), after=(0,)), Task(1, 9)]
    assert moved(tasks, 0) == [(0, 1), (9, -1)]


def test_a_pool_nobody_asks_for_does_not_move() -> None:
    assert moved([Task(0, 5, A)], 1) == []
    assert np.sum([change for _, change in moved([Task(0, 5, A)], 0)]) == 0
