"""A design from its file to its tables: the figures are those of a run, whatever else fails."""

import os
from pathlib import Path

import pandas as pd
import pytest
import yaml

from run import main
from sim.actions.exit_codes import DONE, FAULT
from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.study.study_runner import run_study

SMALL = (
    "experiment.replications=2", "experiment.warm_up_days=1", "experiment.horizon_days=3",
    "experiment.cool_down_days=1", "executor=serial",
)  # fmt: skip
SHIPPED = ROOT / "studies" / "designs" / "examiners_and_adoption.yaml"
EXAMINERS = "agencies.customs.examiners"
SHARE = "reforms.advance_declaration.adoption.share"


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_small_grid() -> None:
    assert main(["design", str(SHIPPED), "hydra.run.dir=out", *SMALL]) == DONE
    table = pd.read_csv("out/sweep.csv")
    assert sorted(set(table["point"])) == [0, 1, 2, 3, 4, 5, 6]
    assert set(table["status"]) == {"done"}
    words = ["scenario=advance_declaration", f"{EXAMINERS}=12", f"{SHARE}=0.8"]
    run = build_run([*words, *SMALL])
    expected = run_study(run, lambda *_: None)
    point = table[(table[EXAMINERS] == 12) & (table[SHARE] == 0.8)].set_index("kpi")
    for _, row in expected.kpis[expected.kpis["scenario"] == run.points[1].name].iterrows():
        found = point.loc[row["kpi"], ["mean", "low", "high"]].tolist()
        assert found == pytest.approx(row[["mean", "low", "high"]].tolist(), rel=0, nan_ok=True)
    written = {path.name for path in Path("out").iterdir() if path.is_file()}
    assert written >= {
        "sweep.csv", "sweep.parquet", "points.csv", "pareto.csv", "main_effects.csv",
        "interactions.csv", "design.yaml", "manifest.json", "log.jsonl",
    }  # fmt: skip
    drawn = {path.stem for path in Path("out/figures").iterdir()}
    time = "1_all_overall_clearance_time_mean"
    assert drawn >= {f"main_effects_{time}", f"interactions_{time}", "pareto_front"}
    pd.testing.assert_frame_equal(
        pd.read_parquet("out/sweep.parquet")[["mean", "low", "high"]],
        table[["mean", "low", "high"]],
        check_exact=True,
    )


def test_points_that_cannot_be_run_are_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    design = yaml.safe_load(SHIPPED.read_text("utf-8"))
    design["factors"] = [{"key": EXAMINERS, "values": [12, -1]}]
    for on_error, expected in (("stop", 2), ("continue", FAULT)):
        text = yaml.safe_dump({**design, "on_error": on_error}, allow_unicode=True)
        Path("mine.yaml").write_text(text, "utf-8")
        words = ["mine.yaml", "hydra.run.dir=out", "language=zh", *SMALL]
        assert main(["design", *words]) == expected
        lines = capfd.readouterr().err.splitlines()
        assert lines[0].startswith(f"error: point 2 ({EXAMINERS}=-1): {EXAMINERS}")
        assert os.path.exists("out") == (on_error == "continue")
    points = pd.read_csv("out/points.csv").set_index("name")
    assert points["status"].to_dict() == {"serial": "done", "p1": "done", "p2": "invalid"}
    assert points.loc["p2", "cause"].startswith(EXAMINERS)


def test_the_example_of_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["design", "--help"]) == DONE
    assert "run.py design studies/designs/examiners_and_adoption.yaml" in capsys.readouterr().out
