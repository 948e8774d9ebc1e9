"""The replication runner: nothing is run twice, and nothing is lost."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from sim.measure.kpi import Kpi
from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution import runner as runner_module
from sim.study.execution.executor import Died, Done, Failed, Outcome, SetAside
from sim.study.execution.kpi_values import KpiValues
from sim.study.execution.log import run_log
from sim.study.execution.model_version import model_version
from sim.study.execution.pool import pool_executor
from sim.study.execution.runner import Numbered, ReplicationRunner
from sim.study.execution.serial import serial_executor
from sim.study.execution.tasks import ReplicationTask, Replicator, Work
from sim.study.settings import Point, Settings
from tests.builders import tiny
from tests.study.execution import performing

DAY = ("experiment.horizon_days", 1.0)
ONE = Point("one", tiny(DAY))
SAME = Point("same", tiny(DAY, ("name", "another_name")))
OTHER = Point("other", tiny(DAY, ("experiment.seed", 5)))
TIME = "all.overall_clearance_time.mean"


def silent(done: int, total: int) -> None:
    """Take no notice of progress."""


def serial(store: Path | None) -> Settings:
    return Settings("serial", 1, Path(), store)


def both(number: int) -> list[Numbered]:
    return [(name, replication) for replication in range(number) for name in ("one", "other")]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Numbered]:
    """Names of scenarios and numbers of the replications that are run."""
    found: list[Numbered] = []
    perform = Replicator.__call__

    def noted(self: Replicator, task: ReplicationTask) -> bytes:
        found.append((str(task.scenario.experiment.seed), task.number))
        return perform(self, task)

    monkeypatch.setattr(Replicator, "__call__", noted)
    return found


def test_what_is_in_the_store_is_not_run_again(tmp_path: Path, begun: list[Numbered]) -> None:
    told: list[tuple[int, int]] = []
    for _ in range(2):
        with ReplicationRunner(
            [ONE, OTHER], serial(tmp_path), lambda *now: told.append(now)
        ) as runner:
            runner.run(reversed(both(2)))
            values = runner.values("other", TIME, range(2))
    assert begun == [("2017", 0), ("5", 0), ("2017", 1), ("5", 1)]
    assert (runner.found, runner.computed) == (4, 0)
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4), (4, 4)]
    assert values[0] != values[1]


def test_what_was_run_before_is_not_asked_for_again(begun: list[Numbered]) -> None:
    told: list[tuple[int, int]] = []
    with ReplicationRunner([ONE], serial(None), lambda *now: told.append(now)) as runner:
        runner.run([("one", 0)])
        runner.run([("one", 0), ("one", 1)])
        assert len(runner.values("one", TIME, [0, 1])) == 2
    assert begun == [("2017", 0), ("2017", 1)]
    assert told == [(0, 1), (1, 1), (1, 2), (2, 2)]


def test_points_that_are_the_same_share_their_replications(begun: list[Numbered]) -> None:
    with ReplicationRunner([ONE, SAME], serial(None), silent) as runner:
        runner.run([("one", 0), ("same", 0)])
        one, same = (runner.values(name, TIME, [0]) for name in ("one", "same"))
    assert len(begun) == 1
    assert runner.computed == 2
    assert one == same


@pytest.mark.parametrize("between", [False, True])
def test_what_is_damaged_is_run_again(tmp_path: Path, begun: list[Numbered], between: bool) -> None:
    with ReplicationRunner([ONE], serial(tmp_path), silent) as runner:
        runner.run([("one", 0)])
        expected = runner.replications("one", [0])[0].measures.kpis
        (file,) = tmp_path.rglob("*.rep")
        whole = file.read_bytes()
        if between:
            file.write_bytes(whole[:-1])
            found = runner.replications("one", [0])
    if not between:
        file.write_bytes(whole[:-1])
        with ReplicationRunner([ONE], serial(tmp_path), silent) as runner:
            runner.run([("one", 0)])
            found = runner.replications("one", [0])
    assert [kpi.value for kpi in found[0].measures.kpis if kpi.key == TIME] == [
        kpi.value for kpi in expected if kpi.key == TIME
    ]
    assert begun == [("2017", 0)] * 2
    assert file.read_bytes() == whole


def test_a_kpi_of_none_is_not_a_number() -> None:
    with ReplicationRunner([ONE], serial(None), silent) as runner:
        runner.run([("one", 0)])
        assert np.isnan(runner.values("one", "no.such.kpi", [0])).tolist() == [True]


def test_a_replication_without_a_kpi_has_what_its_absence_means() -> None:
    values = KpiValues()
    values.add(("a", 0), [Kpi("x", "h", 1.0), Kpi("share", "1", 0.5, absent=0.0)])
    values.add(("a", 1), [Kpi("x", "h", 2.0)])
    assert values.of("share", [("a", 0), ("a", 1)]).tolist() == [0.5, 0.0]
    assert values.of("x", [("a", 1), ("a", 0)]).tolist() == [2.0, 1.0]


def test_workers_are_told_the_version_that_keys_are_made_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[Work] = []

    @contextmanager
    def opened(_: Settings, prepare: Callable[[Work], Replicator], work: Work) -> Iterator[object]:
        given.append(work)
        assert prepare is Replicator
        with serial_executor(prepare, work) as executor:
            yield executor

    monkeypatch.setattr(runner_module, "open_executor", opened)
    with ReplicationRunner([ONE], serial(None), silent) as runner:
        runner.run([("one", 0)])
    assert [work.version for work in given] == [model_version()]


Told = Callable[[ReplicationTask], list[Outcome[ReplicationTask]]]


@pytest.fixture
def executed_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Told], None]:
    """Stand in for an executor: what becomes of each task is told beforehand."""

    def use(told: Told) -> None:
        class Telling:
            def execute(
                self, tasks: Sequence[ReplicationTask]
            ) -> Iterator[Outcome[ReplicationTask]]:
                for task in tasks:
                    yield from told(task)

        @contextmanager
        def opened(*_: object) -> Iterator[Telling]:
            yield Telling()

        monkeypatch.setattr(runner_module, "open_executor", opened)

    return use


def test_others_finish_before_an_error_tells_of_those_set_aside(
    tmp_path: Path, executed_as: Callable[[Told], None]
) -> None:
    inputs = ReplicationRunner([ONE], serial(None), silent)._inputs
    perform = Replicator(Work(inputs, model_version()))
    executed_as(
        lambda task: (
            [Died(task, "killed", "w"), SetAside(task, "killed")]
            if task.number == 0
            else [Done(task, perform(task), 0.1, "w")]
        )
    )
    with (
        run_log(tmp_path) as log,
        ReplicationRunner([ONE, OTHER], serial(tmp_path), silent) as runner,
        pytest.raises(ExecutionError) as raised,
    ):
        log.folder = tmp_path
        runner.run(both(2))
    assert str(raised.value) == (
        "set aside, as the worker died 3 times: replication 0 of 'one': killed; replication 0 of "
        "'other': killed; all others are in the store; try fewer with executor.workers"
    )
    assert runner.computed == 2
    events = [json.loads(line)["event"] for line in (tmp_path / "log.jsonl").open()]
    assert events == ["wanted", *["died", "set aside"] * 2, *["done"] * 2, "ended"]


def test_those_set_aside_are_no_errors(executed_as: Callable[[Told], None]) -> None:
    executed_as(lambda task: [SetAside(task, "killed")])
    told: list[tuple[int, int]] = []
    with ReplicationRunner(
        [ONE], serial(None), lambda *now: told.append(now), on_error="continue"
    ) as runner:
        runner.run([("one", 0)])
        runner.run([("one", 0)])
        assert (runner.failed, runner.set_aside) == ({}, {("one", 0): "killed"})
        with pytest.raises(ExecutionError, match="replication 0 of 'one' failed: killed"):
            runner.replications("one", [0])
    assert told == [(0, 1), (1, 1), (1, 1)]


def test_an_error_ends_all_at_once_or_is_noted(executed_as: Callable[[Told], None]) -> None:
    executed_as(lambda task: [Failed(task, InputError("x: no"))])
    with ReplicationRunner([ONE], serial(None), silent) as runner, pytest.raises(InputError):
        runner.run([("one", 0)])
    with ReplicationRunner([ONE, OTHER], serial(None), silent, on_error="continue") as runner:
        runner.run(both(1))
        assert not runner.set_aside
        assert runner.failed == {("one", 0): "InputError: x: no", ("other", 0): "InputError: x: no"}
        with pytest.raises(
            ExecutionError, match="replication 0 of 'one' failed: InputError: x: no"
        ):
            runner.replications("one", [0])


def test_two_processes_share_a_store(tmp_path: Path) -> None:
    with pool_executor(2, performing.sharing, tmp_path) as pool:
        one, other = (outcome for outcome in pool.execute([0, 1]) if isinstance(outcome, Done))
    assert one.worker != other.worker
    assert one.result == other.result
    assert one.result[0] == 8
    assert len(list(tmp_path.rglob("*.rep"))) == 8
    assert list(tmp_path.rglob("*.part")) == []


def test_an_interrupted_run_says_what_it_has_got(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt) as raised,
        ReplicationRunner([ONE], serial(tmp_path), interrupted) as runner,
    ):
        runner.run([("one", 0), ("one", 1)])
    assert str(raised.value) == (
        f"interrupted; '{tmp_path}' has 1 of the replications, and the same command continues with "
        "them"
    )
