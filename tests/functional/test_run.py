"""The whole program, as a user runs it."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "results" / "reference"
SMALL = ("experiment.replications=2", "experiment.warm_up_days=2", "experiment.horizon_days=5")


def program(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def written(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


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


def test_another_number_of_workers_writes_the_same_bits(finished, tmp_path):
    folder, _ = finished
    again = program(
        "scenario=joint_inspection", "executor.workers=1", "hydra.run.dir=out", *SMALL,
        folder=tmp_path,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
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
def test_bad_point_stops_before_the_first_runs(tmp_path, words, message):
    done = program(*words, *SMALL, folder=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "replications" not in done.stderr
    assert written(tmp_path) == []


def test_sweep_is_compared_at_its_end(tmp_path):
    done = program(
        "-m", "scenario=serial", "agencies.customs.examiners=8,14", "hydra.sweep.dir=out", *SMALL,
        folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    comparison = pd.read_csv(tmp_path / "out" / "comparison.csv")
    assert comparison["scenario"].unique().tolist() == ["serial,agencies.customs.examiners=14"]


def test_reference_results_are_reproduced(tmp_path):
    """The flagship comparison on a small experiment, against the committed results."""
    words = json.loads((REFERENCE / "command.json").read_text("utf-8"))
    done = program(*words, "hydra.run.dir=out", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "out" / "kpis.csv"),
        pd.read_csv(REFERENCE / "kpis.csv"),
        check_exact=False,
        rtol=1e-9,
        atol=1e-9,
    )
