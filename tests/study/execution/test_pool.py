"""The pool: every task is performed or accounted for, whatever becomes of the workers."""

from collections import Counter
from pathlib import Path

import pytest

from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution.executor import Died, Done, Failed, SetAside
from sim.study.execution.pool import pool_executor
from sim.study.execution.serial import serial_executor
from tests.study.execution import performing

KILLED = "killed by SIGKILL, as when memory runs out"


def test_tasks_are_performed_once_each_with_the_work_all_share() -> None:
    with pool_executor(2, performing.multiplied, 7) as pool:
        first, second = (list(pool.execute(range(4))) for _ in range(2))
    for outcomes in (first, second):
        results = {
            outcome.task: outcome.result for outcome in outcomes if isinstance(outcome, Done)
        }
        assert results == {0: 0, 1: 7, 2: 14, 3: 21}
        assert len(outcomes) == 4
    workers = {outcome.worker for outcome in (*first, *second) if isinstance(outcome, Done)}
    assert workers <= {"worker 1", "worker 2"}


def test_there_are_no_more_workers_than_tasks() -> None:
    with pool_executor(5, performing.own_process, None) as pool:
        assert {outcome.worker for outcome in pool.execute([0])} == {"worker 1"}


def test_nothing_to_do_starts_nobody() -> None:
    with pool_executor(2, performing.never_ready, 1) as pool:
        assert list(pool.execute([])) == []


def test_a_task_that_kills_its_worker_is_set_aside_and_the_others_are_performed() -> None:
    with pool_executor(2, performing.deadly, frozenset({3})) as pool:
        outcomes = list(pool.execute(range(8)))
    assert {outcome.task for outcome in outcomes if isinstance(outcome, Done)} == set(range(8)) - {
        3
    }
    assert [outcome for outcome in outcomes if isinstance(outcome, SetAside)] == [
        SetAside(3, KILLED)
    ]
    died = [(outcome.task, outcome.cause) for outcome in outcomes if isinstance(outcome, Died)]
    assert died == [(3, KILLED)] * 2


def test_a_task_whose_worker_died_is_handed_out_again(tmp_path: Path) -> None:
    with pool_executor(2, performing.deadly_once, tmp_path) as pool:
        outcomes = list(pool.execute(range(3)))
    assert Counter((type(outcome), outcome.task) for outcome in outcomes) == Counter(
        (kind, task) for kind in (Died, Done) for task in range(3)
    )


@pytest.mark.parametrize("workers", [0, 1])
def test_an_error_of_a_task_is_told_as_it_is(workers: int) -> None:
    opened = pool_executor(workers, performing.faulty, None)
    with opened if workers else serial_executor(performing.faulty, None) as executor:
        outcomes = {outcome.task: outcome for outcome in executor.execute(range(4))}
    assert isinstance(outcomes[0], Done)
    assert isinstance(outcomes[3], Done)
    one, two = outcomes[1], outcomes[2]
    assert isinstance(one, Failed)
    assert isinstance(one.error, InputError)
    assert str(one.error) == "one: is not liked"
    assert isinstance(two, Failed)
    assert "two: does not fit" in str(two.error)


def test_workers_that_cannot_start_are_not_started_for_ever() -> None:
    with (
        pool_executor(2, performing.never_ready, 9) as pool,
        pytest.raises(ExecutionError) as raised,
    ):
        list(pool.execute(range(2)))
    assert str(raised.value) == (
        "worker processes die before they can work, the last one ended with exit code 9"
    )


def test_an_error_of_the_preparation_is_raised() -> None:
    with pool_executor(1, performing.refused, "x: no") as pool, pytest.raises(InputError) as raised:
        list(pool.execute([1]))
    assert str(raised.value) == "x: no"


def test_who_stops_to_listen_can_go_on_with_other_tasks() -> None:
    with pool_executor(2, performing.multiplied, 2) as pool:
        listened = pool.execute(range(10))
        next(listened)
        listened.close()
        outcomes = list(pool.execute([5, 6]))
    assert sorted(outcome.result for outcome in outcomes if isinstance(outcome, Done)) == [10, 12]
