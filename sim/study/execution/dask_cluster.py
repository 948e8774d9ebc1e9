"""The executor whose workers are those of a Dask cluster, here or elsewhere.

Workers need no disk of this machine: what they work with and what they give goes through the
scheduler. They need this program, in the same version.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from secrets import token_hex
from typing import Any

from distributed import Client, Future, Worker, WorkerPlugin, get_worker, wait
from distributed.scheduler import KilledWorker

from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution.attempt import Attempt, attempt
from sim.study.execution.executor import (
    Executor,
    Outcome,
    Prepare,
    SetAside,
    Task,
)
from sim.study.execution.model_version import model_version
from sim.study.execution.own_cluster import own_cluster

# Seconds after which workers are counted again while none has something to say.
_PATIENCE = 5


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
            cluster = opened.enter_context(own_cluster(workers))
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
                for _ in range(min(self._workers() - len(handed_out), len(waiting))):
                    place = waiting.popleft()
                    handed_out[self._submit(tasks[place])] = place
                for future in _finished(list(handed_out)):
                    yield _outcome(future, tasks[handed_out.pop(future)])
        except OSError as error:
            raise _failure_of_cluster(error) from error
        finally:
            with suppress(OSError):
                self._client.cancel(list(handed_out), force=True)

    def _workers(self) -> int:
        """How many there are now: they come and go. One at least may be waited for.

        Raises:
            ExecutionError: an own cluster has lost them for good.
        """
        if self._client.cluster is not None and not self._client.cluster.workers:
            raise ExecutionError("executor=dask: the workers of the own cluster cannot be replaced")
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _submit(self, task: object) -> Future[Any]:
        return self._client.submit(_on_worker, self._name, task, pure=False)


def _finished(futures: Sequence[Future[Any]]) -> set[Future[Any]]:
    """Wait for one at least, but not for ever."""
    try:
        done: set[Future[Any]] = wait(futures, _PATIENCE, return_when="FIRST_COMPLETED").done
    except TimeoutError:
        return set()
    return done


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
