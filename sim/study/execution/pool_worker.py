"""A worker process of the pool: it performs one task at a time and ends with its parent."""

from __future__ import annotations

import os
import pickle
import signal
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from sim.study.execution.attempt import Attempt, attempt, sendable


def work_for(parent: Connection, path: Path) -> None:
    """Perform what the parent sends, until it closes the connection.

    Args:
        parent: tasks come in, attempts go out, both pickled; the first tells of the preparation.
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
        parent.send_bytes(pickle.dumps(Attempt(error=sendable(error))))
        return
    parent.send_bytes(pickle.dumps(Attempt()))
    while True:
        try:
            task = pickle.loads(parent.recv_bytes())
        except EOFError:
            return
        parent.send_bytes(pickle.dumps(attempt(perform, task)))


def _end_with_parent() -> None:
    """Wait for the parent process to end, however it does, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
