"""Where replications run does not change a bit of what they give."""

import numpy as np
import pandas as pd
import pytest

from sim.command.configuration import build_run
from sim.study.study_runner import run_study
from tests.functional.conftest import with_small

WORDS = (
    "scenario=joint_inspection_recognition", "experiment.warm_up_days=1",
    "experiment.horizon_days=3", "experiment.cool_down_days=1",
)  # fmt: skip


def silent(done, number):
    """Take no notice of progress."""


def study(small_run, *words):
    return run_study(small_run(*WORDS, *words), silent)


@pytest.fixture(scope="module")
def sequential():
    return run_study(build_run(with_small([*WORDS, "executor=serial"])), silent)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["executor.workers=3"], marks=pytest.mark.slow),
        ["executor=dask", "executor.workers=2"],
    ],
)
def test_parallel_equals_sequential(small_run, sequential, words):
    parallel = study(small_run, *words)
    for table in ("kpis", "comparison", "targets", "distributions", "replications", "activities"):
        pd.testing.assert_frame_equal(
            getattr(parallel, table), getattr(sequential, table), check_exact=True
        )


def test_progress_counts_every_replication(small_run):
    seen = []
    run = small_run("scenario=serial", "executor=serial", "experiment.horizon_days=1")
    run_study(run, lambda done, number: seen.append((done, number)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_comparison_has_a_row_for_every_kpi_of_the_reformed_scenario(sequential):
    reformed = sequential.kpis[sequential.kpis["scenario"] == "joint_inspection_recognition"]
    common = set(reformed["kpi"]) & set(
        sequential.kpis.loc[sequential.kpis["scenario"] == "serial", "kpi"]
    )
    assert set(sequential.comparison["kpi"]) == common


def test_pairing_by_common_luck_narrows_the_difference(sequential):
    rows = sequential.replications
    wide = rows[rows["kpi"] == "examined.overall_clearance_time.mean"].pivot(
        index="replication", columns="scenario", values="value"
    )
    difference = wide["joint_inspection_recognition"] - wide["serial"]
    assert difference.var() < wide.var().sum()


def test_relative_changes_agree_with_differences(sequential):
    rows = sequential.comparison.dropna(subset=["relative"])
    assert len(rows) > 100
    implied = rows["difference"] / rows["baseline_mean"]
    np.testing.assert_allclose(rows["relative"], implied, rtol=1e-9, atol=1e-12)
