"""A worker's attempt at a task, and what it says of it."""

from __future__ import annotations

import pickle
import traceback
from time import perf_counter
from typing import Any, NamedTuple

from sim.scenario.errors import ExecutionError
from sim.study.execution.executor import Done, Failed, Perform, Task


class Attempt(NamedTuple):
    """What came of a task: its result or an error, and the seconds of wall time it took."""

    result: Any = None
    error: Exception | None = None
    seconds: float = 0.0

    def outcome(self, task: Task, worker: str) -> Done[Task] | Failed[Task]:
        """What an executor says of it."""
        if self.error is not None:
            return Failed(task, self.error)
        return Done(task, self.result, self.seconds, worker)


def attempt(perform: Perform, task: object) -> Attempt:
    """Perform a task; any error is part of the answer."""
    started = perf_counter()
    try:
        return Attempt(perform(task), seconds=perf_counter() - started)
    except Exception as error:
        return Attempt(error=sendable(error))


def sendable(error: Exception) -> Exception:
    """Return an error that can be sent, with where it came from as a note.

    Some cannot be pickled, or not be unpickled; of these the text is sent.
    """
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ExecutionError(f"{type(error).__name__}: {error}")
    return error
