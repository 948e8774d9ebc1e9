"""The executor that performs tasks one after another, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from sim.study.execution.executor import Done, Executor, Failed, Outcome, Perform, Prepare, Task


@contextmanager
def serial_executor(prepare: Prepare, work: object) -> Iterator[Executor]:
    """Open an executor; see ``executors.open_executor``."""
    yield _Serial(prepare(work))


class _Serial:
    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    def execute(self, tasks: Sequence[Task]) -> Iterator[Outcome[Task]]:
        for task in tasks:
            started = perf_counter()
            try:
                result = self._perform(task)
            except Exception as error:
                yield Failed(task, error)
            else:
                yield Done(task, result, perf_counter() - started, "serial")
