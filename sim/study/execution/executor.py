"""What an executor is: it performs tasks somewhere and says what became of each.

Executors know nothing of scenarios. They are given work that all tasks share, once, and a function
that makes of it the one that performs a task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

MOST_DEATHS = 3
"""A task that ended its worker as often is not tried again."""

Task = TypeVar("Task")
Perform = Callable[[Any], Any]
Prepare = Callable[[Any], Perform]
"""Given the work, returns what performs a task. Found by name, so it stands in a module."""


@dataclass(frozen=True)
class Done(Generic[Task]):
    """A task that was performed; seconds of wall time."""

    task: Task
    result: Any
    seconds: float
    worker: str


@dataclass(frozen=True)
class Failed(Generic[Task]):
    """A task that raised an error."""

    task: Task
    error: Exception


@dataclass(frozen=True)
class Died(Generic[Task]):
    """A task whose worker died; it is handed out again."""

    task: Task
    cause: str
    worker: str


@dataclass(frozen=True)
class SetAside(Generic[Task]):
    """A task whose workers died, one after another; it is not tried again."""

    task: Task
    cause: str


Outcome = Done[Task] | Failed[Task] | Died[Task] | SetAside[Task]


class Executor(Protocol):
    """Performs tasks, on workers that live as long as it is open."""

    def execute(self, tasks: Sequence[Task]) -> Iterator[Outcome[Task]]:
        """Begin tasks in their order and yield what becomes of them, as it does.

        Every task ends with one outcome that is not ``Died``. Who stops to listen leaves the tasks
        that were begun undone.

        Raises:
            ExecutionError: there are no workers to be had.
        """
