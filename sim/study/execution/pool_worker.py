"""A worker process of the pool: it performs one task at a time and ends with its parent."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Literal

from sim.scenario.errors import ExecutionError

Kind = Literal["ready", "done", "failed"]
Message = tuple[Kind, object, float]
"""What a worker says: what became of its task, or of its preparation; seconds it took."""


def work_for(parent: Connection, path: Path) -> None:
    """Perform what the parent sends, until it closes the connection.

    Args:
        parent: tasks come in, messages go out, both pickled.
        path: a file with the function that prepares and what it is to be given, pickled.
    """
    # Interrupts are the parent's matter; they were held back while this process started.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        prepare, work = pickle.loads(path.read_bytes())
        perform = prepare(work)
    except Exception as error:
        parent.send_bytes(_failure(error))
        return
    parent.send_bytes(pickle.dumps(("ready", None, 0.0)))
    while True:
        try:
            task = pickle.loads(parent.recv_bytes())
        except EOFError:
            return
        started = perf_counter()
        try:
            said = pickle.dumps(("done", perform(task), perf_counter() - started))
        except Exception as error:
            said = _failure(error)
        parent.send_bytes(said)


def _failure(error: Exception) -> bytes:
    """The message of an error, with where it came from as a note.

    Some errors cannot be pickled, or not be unpickled; of these the text is sent.
    """
    error.add_note("".join(traceback.format_exception(error)))
    try:
        said = pickle.dumps(("failed", error, 0.0))
        pickle.loads(said)
    except Exception:
        return pickle.dumps(("failed", ExecutionError(f"{type(error).__name__}: {error}"), 0.0))
    return said


def _end_with_parent() -> None:
    """Wait for the parent process to end, however it does, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
