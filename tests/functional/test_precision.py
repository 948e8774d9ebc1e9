"""A run that replicates until its KPIs are precise enough, as a user has it."""

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.exit_codes import DONE, USAGE_ERROR

SMALL = (
    "scenario=joint_inspection", "experiment.warm_up_days=2", "experiment.horizon_days=3",
    "experiment.cool_down_days=2", "executor=serial", "store.path=store",
)  # fmt: skip
TIME = "all.overall_clearance_time.mean"


def by_rule(half_width: float) -> tuple[str, ...]:
    return (
        "precision=half_width", f"precision.kpis={{{TIME}: {{relative: {half_width}}}}}",
        "precision.minimum=2", "precision.batch=1", "precision.ceiling=5",
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A precise run, one that its ceiling stops, and a fixed one of as many replications."""
    root = tmp_path_factory.mktemp("precision")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main([*SMALL, *by_rule(0.3), "hydra.run.dir=precise"]) == DONE
        assert main([*SMALL, *by_rule(0.0001), "hydra.run.dir=ceiling"]) == DONE
        number = manifest(root / "precise")["replications"]
        words = (f"experiment.replications={number}", "hydra.run.dir=fixed")
        assert main([*SMALL, *words]) == DONE
    return root


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def test_it_says_how_precise_it_became(folder: Path) -> None:
    told = manifest(folder / "precise")["precision"]
    assert told["asked"]["kpis"] == {TIME: {"relative": 0.3}}
    assert (told["by_ceiling"], told["all_met"]) == (False, True)
    table = pd.read_csv(folder / "precise" / "precision.csv")
    assert table["scenario"].tolist() == ["serial", "joint_inspection"]
    assert (table["relative_half_width"] <= 0.3).all()
    assert (table["n"] == told["replications"]).all()
    page = (folder / "precise" / "report.html").read_text("utf-8")
    assert "every interval asked for was narrow enough" in page


def test_it_is_a_fixed_run_of_that_number_to_the_bit(folder: Path) -> None:
    for name in ("kpis.csv", "comparison.csv", "targets.csv", "replications.parquet"):
        precise, fixed = ((folder / run / name).read_bytes() for run in ("precise", "fixed"))
        assert precise == fixed
    precise, fixed = (manifest(folder / run) for run in ("precise", "fixed"))
    assert precise["points"] == fixed["points"]
    assert fixed["precision"] is None
    assert not (folder / "fixed" / "precision.csv").exists()


def test_the_ceiling_is_told(folder: Path) -> None:
    told = manifest(folder / "ceiling")
    assert (told["replications"], told["precision"]["by_ceiling"]) == (5, True)
    assert not told["precision"]["all_met"]
    page = (folder / "ceiling" / "report.html").read_text("utf-8")
    assert "2 of 2 intervals are wider than was asked for" in page


def test_an_unknown_kpi_ends_it_after_one_replication(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    words = by_rule(0.3)[0], "precision.kpis={all.overall_clearence_time.mean: {relative: 0.3}}"
    assert main([*SMALL, *words, "progress=quiet", "hydra.run.dir=unknown"]) == USAGE_ERROR
    assert capsys.readouterr().err == (
        "error: precision.kpis: no scenario has a KPI 'all.overall_clearence_time.mean'; "
        f"did you mean '{TIME}'?\n"
    )
    assert not (folder / "unknown").exists()
