"""A Dask cluster: the same outcomes as from the pool, and workers that come and go."""

import os
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
from sim.study.execution.executor import Done, Failed, SetAside
from sim.study.execution.executors import open_executor
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


def test_errors_of_tasks_and_workers_that_are_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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

        monkeypatch.setattr(dask_cluster, "model_version", lambda: "another")
        with (
            pytest.raises(
                ExecutionError, match=r"worker tcp://.* has portclear in another version"
            ),
            dask_executor(1, address, performing.multiplied, 2),
        ):
            pass


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
        "executor=dask: the package 'distributed' is not installed; pip install 'portclear[dask]'"
    )
