"""From words to a run: how and where it is executed, and what of it is shown."""

import os
import re
from pathlib import Path

import pytest

from sim.command.configuration import build_run, composed_data
from tests.command.runs import (
    FLAGSHIP,
    refusal,
)


@pytest.mark.parametrize(
    ("words", "executor", "workers"),
    [
        pytest.param(["executor=serial"], "serial", 1, id="serial"),
        pytest.param(["executor=pool", "executor.workers=3"], "pool", 3, id="pool of three"),
        pytest.param(["executor.workers=3", "experiment.seed=1"], "pool", 3, id="default kind"),
        pytest.param(["executor=dask", "executor.workers=2"], "dask", 2, id="own cluster"),
    ],
)
def test_executor(words: list[str], executor: str, workers: int) -> None:
    settings = build_run(["scenario=serial", *words]).settings
    assert (settings.executor, settings.workers) == (executor, workers)


def test_address_of_a_cluster() -> None:
    words = ["executor=dask", "executor.address=tcp://host:8786"]
    assert build_run(["scenario=serial", *words]).settings.address == "tcp://host:8786"


@pytest.mark.parametrize(
    ("words", "store"),
    [
        pytest.param([], Path("results/store"), id="default"),
        pytest.param(["store.path=mine/store"], Path("mine/store"), id="another"),
        pytest.param(["store.path=null"], None, id="none"),
    ],
)
def test_store(words: list[str], store: Path | None) -> None:
    assert build_run(["scenario=serial", *words]).settings.store == store


def test_progress_can_be_quiet() -> None:
    assert build_run(["scenario=serial"]).settings.progress == "auto"
    assert build_run(["scenario=serial", "progress=quiet"]).settings.progress == "quiet"


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no affinity on this system")
def test_workers_are_the_processors_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 2, 5})
    assert build_run(["scenario=serial"]).settings.workers == 3


@pytest.mark.parametrize("key", ["hydra.run.dir", "hydra.sweep.dir"])
def test_folder_of_a_sweep(key: str) -> None:
    run = build_run(["experiment.seed=1,2", f"{key}=some/where"], multirun=True)
    assert run.settings.folder == Path("some/where")


def test_folder_as_told_is_not_made(working_folder: Path) -> None:
    run = build_run(["scenario=serial", f"hydra.run.dir={working_folder}/new/here"])
    assert run.settings.folder == working_folder / "new" / "here"
    assert list(working_folder.iterdir()) == []


@pytest.mark.parametrize("multirun", [False, True])
def test_folder_by_date_and_time(multirun: bool) -> None:
    folder = build_run(["scenario=serial"], multirun).settings.folder
    assert re.fullmatch(r"results/\d{4}-\d\d-\d\d/\d\d-\d\d-\d\d", folder.as_posix())


def test_overrides_are_recorded() -> None:
    assert build_run(["experiment.seed=1,2"], True).overrides == ("-m", "experiment.seed=1,2")


def test_shown_data_leaves_out_the_implied_baseline() -> None:
    assert list(composed_data(["scenario=all_together"])) == ["all_together"]
    assert list(composed_data(["scenario=serial"])) == ["serial"]
    assert list(composed_data([])) == FLAGSHIP


def test_composed_data_are_the_callers_own() -> None:
    (first,) = composed_data(["scenario=serial"]).values()
    days = first["experiment"].pop("horizon_days")
    (again,) = composed_data(["scenario=serial"]).values()
    assert again["experiment"]["horizon_days"] == days


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["scenario=serial,all_together"],
            "scenario=serial,all_together: several values are run one by one with -m",
            id="sweep without -m",
        ),
        pytest.param(
            ["reforms=single_window,one_stop_site"],
            "reforms=single_window,one_stop_site: several values are run one by one with -m "
            "or write reforms=[single_window,one_stop_site]",
            id="reforms without brackets",
        ),
        pytest.param(
            ["compare=serial,all_together"],
            "compare=serial,all_together: write compare=[serial,all_together]",
            id="compare without brackets",
        ),
        pytest.param(
            ["executor=serial", "executor.workers=3"],
            "executor.workers: serial has one worker, given 3",
            id="serial with workers",
        ),
        pytest.param(
            ["executor.workers=0"],
            "executor.workers: input should be greater than or equal to 1, given 0",
            id="no workers",
        ),
        pytest.param(
            ["executor.address=tcp://host:8786"],
            "executor.address: is for executor=dask, given executor=pool",
            id="address of a pool",
        ),
        pytest.param(
            ["executor=dask", "executor.address=tcp://host:8786", "executor.workers=3"],
            "executor.workers: the workers are those of executor.address",
            id="workers of a cluster that is there",
        ),
        pytest.param(
            ["progress=silent"],
            "progress: input should be 'auto' or 'quiet', given 'silent'",
            id="progress",
        ),
        pytest.param(
            ["store.pth=x"],
            "store.pth: unknown key 'pth'; allowed: path; did you mean 'path'?",
            id="store key",
        ),
        pytest.param(
            ["store.path=/dev/null/here"], "store.path: '/dev/null' is a file", id="store in a file"
        ),
        pytest.param(
            ["hydra.run.dir=results"],
            "hydra.run.dir: 'results' holds the store, 'results/store'; results go into a folder "
            "of their own, as 'results/mine'",
            id="folder of the store",
        ),
        pytest.param(["hydra.run.dir="], "hydra.run.dir=: a folder is expected", id="no folder"),
        pytest.param(
            ["hydra.sweep.dir=here"],
            "hydra.sweep.dir: is for -m; write hydra.run.dir",
            id="folder of a sweep",
        ),
        pytest.param(
            [f"hydra.run.dir={'x' * 300}"], "hydra.run.dir: File name too long", id="long folder"
        ),
        pytest.param(
            ["hydra.run.dir=/dev/null/here"], "hydra.run.dir: '/dev/null' is a file", id="in a file"
        ),
    ],
)
def test_command_that_cannot_be_run(words: list[str], message: str) -> None:
    assert refusal(words) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["executor=serial,pool"],
            "executor=serial,pool: one value is expected; it does not change results",
            id="executors",
        ),
        pytest.param(
            ["store.path=a,b"],
            "store.path=a,b: one value is expected; it does not change results",
            id="stores",
        ),
    ],
)
def test_sweep_over_executors_is_refused(words: list[str], message: str) -> None:
    assert refusal(words, multirun=True) == message
