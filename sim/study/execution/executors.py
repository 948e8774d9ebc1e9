"""Opens the executor that the settings ask for."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sim.scenario.errors import InputError
from sim.study.execution.executor import Executor, Prepare
from sim.study.execution.pool import pool_executor
from sim.study.execution.serial import serial_executor
from sim.study.settings import Settings


def open_executor(
    settings: Settings, prepare: Prepare, work: object
) -> AbstractContextManager[Executor]:
    """Open an executor.

    Args:
        settings: which one, and how many workers it has.
        prepare: is given the work and returns the function that performs a task. Found by name,
            so it stands in a module.
        work: what all tasks share; like the tasks themselves it can be pickled.

    Raises:
        InputError: it needs a package that is not installed.
    """
    if settings.executor == "serial":
        return serial_executor(prepare, work)
    if settings.executor == "pool":
        return pool_executor(settings.workers, prepare, work)
    try:
        # Of an extra that most do without.
        from sim.study.execution.dask_cluster import dask_executor  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise InputError(
            f"executor=dask: the package '{error.name}' is not installed; "
            "in the folder of run.py: pip install '.[dask]'"
        ) from error
    return dask_executor(settings.workers, settings.address, prepare, work)
