"""Contributions on a real run: they add up, and are those of separate comparisons to the bit."""

from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.exit_codes import DONE
from sim.command.configuration import build_run
from sim.study.study_runner import run_study

SMALL = (
    "experiment.replications=2", "experiment.warm_up_days=1", "experiment.horizon_days=3",
    "experiment.cool_down_days=1", "executor=serial",
)  # fmt: skip
TIME = "all.overall_clearance_time.mean"


def test_contributions_of_a_small_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    both = "reforms=[parallel_agencies,single_window]"
    assert main(["contribution", both, "hydra.run.dir=out", *SMALL]) == DONE
    table = pd.read_csv("out/contribution.csv").set_index(["kpi", "reform"])
    run = build_run([both, *SMALL])
    comparison = run_study(run, lambda *_: None).comparison.set_index("kpi")
    assert table.loc[TIME]["added_difference"].sum() == pytest.approx(
        comparison.loc[TIME, "difference"]
    )
    alone = build_run(["reforms=[parallel_agencies]", *SMALL])
    expected = run_study(alone, lambda *_: None).comparison.set_index("kpi").loc[TIME]
    added = table.loc[TIME, "parallel_agencies"]
    assert added["added_difference"] == expected["difference"]
    assert (added["added_low"], added["added_high"]) == (expected["low"], expected["high"])
    assert Path("out/manifest.json").exists()
    assert Path("out/figures/waterfall_1_all_overall_clearance_time_mean.svg").exists()
