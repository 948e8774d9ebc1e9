"""The executor whose workers are those of a Dask cluster, here or elsewhere.

Workers need no disk of this machine: what they work with and what they give goes through the
scheduler. They need this program, in the same version.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from secrets import token_hex
from time import monotonic
from typing import Any

from distributed import Client, Future, wait
from distributed.scheduler import KilledWorker

from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution.dask_worker import (
    Preparation,
    Said,
    perform_on_worker,
    prepare_workers,
    refused,
)
from sim.study.execution.executor import (
    Executor,
    Outcome,
    Prepare,
    SetAside,
    Task,
)
from sim.study.execution.log import warn
from sim.study.execution.own_cluster import own_cluster

# Seconds after which workers are counted again while none has something to say.
_PATIENCE = 5
# Seconds without any worker after which that is told.
_LONG = 60


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
        prepare_workers(client, Preparation(name, prepare, work))
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


class _Absence:
    """How long there have been no workers; it is told once that this takes long."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._is_told = False

    def note(self, threads: int) -> None:
        """Take note of how many there are now."""
        if threads:
            self._since, self._is_told = None, False
            return
        now = monotonic()
        self._since = now if self._since is None else self._since
        if now - self._since >= _LONG and not self._is_told:
            self._is_told = True
            warn("executor=dask: the cluster has no workers; waiting for one")


class _Dask:
    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._name = name
        self._absence = _Absence()
        self._refused = set[str]()

    def execute(self, tasks: Sequence[Task]) -> Iterator[Outcome[Task]]:
        waiting, handed_out = deque(range(len(tasks))), dict[Future[Any], int]()
        try:
            while waiting or handed_out:
                for _ in range(min(self._workers() - len(handed_out), len(waiting))):
                    place = waiting.popleft()
                    handed_out[self._submit(tasks[place])] = place
                for future in _finished(list(handed_out)):
                    place = handed_out.pop(future)
                    said = _said(future)
                    if isinstance(said, Said) and said.is_refusal:
                        self._refuse(said)
                        waiting.appendleft(place)
                    else:
                        yield _outcome(said, tasks[place])
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
        threads: int = sum(self._client.nthreads().values())
        self._absence.note(threads)
        return max(1, threads)

    def _submit(self, task: object) -> Future[Any]:
        return self._client.submit(perform_on_worker, self._name, task, pure=False)

    def _refuse(self, said: Said) -> None:
        """Go on without a worker that has joined late and cannot be prepared.

        Raises:
            ExecutionError: it is one of the own cluster, and the next would be no better.
        """
        assert said.attempt.error is not None
        error = refused(said.worker, said.attempt.error)
        if self._client.cluster is not None:
            raise error
        if said.worker not in self._refused:
            self._refused.add(said.worker)
            warn(str(error))
            self._client.retire_workers([said.worker])


def _finished(futures: Sequence[Future[Any]]) -> set[Future[Any]]:
    """Wait for one at least, but not for ever."""
    try:
        done: set[Future[Any]] = wait(futures, _PATIENCE, return_when="FIRST_COMPLETED").done
    except TimeoutError:
        return set()
    return done


def _said(future: Future[Any]) -> Said | KilledWorker:
    """What a worker says of its task, or that this ends workers.

    Raises:
        ExecutionError: it was not the task that went wrong.
    """
    try:
        said: Said = future.result()
    except KilledWorker as error:
        return error
    except Exception as error:
        raise _failure_of_cluster(error) from error
    return said


def _outcome(said: Said | KilledWorker, task: Task) -> Outcome[Task]:
    """What has become of a task."""
    if isinstance(said, KilledWorker):
        return SetAside(task, f"killed, the last one {said.last_worker.address}")
    return said.attempt.outcome(task, said.worker)


def _failure_of_cluster(error: Exception) -> ExecutionError:
    return ExecutionError(f"executor=dask: the cluster failed: {type(error).__name__}: {error}")
