"""The executor whose workers are those of a Dask cluster, here or elsewhere.

Workers need no disk of this machine: what they work with and what they give goes through the
scheduler. They need this program, in the same version.
"""

from __future__ import annotations

import logging
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import dask
from distributed import Client, Future, LocalCluster, Worker, WorkerPlugin, get_worker, wait
from distributed.scheduler import KilledWorker

from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution.attempt import Attempt, attempt
from sim.study.execution.executor import (
    MOST_DEATHS,
    Executor,
    Outcome,
    Prepare,
    SetAside,
    Task,
)
from sim.study.execution.interrupts import held_back
from sim.study.execution.model_version import model_version

_LOOPBACK = "127.0.0.1"
# Deaths beyond which the scheduler gives a task up; and no worker is given a second task while it
# has one, as it would be blamed for the death of the worker, too.
_SCHEDULER = {
    "distributed.scheduler.allowed-failures": MOST_DEATHS - 1,
    "distributed.scheduler.worker-saturation": 1.0,
}


@contextmanager
def dask_executor(
    workers: int, address: str | None, prepare: Prepare, work: object
) -> Iterator[Executor]:
    """Open an executor; see ``executors.open_executor``.

    Args:
        workers: processes of a cluster of this machine.
        address: of the scheduler of a cluster that is there already; its workers count.
        prepare: see there.
        work: see there.
    """
    with ExitStack() as opened:
        if address is None:
            cluster = opened.enter_context(_own_cluster(workers))
            client = opened.enter_context(Client(cluster))
        else:
            client = opened.enter_context(_client_of(address))
        name = f"portclear-{token_hex(8)}"
        _prepare_workers(client, _Preparation(name, prepare, work))
        try:
            yield _Dask(client, name)
        finally:
            # A cluster that is gone has nothing to forget.
            with suppress(OSError):
                client.unregister_worker_plugin(name)


@contextmanager
def _own_cluster(workers: int) -> Iterator[LocalCluster]:
    """A cluster of this machine that nobody else can reach."""
    with TemporaryDirectory(prefix="portclear-") as folder, dask.config.set(_SCHEDULER):
        # Interrupts are this process's matter; its workers are told to end.
        with held_back(signal.SIGINT):
            cluster = LocalCluster(
                host=_LOOPBACK,
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                # Without one, too, the scheduler listens for what a dashboard would be asked.
                scheduler_kwargs={"dashboard_address": f"{_LOOPBACK}:0"},
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            )
        with cluster:
            yield cluster


def _client_of(address: str) -> Client:
    try:
        return Client(address)
    except (OSError, ValueError) as error:
        raise InputError(f"executor.address: no scheduler at '{address}': {error}") from error


class _Preparation(WorkerPlugin):
    """Prepares every worker once, those that join later as well."""

    def __init__(self, name: str, prepare: Prepare, work: object) -> None:
        self.name = name
        self._prepare = prepare
        self._work = work
        self._version = model_version()

    def setup(self, worker: Worker) -> None:
        """Make what performs tasks."""
        if model_version() != self._version:
            raise ExecutionError(f"worker {worker.address} has portclear in another version")
        self.perform = self._prepare(self._work)


def _prepare_workers(client: Client, preparation: _Preparation) -> None:
    try:
        client.register_plugin(preparation)
    except ExecutionError:
        raise
    except Exception as error:
        raise ExecutionError(
            f"executor=dask: workers cannot be prepared: {type(error).__name__}: {error}; they "
            "need portclear, in the same version"
        ) from error


def _on_worker(name: str, task: object) -> tuple[Attempt, str]:
    """Perform a task on the worker this runs on, and say which one it is."""
    worker = get_worker()
    preparation = worker.plugins[name]
    assert isinstance(preparation, _Preparation)
    return attempt(preparation.perform, task), worker.address


class _Dask:
    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._name = name

    def execute(self, tasks: Sequence[Task]) -> Iterator[Outcome[Task]]:
        waiting, handed_out = deque(range(len(tasks))), dict[Future[Any], int]()
        try:
            while waiting or handed_out:
                # Workers come and go, so they are counted again and again.
                room = max(1, sum(self._client.nthreads().values())) - len(handed_out)
                for _ in range(min(room, len(waiting))):
                    place = waiting.popleft()
                    handed_out[self._submit(tasks[place])] = place
                for future in wait(list(handed_out), return_when="FIRST_COMPLETED").done:
                    yield _outcome(future, tasks[handed_out.pop(future)])
        except OSError as error:
            raise _failure_of_cluster(error) from error
        finally:
            with suppress(OSError):
                self._client.cancel(list(handed_out), force=True)

    def _submit(self, task: object) -> Future[Any]:
        return self._client.submit(_on_worker, self._name, task, pure=False)


def _outcome(future: Future[Any], task: Task) -> Outcome[Task]:
    """What has become of a task.

    Raises:
        ExecutionError: it was not the task that went wrong.
    """
    try:
        found, worker = future.result()
    except KilledWorker as error:
        return SetAside(task, f"killed, the last one {error.last_worker.address}")
    except Exception as error:
        raise _failure_of_cluster(error) from error
    outcome: Outcome[Task] = found.outcome(task, worker)
    return outcome


def _failure_of_cluster(error: Exception) -> ExecutionError:
    return ExecutionError(f"executor=dask: the cluster failed: {type(error).__name__}: {error}")
