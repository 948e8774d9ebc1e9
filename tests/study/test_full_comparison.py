"""The comparison of a run in full."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.study.comparison.full_table import FURTHER_COLUMNS, full_comparison
from sim.study.estimates import Sample, collect, comparison_table
from sim.study.replication import Replication

BASE = np.array([10.0, 12.0, 11.0, 14.0, 9.0, 10.0, 13.0, 12.0, 11.0, 10.0, 12.0, 15.0])
NOISE = np.array([0.1, -0.4, 0.6, 0.2, -0.3, 0.0, 0.5, -0.2, 0.3, -0.1, 0.4, -0.6])
SCENARIOS = {
    "base": {"time": Sample("h", BASE), "share": Sample("1", BASE / 20)},
    "faster": {"time": Sample("h", BASE - 2), "share": Sample("1", BASE / 20 + 0.2)},
    "noisy": {"time": Sample("h", BASE + NOISE), "share": Sample("1", BASE / 20)},
    "slower": {"time": Sample("h", BASE + 1 + 2 * NOISE)},
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return full_comparison(SCENARIOS, 0.95)


def row(table: pd.DataFrame, scenario: str, kpi: str = "time") -> pd.Series:
    return table[(table["scenario"] == scenario) & (table["kpi"] == kpi)].iloc[0]


def test_what_was_there_stays_in_its_place(table: pd.DataFrame) -> None:
    before = comparison_table(SCENARIOS, 0.95)
    pd.testing.assert_frame_equal(table[before.columns], before)
    assert table.columns.tolist() == [*before.columns, *FURTHER_COLUMNS]


def test_simultaneous_limits_are_wider_than_those_of_one_comparison(table: pd.DataFrame) -> None:
    for scenario in ("noisy", "slower"):
        found = row(table, scenario)
        assert found["dunnett_low"] < found["low"]
        assert found["high"] < found["dunnett_high"]
        assert found["p_value"] <= found["p_dunnett"] <= 2 * found["p_value"]


def test_what_never_varies_is_certain(table: pd.DataFrame) -> None:
    found = row(table, "faster")
    assert found[["dunnett_low", "dunnett_high", "p_dunnett"]].tolist() == [-2.0, -2.0, 0.0]
    assert found[["variance_reduction", "confidence_lower", "share_lower"]].tolist() == [1.0] * 3


def test_the_confidence_in_the_mean_is_not_the_share_of_replications(table: pd.DataFrame) -> None:
    found = row(table, "noisy")
    assert found["share_lower"] == 5 / 12
    assert found["share_higher"] == 6 / 12
    expected = stats.ttest_1samp(NOISE, 0, alternative="greater").pvalue
    assert found["confidence_lower"] == pytest.approx(expected)


def test_equal_scenarios_are_neither_lower_nor_higher(table: pd.DataFrame) -> None:
    found = row(table, "noisy", "share")
    assert found[["share_lower", "share_higher", "p_dunnett"]].tolist() == [0.0, 0.0, 1.0]
    assert np.isnan(found["confidence_lower"])


def test_what_rounding_alone_makes_is_no_difference() -> None:
    rounded = BASE + np.resize([2e-15, 2e-15, 0.0], len(BASE))
    assert (rounded != BASE).any()
    samples = {"base": {"time": Sample("h", BASE)}, "same": {"time": Sample("h", rounded)}}
    found = full_comparison(samples, 0.95).iloc[0]
    of_mean = ["difference", "low", "high", "relative", "relative_low", "relative_high"]
    assert found[[*of_mean, "share_lower", "share_higher"]].tolist() == [0.0] * 8
    assert found[["p_value", "p_holm", "p_dunnett", "variance_reduction"]].tolist() == [1.0] * 4


def test_rounding_is_judged_by_the_level() -> None:
    small = 1e-14 * BASE
    samples = {"base": {"time": Sample("h", small)}, "less": {"time": Sample("h", 0.9 * small)}}
    assert full_comparison(samples, 0.95)["p_value"].item() < 1e-6


def test_shares_stay_within_the_whole() -> None:
    luck = np.array([0.0, 1.0] * 6)
    samples = {
        "base": {"x": Sample("1", np.zeros(12))},
        **{name: {"x": Sample("1", values)} for name, values in (("a", luck), ("b", 1 - luck))},
    }
    found = full_comparison(samples, 0.9999)
    assert found["dunnett_high"].tolist() == [1.0, 1.0]


def test_quantiles_are_paired_by_sections_and_have_no_share_of_replications() -> None:
    random = np.random.default_rng(3)
    hours = [random.exponential(100_000, 400).astype(np.int32) for _ in range(20)]
    samples = {
        name: collect(
            [
                Replication(Measures((Kpi("n", "1", 1.0),), {"all.time": values - shift}))
                for values in hours
            ]
        )
        for name, shift in (("base", 0), ("faster", 7200))
    }
    table = full_comparison(samples, 0.95)
    for quantile in ("median", "p90"):
        found = row(table, "faster", f"all.time.{quantile}")
        assert found[["difference", "low", "high"]].tolist() == pytest.approx([-2.0] * 3)
        assert found["n"] == 10
        assert found["variance_reduction"] == pytest.approx(1.0)
        assert np.isnan(found["share_lower"])


def test_one_scenario_compares_with_nothing() -> None:
    table = full_comparison({"base": SCENARIOS["base"]}, 0.95)
    assert table.empty
    assert set(FURTHER_COLUMNS) <= set(table.columns)
