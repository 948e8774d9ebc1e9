"""The executor that performs tasks one after another, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sim.study.execution.attempt import attempt
from sim.study.execution.executor import Executor, Outcome, Perform, Prepare, Task


@contextmanager
def serial_executor(prepare: Prepare, work: object) -> Iterator[Executor]:
    """Open an executor; see ``executors.open_executor``."""
    yield _Serial(prepare(work))


class _Serial:
    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    def execute(self, tasks: Sequence[Task]) -> Iterator[Outcome[Task]]:
        for task in tasks:
            yield attempt(self._perform, task).outcome(task, "serial")
