"""Replications of cases, in this process or side by side. The bits are the same."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

from sim.scenario.errors import ExecutionError
from sim.study.execution.executor import MOST_DEATHS, Done, Executor, Failed, SetAside
from sim.study.execution.pool import pool_executor
from sim.study.execution.serial import serial_executor
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums
from sim.verify.experiment import Exact
from sim.verify.kinds import prepare
from sim.verify.reference_file import Case

Replications = list[dict[str, Sums]]


@dataclass(frozen=True)
class Task:
    """Replications of a case, by its place, to be run in one go."""

    case: int
    replications: range


Run = Callable[[Sequence[Task]], Iterator[tuple[Task, Replications]]]


@contextmanager
def runner(cases: Sequence[Case], seed: int, workers: int) -> Iterator[Run]:
    """Give a function that runs tasks and yields their results in the order of the tasks.

    Raises:
        ExecutionError: a task ended its worker time and again.
    """
    work = (list(cases), seed)
    opened = serial_executor(_prepare, work) if workers == 1 else None
    with opened or pool_executor(workers, _prepare, work) as executor:
        yield lambda tasks: _in_order(executor, tasks)


def _in_order(executor: Executor, tasks: Sequence[Task]) -> Iterator[tuple[Task, Replications]]:
    """Hold back what is done before its turn."""
    waiting, done = deque(tasks), dict[Task, Replications]()
    for outcome in executor.execute(tasks):
        if isinstance(outcome, Failed):
            raise outcome.error
        if isinstance(outcome, SetAside):
            raise ExecutionError(
                f"a worker died {MOST_DEATHS} times, {outcome.cause}; "
                "try fewer with executor.workers"
            )
        if isinstance(outcome, Done):
            done[outcome.task] = outcome.result
        while waiting and waiting[0] in done:
            task = waiting.popleft()
            yield task, done.pop(task)


def _prepare(work: tuple[list[Case], int]) -> Callable[[Task], Replications]:
    """Give a worker what all its tasks need; what is imported is never garbage."""
    gc.freeze()
    return _Replicator(*work).run


class _Replicator:
    """Runs replications; the luck of a case is keyed by its name."""

    def __init__(self, cases: Sequence[Case], seed: int) -> None:
        self._cases = cases
        self._seed = seed

    def run(self, task: Task) -> Replications:
        case = self._cases[task.case]
        experiment = prepare(case)
        assert not isinstance(experiment, Exact)
        name = f"{self._seed}/{case.id}".encode()
        salt = int.from_bytes(blake2b(name, digest_size=8).digest(), "little")
        found = [experiment.replicate(Draws(salt, number)) for number in task.replications]
        # Events and processes of a run refer to each other. They are few but hold its columns:
        # left to itself the collector comes late, and a worker grows to more than a gigabyte.
        gc.collect()
        return found
