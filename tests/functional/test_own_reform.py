"""A reform that lies outside the repository is as good as a shipped one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.scenario.validate import build_scenario
from sim.study.execution.account import Account
from sim.study.reproduction.comparison_records import ComparisonRecord
from sim.study.reproduction.manifest import write_manifest
from sim.study.study_runner import run_study

SMALL = (
    "experiment.replications=2",
    "experiment.warm_up_days=1",
    "experiment.horizon_days=3",
    "experiment.cool_down_days=1",
    "executor=serial",
    "store.path=null",
)
NAME = "evening_lodgement"


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A reform that four in ten take up, beside nothing else."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{NAME}.yaml"
    shutil.copy(ROOT / "configs/reforms/advance_declaration.yaml", path)
    return path


def test_it_gives_what_it_gives_when_it_is_shipped(own, tmp_path):
    root = tmp_path / "root"
    for folder in ("configs", "scenarios"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(own, root / "configs/reforms")
    shipped = build_run([f"reforms=[single_window,{NAME}]", *SMALL], root=root)
    outside = build_run([f"reforms=[single_window,./{NAME}.yaml]", *SMALL])
    assert [point.name for point in outside.points] == [point.name for point in shipped.points]
    expected, found = (run_study(run, lambda *_: None).kpis for run in (shipped, outside))
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    differs = found.loc[found["kpi"] == "all.overall_clearance_time.mean", "mean"]
    assert differs.nunique() == 2


def test_the_manifest_holds_it_in_full(own, tmp_path):
    run = build_run(
        [f"reforms=[./{NAME}.yaml]", f"reforms.{NAME}.adoption.share=0.9", "hydra.run.dir=out"]
    )
    own.unlink()
    run.settings.folder.mkdir()
    path = write_manifest(run.settings.folder, run, ComparisonRecord(), {}, Account())
    manifest = json.loads(path.read_text("utf-8"))
    point = manifest["points"][1]
    assert point["name"] == f"serial+{NAME}"
    scenario = {**manifest["shared"], **point["scenario"]}
    assert build_scenario(scenario) == run.points[1].written
    assert scenario["reforms"][NAME]["adoption"]["share"] == 0.9
