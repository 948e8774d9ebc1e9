"""What a worker of a Dask cluster does: it is prepared once, then performs one task at a time."""

from __future__ import annotations

from typing import NamedTuple, cast

from distributed import Client, Worker, WorkerPlugin, get_worker

from sim.scenario.errors import ExecutionError
from sim.study.execution.attempt import Attempt, attempt
from sim.study.execution.executor import Prepare


class Said(NamedTuple):
    """What a worker says: what came of the task, or why it can perform none."""

    worker: str
    attempt: Attempt
    is_refusal: bool


class Preparation(WorkerPlugin):
    """Prepares every worker once, those that join later as well.

    Attributes:
        prepared: the function that performs tasks, or why there is none. An error that is raised
            would be lost where a worker joins late.
    """

    prepared: Attempt

    def __init__(self, name: str, prepare: Prepare, work: object) -> None:
        self.name = name
        self._prepare = prepare
        self._work = work

    def setup(self, worker: Worker) -> None:
        """Make what performs tasks."""
        self.prepared = attempt(self._prepare, self._work)


def prepare_workers(client: Client, preparation: Preparation) -> None:
    """Prepare the workers there are, and those to come.

    Raises:
        ExecutionError: one that is there cannot be prepared.
    """
    try:
        client.register_plugin(preparation)
        # One that dies meanwhile is no matter of the others.
        found = client.run(_prepared, preparation.name, on_error="ignore")
    except Exception as error:
        raise ExecutionError(
            f"executor=dask: workers cannot be prepared: {type(error).__name__}: {error}; they "
            "need portclear, in the same version"
        ) from error
    for address, prepared in found.items():
        if prepared is not None:
            raise refused(address, prepared)


def refused(address: str, error: Exception) -> ExecutionError:
    """The error that says that a worker cannot be prepared."""
    return ExecutionError(f"executor=dask: worker {address} is refused: {error}")


def perform_on_worker(name: str, task: object) -> Said:
    """Perform a task on the worker this runs on; ``name`` is that of its preparation."""
    address, prepared = get_worker().address, _preparation(get_worker(), name).prepared
    if prepared.error is not None:
        return Said(address, prepared, is_refusal=True)
    return Said(address, attempt(prepared.result, task), is_refusal=False)


def _prepared(name: str, dask_worker: Worker) -> Exception | None:
    return _preparation(dask_worker, name).prepared.error


def _preparation(worker: Worker, name: str) -> Preparation:
    return cast(Preparation, worker.plugins[name])
