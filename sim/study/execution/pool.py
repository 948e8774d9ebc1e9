"""The executor whose workers are processes of this machine.

A worker holds one task at a time and shares nothing with the others, so that when one dies it is
known which task it held, nothing else is lost, and no lock is left behind.
"""

from __future__ import annotations

import pickle
import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path

from sim.scenario.errors import ExecutionError
from sim.study.execution.attempt import Attempt
from sim.study.execution.executor import (
    MOST_DEATHS,
    Died,
    Executor,
    Outcome,
    Prepare,
    SetAside,
    Task,
)
from sim.study.execution.interrupts import held_back
from sim.study.execution.pool_worker import work_for
from sim.study.execution.temporary import temporary_folder

_SPAWN = get_context("spawn")
_MOST_FALSE_STARTS = 3


@contextmanager
def pool_executor(workers: int, prepare: Prepare, work: object) -> Iterator[Executor]:
    """Open an executor; see ``executors.open_executor``. Its workers end with it, at once."""
    with temporary_folder() as folder:
        # Handed over in a file: a worker that dies while it starts must not leave its parent
        # writing into a full pipe for ever.
        path = folder / "work"
        path.write_bytes(pickle.dumps((prepare, work)))
        pool = _Pool(workers, path)
        try:
            yield pool
        finally:
            pool.close()


class _Worker:
    """A process, its connection, and where the task it holds stands in the list."""

    def __init__(self, number: int, path: Path) -> None:
        self.name = f"worker {number}"
        self.is_ready = False
        self.held: int | None = None
        self.connection, others = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=work_for, args=(others, path), name=self.name)
        with held_back(signal.SIGINT, signal.SIGTERM):
            self._process.start()
        others.close()

    def begin(self, place: int, task: object) -> None:
        """Hand over a task. If the worker is dead, that shows when it is heard."""
        self.held = place
        try:
            self.connection.send_bytes(pickle.dumps(task))
        except OSError:
            self._process.kill()

    def hear(self) -> Attempt | None:
        """Return what the worker says, or None if it is dead."""
        try:
            said: Attempt = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            return None
        return said

    def end(self) -> str:
        """End the process, if it has not ended, and return how it did."""
        self._process.kill()
        self._process.join()
        self.connection.close()
        return _cause(self._process.exitcode)


class _Pool:
    def __init__(self, workers: int, path: Path) -> None:
        self._most = workers
        self._path = path
        self._numbers = count(1)
        self._workers: list[_Worker] = []
        self._false_starts = 0

    def execute(self, tasks: Sequence[Task]) -> Iterator[Outcome[Task]]:
        waiting, deaths = deque(range(len(tasks))), Counter[int]()
        try:
            while waiting or self._busy():
                self._start(len(waiting) + len(self._busy()))
                self._hand_out(waiting, tasks)
                for worker in self._speaking():
                    place = worker.held
                    outcome = self._heard(worker, tasks, deaths)
                    if isinstance(outcome, Died) and place is not None:
                        waiting.append(place)
                    # No worker waits for what is made of the outcome.
                    self._hand_out(waiting, tasks)
                    if outcome is not None:
                        yield outcome
        finally:
            for worker in self._busy():
                self._remove(worker)

    def close(self) -> None:
        """End the workers now, whatever they are doing."""
        for worker in list(self._workers):
            self._remove(worker)

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.held is not None]

    def _start(self, most_needed: int) -> None:
        for _ in range(len(self._workers), min(self._most, most_needed)):
            self._workers.append(_Worker(next(self._numbers), self._path))

    def _hand_out(self, waiting: deque[int], tasks: Sequence[object]) -> None:
        for worker in self._workers:
            if waiting and worker.is_ready and worker.held is None:
                place = waiting.popleft()
                worker.begin(place, tasks[place])

    def _speaking(self) -> list[_Worker]:
        """Wait until workers have something to say, or are dead."""
        heard = wait([worker.connection for worker in self._workers])
        return [worker for worker in self._workers if worker.connection in heard]

    def _heard(
        self, worker: _Worker, tasks: Sequence[Task], deaths: Counter[int]
    ) -> Outcome[Task] | None:
        """What has become of the task a worker held, if it held one."""
        said, place = worker.hear(), worker.held
        if said is None:
            return self._dead(worker, tasks, deaths)
        worker.held = None
        if place is not None:
            return said.outcome(tasks[place], worker.name)
        if said.error is not None:
            raise said.error
        worker.is_ready, self._false_starts = True, 0
        return None

    def _dead(
        self, worker: _Worker, tasks: Sequence[Task], deaths: Counter[int]
    ) -> Died[Task] | SetAside[Task] | None:
        place, cause = worker.held, self._remove(worker)
        if place is None:
            self._false_starts += not worker.is_ready
            if self._false_starts == _MOST_FALSE_STARTS:
                raise ExecutionError(
                    f"worker processes die before they can work, the last one {cause}"
                )
            return None
        deaths[place] += 1
        if deaths[place] == MOST_DEATHS:
            return SetAside(tasks[place], cause)
        return Died(tasks[place], cause, worker.name)

    def _remove(self, worker: _Worker) -> str:
        self._workers.remove(worker)
        return worker.end()


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        number = signal.Signals(-exit_code)
        hint = ", as when memory runs out" if number is signal.SIGKILL else ""
        return f"killed by {number.name}{hint}"
    return f"ended with exit code {exit_code}"
