"""Replications of cases, in this process or side by side. The bits are the same."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

from sim.study.worker_pool import submit_all, worker_pool
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
    """Give a function that runs tasks and yields their results in the order of the tasks."""
    if workers == 1:
        replicator = _Replicator(cases, seed)
        yield lambda tasks: ((task, replicator.run(task)) for task in tasks)
        return
    with worker_pool(workers, _prepare, (list(cases), seed)) as pool:

        def side_by_side(tasks: Sequence[Task]) -> Iterator[tuple[Task, Replications]]:
            futures = submit_all(pool, _run, tasks)
            for task, future in zip(tasks, futures, strict=True):
                yield task, future.result()

        yield side_by_side


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


_worker: list[_Replicator] = []


def _prepare(work: tuple[list[Case], int]) -> None:
    """Give a worker process what all its tasks need; what is imported is never garbage."""
    gc.freeze()
    _worker[:] = [_Replicator(*work)]


def _run(task: Task) -> Replications:
    return _worker[0].run(task)
