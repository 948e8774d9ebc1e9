"""The whole program, as a user runs it."""

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.command.configuration import build_run
from sim.study.study_runner import run_study

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "results" / "reference"
STORE = ("results", "store")
SMALL = (
    "experiment.replications=2", "experiment.warm_up_days=1", "experiment.horizon_days=3",
    "experiment.cool_down_days=1",
)  # fmt: skip


def program(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def within(words: Sequence[str], folder: Path, capsys, monkeypatch) -> tuple[int, str]:
    """Run it in this process, which has imported everything; return exit code and errors."""
    monkeypatch.chdir(folder)
    code = main(words)
    return code, capsys.readouterr().err


def written(folder: Path) -> list[str]:
    """All that is there but for the store, which stays whatever becomes of a run."""
    paths = (path.relative_to(folder) for path in folder.rglob("*"))
    return sorted(str(path) for path in paths if path.parts[:2] not in (("results",), STORE))


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("run")
    done = program(
        "scenario=joint_inspection", "executor.workers=2", "hydra.run.dir=out", *SMALL,
        folder=folder,
    )  # fmt: skip
    return folder / "out", done


def test_run_succeeds_and_shows_the_finding(finished):
    _, done = finished
    assert done.returncode == 0, done.stderr
    assert "Joint inspection" in done.stdout
    assert "Published figures beside simulated ones" in done.stdout


def test_run_writes_everything(finished):
    folder, _ = finished
    files = set(written(folder))
    assert {
        "manifest.json", "kpis.csv", "comparison.csv", "report.html", "consignments.parquet",
        "activities.parquet", "figures/stage_bars.png", "figures/stage_bars.svg",
        "figures/clearance_distribution.svg", "figures/cost_by_payer.svg",
    } <= files  # fmt: skip
    columns = ["scenario", "kpi", "unit", "mean", "low", "high", "n"]
    assert pd.read_csv(folder / "kpis.csv").columns.tolist() == columns


def test_manifest_tells_what_was_run_and_what_was_written(finished):
    folder, _ = finished
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [point["name"] for point in manifest["points"]] == ["serial", "joint_inspection"]
    assert manifest["command"] == [
        "scenario=joint_inspection", "executor.workers=2", "hydra.run.dir=out", *SMALL,
    ]  # fmt: skip
    assert manifest["points"][1]["scenario"]["reforms"].keys() == {
        "joint_inspection", "one_stop_site",
    }  # fmt: skip
    digest = hashlib.sha256((folder / "kpis.csv").read_bytes()).hexdigest()
    assert manifest["files"]["kpis.csv"] == digest


@pytest.mark.slow
def test_another_number_of_workers_writes_the_same_bits(finished, tmp_path, capsys, monkeypatch):
    folder, _ = finished
    words = ["scenario=joint_inspection", "executor.workers=1", "hydra.run.dir=out", *SMALL]
    code, errors = within(words, tmp_path, capsys, monkeypatch)
    assert code == 0, errors
    for name in ("kpis.csv", "comparison.csv", "replications.parquet"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def test_misspelt_key_is_one_line_and_nothing_is_written(tmp_path):
    done = program("scenario=serial", "agencies.customs.examinrs=3", folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "agencies.customs.examinrs" in done.stderr
    assert "did you mean 'examiners'?" in done.stderr
    assert written(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ("agencies.customs.examiners=1",),
            "step 'examine_customs' needs 2 of 'customs.examiners', which has 1",
            id="too few for a step",
        ),
        pytest.param(
            ("-m", "scenario=serial", "agencies.customs.examiners=4,-1"),
            "agencies.customs.examiners: input should be greater than or equal to 0, given -1",
            id="a later point of a sweep",
        ),
    ],
)
def test_bad_point_stops_before_the_first_runs(tmp_path, capsys, monkeypatch, words, message):
    code, errors = within([*words, *SMALL], tmp_path, capsys, monkeypatch)
    assert code == 2
    assert message in errors
    assert "replications" not in errors
    assert written(tmp_path) == []


def test_sweep_is_compared_at_its_end(tmp_path, capsys, monkeypatch):
    words = [
        "-m", "scenario=serial", "agencies.customs.examiners=8,14", "hydra.sweep.dir=out", *SMALL,
        "executor=serial",
    ]  # fmt: skip
    code, errors = within(words, tmp_path, capsys, monkeypatch)
    assert code == 0, errors
    comparison = pd.read_csv(tmp_path / "out" / "comparison.csv")
    assert comparison["scenario"].unique().tolist() == ["serial,agencies.customs.examiners=14"]


@contextmanager
def heeding_interrupts() -> Iterator[None]:
    """Who starts the tests in the background may have made them, and all they start, deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def running(tmp_path):
    """The program with two workers at work, and the process numbers of its children."""
    words = [sys.executable, str(ROOT / "run.py"), "executor.workers=2"]
    with heeding_interrupts():
        process = subprocess.Popen(
            [*words, "experiment.horizon_days=200"], cwd=tmp_path, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while len(children := listed.read_text().split()) < 3 and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(1)
    yield process, [int(child) for child in children]
    process.kill()


def all_gone(children: list[int]) -> bool:
    """Whether processes end within a minute; on a busy machine they may still be starting."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{child}").exists() for child in children):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize(
    "kind", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_interrupted_run_ends_at_once_and_leaves_nobody_and_nothing(running, tmp_path, kind):
    process, children = running
    process.send_signal(kind)
    _, errors = process.communicate(timeout=15)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == (
        "interrupted; 'results/store' has 0 of the replications, and the same command continues "
        "with them"
    )
    assert "Traceback" not in errors
    assert all_gone(children)
    assert written(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_workers_end_with_a_parent_that_is_killed(running):
    process, children = running
    process.kill()
    process.wait(10)
    assert all_gone(children)


def test_chosen_folder_must_be_empty(tmp_path, capsys, monkeypatch):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    words = ["scenario=serial", "hydra.run.dir=out", *SMALL]
    assert within(words, tmp_path, capsys, monkeypatch) == (
        2, "error: hydra.run.dir: 'out' is not empty; results go into a new folder\n",
    )  # fmt: skip


def test_where_one_is_cannot_be_replaced(tmp_path, capsys, monkeypatch):
    words = ["scenario=serial", "hydra.run.dir=.", "store.path=null"]
    assert within(words, tmp_path, capsys, monkeypatch) == (
        2,
        "error: hydra.run.dir: '.' cannot be replaced; results go into a new folder, as 'mine'\n",
    )


def test_a_full_disk_is_one_line(tmp_path, capsys, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    words = ["scenario=serial", "executor=serial", "hydra.run.dir=out", *SMALL]
    code, errors = within(words, tmp_path, capsys, monkeypatch)
    assert (code, errors) == (
        1,
        "error: store.path: 'results/store' cannot be written to: No space left on device; what is "
        "in it stays, and the same command continues\n",
    )
    assert written(tmp_path) == []


def test_scenarios_of_other_luck_are_not_paired(tmp_path, capsys, monkeypatch):
    words = ["-m", "scenario=serial", "experiment.seed=1,2", *SMALL]
    code, errors = within(words, tmp_path, capsys, monkeypatch)
    assert code == 2
    assert errors.splitlines()[-1] == (
        "error: experiment.seed: 2 in 'serial,experiment.seed=2', 1 in 'serial,experiment.seed=1'; "
        "scenarios compared in one run share it"
    )
    assert written(tmp_path) == []


def test_reference_results_are_reproduced():
    """The flagship comparison on a small experiment, against the committed results."""
    words = json.loads((REFERENCE / "command.json").read_text("utf-8"))
    found = run_study(
        build_run([*words, "executor=serial", "store.path=null"]), lambda *_: None
    ).kpis
    expected = pd.read_csv(REFERENCE / "kpis.csv")
    pd.testing.assert_frame_equal(
        found[expected.columns], expected, check_exact=False, rtol=1e-9, atol=1e-9
    )
