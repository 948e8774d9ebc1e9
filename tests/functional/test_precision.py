"""A run that replicates until its KPIs are precise enough, as a user has it."""

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.exit_codes import DONE, USAGE_ERROR
from sim.command.configuration import build_run
from sim.study.study import Study
from sim.study.study_runner import run_study

TIME = "all.overall_clearance_time.mean"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Words of a small run; all tests share the store."""
    return (
        "scenario=joint_inspection", "experiment.warm_up_days=2", "experiment.horizon_days=3",
        "experiment.cool_down_days=2", "executor=serial",
        f"store.path={tmp_path_factory.mktemp('store')}",
    )  # fmt: skip


def by_rule(half_width: float) -> tuple[str, ...]:
    return (
        "precision=half_width", f"precision.kpis={{{TIME}: {{relative: {half_width}}}}}",
        "precision.minimum=2", "precision.batch=1", "precision.ceiling=5",
    )  # fmt: skip


def study(*words: str) -> Study:
    return run_study(build_run(words), lambda *_: None)


def test_it_says_how_precise_it_became(
    small: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*small, *by_rule(0.3), f"hydra.run.dir={tmp_path}/out"]) == DONE
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    told, number = manifest["precision"], manifest["replications"]
    assert told["asked"]["kpis"] == {TIME: {"relative": 0.3}}
    assert (told["replications"], told["by_ceiling"], told["all_met"]) == (number, False, True)
    table = pd.read_csv(tmp_path / "out" / "precision.csv")
    assert table["scenario"].tolist() == ["serial", "joint_inspection"]
    assert (table["relative_half_width"] <= 0.3).all()
    assert (table["n"] == number).all()
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "every interval asked for was narrow enough" in page
    assert f"{number} replications, seed 2017" in page
    assert f"Precise enough after {number} replications." in capsys.readouterr().out


def test_it_is_a_fixed_run_of_that_number_to_the_bit(small: tuple[str, ...]) -> None:
    precise = study(*small, *by_rule(0.3))
    assert precise.precision is not None
    fixed = study(*small, f"experiment.replications={precise.precision.replications}")
    assert fixed.precision is None
    for table in ("kpis", "comparison", "benefits", "targets", "distributions", "replications"):
        pd.testing.assert_frame_equal(
            getattr(precise, table), getattr(fixed, table), check_exact=True
        )
    assert [point.written for point in precise.points] == [point.written for point in fixed.points]


def test_the_ceiling_is_told(small: tuple[str, ...]) -> None:
    found = study(*small, *by_rule(0.0001))
    assert found.precision is not None
    assert (found.precision.replications, found.precision.by_ceiling) == (5, True)
    assert not found.precision.table["is_met"].any()
    assert found.points[0].scenario.experiment.replications == 5


def test_an_unknown_kpi_ends_it_after_one_replication(
    small: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = by_rule(0.3)[0], "precision.kpis={all.overall_clearence_time.mean: {relative: 0.3}}"
    folder = tmp_path / "out"
    assert main([*small, *words, "progress=quiet", f"hydra.run.dir={folder}"]) == USAGE_ERROR
    assert capsys.readouterr().err == (
        "error: precision.kpis: no scenario has a KPI 'all.overall_clearence_time.mean'; "
        f"did you mean '{TIME}'?\n"
    )
    assert not folder.exists()
