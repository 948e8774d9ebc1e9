"""A Dask cluster: the same outcomes as from the pool, and workers that come and go."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution import dask_cluster
from sim.study.execution.dask_cluster import dask_executor
from sim.study.execution.dask_worker import Preparation, prepare_workers
from sim.study.execution.executor import Done, Failed, SetAside
from sim.study.execution.executors import open_executor
from sim.study.execution.log import warnings_told
from sim.study.settings import Settings
from tests.study.execution import performing


def results(outcomes: list[object]) -> dict[int, object]:
    return {outcome.task: outcome.result for outcome in outcomes if isinstance(outcome, Done)}


def test_own_cluster_performs_tasks_and_survives_those_that_kill() -> None:
    with dask_executor(2, None, performing.deadly, frozenset({3})) as cluster:
        outcomes = list(cluster.execute(range(8)))
        again = list(cluster.execute(range(10, 12)))
    assert results(outcomes) == {task: task for task in range(8) if task != 3}
    assert results(again) == {10: 10, 11: 11}
    (aside,) = (outcome for outcome in outcomes if isinstance(outcome, SetAside))
    assert aside.task == 3
    assert aside.cause.startswith("killed, the last one tcp://127.0.0.1:")


def test_own_cluster_without_workers_is_not_waited_for() -> None:
    with dask_executor(1, None, performing.multiplied, 2) as cluster:
        cluster._client.cluster.scale(0)
        with pytest.raises(ExecutionError) as raised:
            list(cluster.execute(range(100_000)))
    assert str(raised.value) == "executor=dask: the workers of the own cluster cannot be replaced"


@contextmanager
def a_cluster(folder: Path) -> Iterator[LocalCluster]:
    """A cluster without workers, as one that is there already."""
    with LocalCluster(
        host="127.0.0.1", n_workers=0, threads_per_worker=1, dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        local_directory=str(folder),
    ) as cluster:  # fmt: skip
        yield cluster


def test_a_worker_that_joins_late_takes_part_and_its_death_loses_nothing(tmp_path: Path) -> None:
    with a_cluster(tmp_path) as cluster:
        address = cluster.scheduler_address
        with dask_executor(1, address, performing.own_process, None) as executor:
            cluster.scale(1)
            listened = executor.execute(range(40))
            first = next(listened)
            assert isinstance(first, Done)
            cluster.scale(2)
            os.kill(first.result, signal.SIGKILL)
            outcomes = [first, *listened]
    assert results(outcomes).keys() == set(range(40))
    assert len(set(results(outcomes).values())) >= 2


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_one_line(tmp_path: Path) -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
        a_cluster(tmp_path) as cluster,
    ):
        cluster.scale(1)
        with (
            pytest.raises(ExecutionError) as raised,
            dask_executor(1, cluster.scheduler_address, performing.own_process, None) as executor,
        ):
            listened = executor.execute(range(1000))
            next(listened)
            cluster.close()
            list(listened)
    assert str(raised.value).startswith("executor=dask: the cluster failed: ")
    assert "\n" not in str(raised.value)


def test_errors_of_tasks_and_workers_that_are_not_ready(tmp_path: Path) -> None:
    with a_cluster(tmp_path) as cluster:
        cluster.scale(1)
        with Client(cluster) as client:
            client.wait_for_workers(1)
        address = cluster.scheduler_address
        with dask_executor(1, address, performing.faulty, None) as executor:
            outcomes = {outcome.task: outcome for outcome in executor.execute(range(3))}
        one, two = outcomes[1], outcomes[2]
        assert isinstance(one, Failed)
        assert (type(one.error), str(one.error)) == (InputError, "one: is not liked")
        assert isinstance(two, Failed)
        assert "two: does not fit" in str(two.error)

        with (
            pytest.raises(
                ExecutionError, match=r"^executor=dask: worker tcp://.*:\d+ is refused: x: no$"
            ),
            dask_executor(1, address, performing.refused, "x: no"),
        ):
            pass


@contextmanager
def a_cluster_of_threads() -> Iterator[LocalCluster]:
    """A cluster without workers, quick to start: they are threads of this process."""
    with LocalCluster(
        protocol="tcp://", host="127.0.0.1", n_workers=0, threads_per_worker=1, processes=False,
        dashboard_address=None, scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    ) as cluster:  # fmt: skip
        yield cluster


@contextmanager
def warned() -> Iterator[list[str]]:
    told: list[str] = []
    with warnings_told(told.append):
        yield told


def test_a_worker_that_joins_late_and_cannot_be_prepared_is_sent_away(tmp_path: Path) -> None:
    with a_cluster_of_threads() as cluster, warned() as told:
        address = cluster.scheduler_address
        with dask_executor(1, address, performing.refused_but_once, tmp_path) as executor:
            cluster.scale(1)
            first = list(executor.execute(range(2)))
            cluster.scale(2)
            with Client(address) as client:
                client.wait_for_workers(2)
            outcomes = list(executor.execute(range(4)))
            assert len(executor._client.nthreads()) == 1
    assert results(first + outcomes) == {task: task for task in range(4)}
    (line,) = told
    assert re.fullmatch(r"executor=dask: worker \S+:\S+ is refused: x: no", line)


def test_of_an_own_cluster_a_worker_that_is_refused_ends_the_run() -> None:
    with a_cluster_of_threads() as cluster, Client(cluster) as client:
        prepare_workers(client, Preparation("x", performing.refused, "x: no"))
        cluster.scale(1)
        client.wait_for_workers(1)
        with pytest.raises(ExecutionError, match=r"worker \S+ is refused: x: no$"):
            list(dask_cluster._Dask(client, "x").execute([1]))


def test_who_waits_long_for_workers_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 59.0, 60.0, 100.0, 200.0, 261.0])
    monkeypatch.setattr(dask_cluster, "monotonic", lambda: next(times))
    absence = dask_cluster._Absence()
    with warned() as told:
        for threads, expected in ((0, 0), (0, 0), (0, 1), (0, 1), (1, 1), (0, 1), (0, 2)):
            absence.note(threads)
            assert len(told) == expected
    assert set(told) == {"executor=dask: the cluster has no workers; waiting for one"}


def test_a_scheduler_that_is_not_there_is_one_line() -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(InputError) as raised,
        dask_executor(1, "tcp://127.0.0.1:9", performing.multiplied, 2),
    ):
        pass
    assert str(raised.value).startswith("executor.address: no scheduler at 'tcp://127.0.0.1:9': ")
    assert "\n" not in str(raised.value)


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sim.study.execution.dask_cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as raised:
        open_executor(Settings("dask", 1, Path()), performing.multiplied, 2)
    assert str(raised.value) == (
        "executor=dask: the package 'distributed' is not installed; "
        "in the folder of run.py: pip install '.[dask]'"
    )
