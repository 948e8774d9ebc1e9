"""From replications to tables."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.study.estimates import Sample, collect, comparison_table, kpi_table, level
from sim.study.replication import Replication


def replication(value: float) -> Replication:
    hours = np.array([1, 2, 4], dtype=np.int32) * 3600
    return Replication(
        Measures(
            kpis=(Kpi("x.mean", "h", value), Kpi("gone", "1", float("nan"))),
            observed={"all.stage.pickup": hours},
        )
    )


def test_collect_keeps_units_order_and_missing_values():
    samples = collect([replication(1.0), replication(3.0)])
    assert next(iter(samples)) == "x.mean"
    assert samples["x.mean"].values.tolist() == [1.0, 3.0]
    assert np.isnan(samples["gone"].values).all()
    assert samples["all.stage.pickup.median"].estimate == 2.0


def test_kpi_table_has_a_row_for_every_kpi():
    samples = {"base": {"x": Sample("h", np.array([1.0, 3.0]))}}
    row = kpi_table(samples, 0.95).iloc[0]
    assert row[["scenario", "kpi", "unit", "mean", "n"]].tolist() == ["base", "x", "h", 2.0, 2]


@pytest.mark.parametrize(
    ("unit", "low", "high"), [("1", 0.0, 1.0), ("per 1000", 0.0, 1000.0), ("h", -np.inf, np.inf)]
)
def test_shares_stay_within_what_is_possible(unit: str, low: float, high: float) -> None:
    samples = {"base": {"x": Sample(unit, np.array([0.0, 1.0]))}}
    row = kpi_table(samples, 0.9).iloc[0]
    wide = stats.t.ppf(0.95, 1) / 2
    assert row["low"] == pytest.approx(max(low, 0.5 - wide))
    assert row["high"] == pytest.approx(min(high, 0.5 + wide))


def test_differences_of_shares_stay_within_the_whole() -> None:
    table = comparison_table(
        {
            "base": {"x": Sample("1", np.array([0.0, 0.2]))},
            "other": {"x": Sample("1", np.array([0.0, 1.0]))},
        },
        0.95,
    )
    assert table[["difference", "low", "high"]].iloc[0].tolist() == [0.4, -1.0, 1.0]


@pytest.fixture
def comparison() -> pd.DataFrame:
    return comparison_table(
        {
            "base": {"x": Sample("h", np.array([10.0, 12.0, 11.0]))},
            "better": {"x": Sample("h", np.array([8.0, 10.0, 9.0]))},
            "noisy": {"x": Sample("h", np.array([10.0, 12.5, 10.4]))},
        },
        0.95,
    )


def test_differences_are_paired(comparison):
    better = comparison[comparison["scenario"] == "better"].iloc[0]
    assert better[["baseline_mean", "mean", "difference", "low", "high"]].tolist() == [
        11.0, 9.0, -2.0, -2.0, -2.0,
    ]  # fmt: skip
    assert better["relative"] == pytest.approx(-2 / 11)


def test_holm_corrects_over_the_scenarios_of_a_kpi(comparison):
    p_values = comparison.set_index("scenario")[["p_value", "p_holm"]]
    assert p_values.loc["better", "p_holm"] == 0.0
    assert p_values.loc["noisy", "p_holm"] == p_values.loc["noisy", "p_value"]


def test_one_scenario_compares_with_nothing():
    assert comparison_table({"base": {"x": Sample("h", np.array([1.0, 2.0]))}}, 0.95).empty


def test_the_interval_of_a_count_does_not_go_below_zero() -> None:
    found = level(Sample("conveyances", np.array([0.0, 0.0, 2.0])), 0.95)
    assert (found.low, found.estimate) == (0.0, pytest.approx(2 / 3))
    assert found.high > 2
