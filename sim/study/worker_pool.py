"""Worker processes that get their work once, end with their parent, and leave nothing behind."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, TypeVar

from sim.scenario.errors import ExecutionError

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """Return how many this process may use: fewer than there are, in a container or a job."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def worker_pool(
    workers: int, prepare: Callable[[Any], None], work: object
) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes, each prepared with the work before its first task.

    Raises:
        ExecutionError: a process died.
    """
    with TemporaryDirectory(prefix="portclear-") as folder:
        # Handed over in a file: a worker that dies while it starts must not leave its parent
        # writing into a full pipe for ever.
        path = Path(folder) / "work"
        path.write_bytes(pickle.dumps(work))
        pool = ProcessPoolExecutor(
            max_workers=workers,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(prepare, path),
        )
        try:
            yield pool
        except BrokenProcessPool as error:
            raise ExecutionError(
                "a worker process died, killed or out of memory; nothing was written; "
                "try fewer with executor.workers"
            ) from error
        finally:
            _stop(pool)


def submit_all(
    pool: ProcessPoolExecutor, task: Callable[[Item], Result], items: Iterable[Item]
) -> list[Future[Result]]:
    """Hand out tasks; interrupts are held back while workers start.

    A half-started worker would complain at length.
    """
    held = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        return [pool.submit(task, item) for item in items]
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, held)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers now, whatever they are doing: an interrupted run leaves nobody behind."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in active_children():
        process.kill()


def _start(prepare: Callable[[Any], None], path: Path) -> None:
    """Give a worker process what all its tasks need; it leaves interrupts to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    prepare(pickle.loads(path.read_bytes()))


def _end_with_parent() -> None:
    """Wait for the parent process to end, however it does, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
