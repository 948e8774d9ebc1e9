"""Where replications run: in this process or side by side. The bits are the same."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from sim.scenario.errors import ExecutionError
from sim.scenario.scenario import Scenario
from sim.study.replication import Replication, Replicator
from sim.study.settings import Settings
from sim.traffic.inputs import Inputs

OnProgress = Callable[[int, int], None]


def run_replications(
    scenarios: Sequence[Scenario],
    inputs: Inputs,
    number: int,
    settings: Settings,
    on_progress: OnProgress,
) -> list[list[Replication]]:
    """Return results by replication, then scenario, whatever the order they were done in."""
    on_progress(0, number)
    if settings.executor == "serial" or settings.workers == 1:
        return _in_turn(Replicator(scenarios, inputs), number, on_progress)
    return _side_by_side(scenarios, inputs, number, settings.workers, on_progress)


def _in_turn(
    replicator: Replicator, number: int, on_progress: OnProgress
) -> list[list[Replication]]:
    results = []
    for replication in range(number):
        results.append(replicator.replicate(replication))
        on_progress(replication + 1, number)
    return results


def _side_by_side(
    scenarios: Sequence[Scenario],
    inputs: Inputs,
    number: int,
    workers: int,
    on_progress: OnProgress,
) -> list[list[Replication]]:
    with TemporaryDirectory(prefix="portclear-") as folder:
        # Handed over in a file: a worker that dies while it starts must not leave its parent
        # writing into a full pipe for ever.
        work = Path(folder) / "work"
        work.write_bytes(pickle.dumps((list(scenarios), inputs)))
        pool = ProcessPoolExecutor(
            max_workers=min(workers, number),
            mp_context=get_context("spawn"),
            initializer=_prepare,
            initargs=(work,),
        )
        try:
            with _uninterrupted():
                futures = [pool.submit(_replicate, replication) for replication in range(number)]
            for done, future in enumerate(as_completed(futures), start=1):
                future.result()
                on_progress(done, number)
            return [future.result() for future in futures]
        except BrokenProcessPool as error:
            raise ExecutionError(
                "a worker process died, killed or out of memory; nothing was written; "
                "try fewer with executor.workers"
            ) from error
        finally:
            _stop(pool)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers now, whatever they are doing: an interrupted run leaves nobody behind."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in active_children():
        process.kill()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold interrupts back while workers start: a half-started one would complain at length."""
    held = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, held)


_worker: list[Replicator] = []


def _prepare(work: Path) -> None:
    """Give a worker process what all its replications need; it leaves interrupts to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _worker[:] = [Replicator(*pickle.loads(work.read_bytes()))]


def _end_with_parent() -> None:
    """Wait for the parent process to end, however it does, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _replicate(replication: int) -> list[Replication]:
    return _worker[0].replicate(replication)
