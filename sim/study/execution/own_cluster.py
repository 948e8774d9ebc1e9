"""A Dask cluster of this machine, for the time of a run."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import LocalCluster

from sim.scenario.errors import ExecutionError
from sim.study.execution.executor import MOST_DEATHS
from sim.study.execution.interrupts import held_back
from sim.study.execution.temporary import temporary_folder

_LOOPBACK = "127.0.0.1"
_CONFIGURATION = {
    # Deaths beyond which the scheduler gives a task up.
    "distributed.scheduler.allowed-failures": MOST_DEATHS - 1,
    # No worker is given a second task beside one: it would be blamed for the worker's death, too.
    "distributed.scheduler.worker-saturation": 1.0,
    # One that is seen dead time and again is not given up: it is started anew each time.
    "distributed.deploy.lost-worker-timeout": "1 day",
}


@contextmanager
def own_cluster(workers: int) -> Iterator[LocalCluster]:
    """Start a cluster that nobody else can reach; it ends with the run.

    Raises:
        ExecutionError: its workers cannot be started.
    """
    with (
        temporary_folder() as folder,
        dask.config.set(_CONFIGURATION),
        _started(workers, folder) as cluster,
    ):
        yield cluster


def _started(workers: int, folder: Path) -> LocalCluster:
    try:
        # Interrupts are this process's matter; its workers are told to end.
        with held_back(signal.SIGINT):
            return LocalCluster(
                host=_LOOPBACK,
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                # Without one, too, the scheduler listens for what a dashboard would be asked.
                scheduler_kwargs={"dashboard_address": f"{_LOOPBACK}:0"},
                local_directory=str(folder),
                silence_logs=logging.CRITICAL,
            )
    except (RuntimeError, OSError) as error:
        raise ExecutionError(f"executor=dask: workers cannot be started: {error}") from error
