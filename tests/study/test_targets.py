"""Published figures beside simulated ones, and goals where they apply."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from sim.scenario.base import Label
from sim.scenario.target import Target
from sim.study.estimates import Sample, comparison_table
from sim.study.settings import Point
from sim.study.targets import goals_without_reforms, target_table
from tests.builders import shipped


def share(*values: float) -> Sample:
    return Sample("1", np.array(values))


WRITTEN = {name: shipped(name) for name in ("serial", "parallel_agencies")}
FOUND = "detection.customs.found_share"
SAMPLES = {
    "serial": {"x": Sample("h", np.array([10.0, 12.0, 11.0])), FOUND: share(0.20, 0.21, 0.22)},
    "parallel_agencies": {
        "x": Sample("h", np.array([8.0, 10.2, 9.1])),
        FOUND: share(0.15, 0.16, 0.17),
    },
}


def target(**fields: Any) -> Target:
    standard = {
        "scenarios": ("parallel_agencies",),
        "kpi": "x",
        "role": "outcome",
        "form": "level",
        "value": 9.5,
    }
    return Target(label=Label(en="x", zh="某"), source="s", unit="h", **standard | fields)


def points(target: Target, *names: str) -> list[Point]:
    """Scenarios of a run, all with the target."""
    return [
        Point(name, WRITTEN[name].model_copy(update={"targets": {"t": target}})) for name in names
    ]


def table(run: list[Point], **kpis: Sample) -> pd.DataFrame:
    """Targets of a run, in which the reformed scenario has other samples of some KPIs."""
    samples = {point.name: dict(SAMPLES[point.name]) for point in run}
    for key, sample in kpis.items():
        samples["parallel_agencies"][key] = sample
    return target_table(run, samples, comparison_table(samples, 0.95), 0.95)


@pytest.mark.parametrize(
    ("form", "value", "simulated"),
    [("level", 9.5, 9.1), ("difference", -3.0, -1.9), ("relative", -0.4, -1.9 / 11)],
)
def test_targets(form: str, value: float, simulated: float) -> None:
    run = points(target(form=form, value=value), "serial", "parallel_agencies")
    row = table(run).iloc[0]
    assert row["simulated"] == pytest.approx(simulated)
    assert row["miss"] == pytest.approx(simulated - value)


def test_target_of_a_scenario_that_is_not_run_has_no_row() -> None:
    assert table(points(target(scenarios=("other",)), "serial")).empty


def test_a_goal_is_laid_beside_what_has_reforms_only() -> None:
    goal = target(role="goal", scenarios=("serial",), sense="at_most")
    run = points(goal, "serial", "parallel_agencies")
    assert table(run)["scenario"].tolist() == ["parallel_agencies"]
    assert goals_without_reforms(run) == []


def test_a_goal_without_any_reform_is_left_out_and_said_to_be() -> None:
    goal = target(role="goal", scenarios=("serial",), sense="at_most")
    assert table(points(goal, "serial")).empty
    assert goals_without_reforms(points(goal, "serial")) == ["t"]
    elsewhere = target(role="goal", scenarios=("other",), sense="at_most")
    assert goals_without_reforms(points(elsewhere, "serial")) == []


def test_a_goal_is_laid_beside_those_that_have_it_only() -> None:
    goal = target(role="goal", scenarios=("serial",), sense="at_most")
    baseline, reformed = points(goal, "serial", "parallel_agencies")
    without = reformed.written.model_copy(update={"targets": {}})
    assert table([baseline, Point(reformed.name, without)]).empty


@pytest.mark.parametrize("value", [8.5, 9.0, 9.5])
@pytest.mark.parametrize("form", ["level", "difference", "relative"])
def test_the_probability_is_that_of_student_s_t(form: str, value: float) -> None:
    figure = {"level": value, "difference": value - 11, "relative": (value - 11) / 11}[form]
    run = points(target(form=form, value=figure, sense="at_most"), "serial", "parallel_agencies")
    before, after = (SAMPLES[name]["x"].values for name in ("serial", "parallel_agencies"))
    values = {
        "level": after,
        "difference": after - before,
        "relative": (after - after.mean() / before.mean() * before) / before.mean()
        + after.mean() / before.mean()
        - 1,
    }[form]
    expected = stats.ttest_1samp(values, figure, alternative="less").pvalue
    assert table(run).iloc[0]["probability"] == pytest.approx(1 - expected)
    other = points(target(form=form, value=figure, sense="at_least"), "serial", "parallel_agencies")
    assert table(other).iloc[0]["probability"] == pytest.approx(expected)


@given(st.floats(0, 20), st.sampled_from(["at_most", "at_least", "equal"]))
def test_a_verdict_is_where_the_interval_lies(value: float, sense: str) -> None:
    row = table(
        points(target(value=value, sense=sense), "serial", "parallel_agencies"),
        **{FOUND: share(0.2, 0.21, 0.22)},
    ).iloc[0]
    covered = row["low"] <= value <= row["high"]
    if sense == "equal":
        assert row["verdict"] == ("met" if covered else "missed")
        assert np.isnan(row["probability"])
        return
    right = value >= row["simulated"] if sense == "at_most" else value <= row["simulated"]
    assert row["verdict"] == ("undecided" if covered else "met" if right else "missed")
    assert (row["probability"] > 0.5) == right or value == row["simulated"]
    assert (row["verdict"] == "met") <= (row["probability"] >= 0.975 - 1e-9)


def test_what_never_varies_is_certain() -> None:
    for sense in ("at_most", "at_least"):
        run = points(target(value=4.0, sense=sense), "serial", "parallel_agencies")
        row = table(run, x=Sample("documents", np.full(3, 4.0))).iloc[0]
        assert (row["verdict"], row["probability"]) == ("met", 1.0)


def test_one_replication_decides_nothing() -> None:
    run = points(target(sense="at_most"), "parallel_agencies")
    samples = {"parallel_agencies": {"x": Sample("h", np.array([9.0]))}}
    row = target_table(run, samples, comparison_table(samples, 0.95), 0.95).iloc[0]
    assert row["verdict"] == "undecided"
    assert np.isnan(row["probability"])


@pytest.mark.parametrize(
    ("kpi", "unit", "verdict"),
    [
        ("x", "h", "met_but_misses_more"),
        ("cost.total.per_teu", "CNY/TEU", "met_but_misses_more"),
        ("cost.compliance.usd_per_box", "USD/box", "met_but_misses_more"),
        ("all.time_in_port.within_24h", "1", "met_but_misses_more"),
        ("all.documents.mean", "documents", "met"),
    ],
)
def test_time_and_cost_are_not_met_for_nothing(kpi: str, unit: str, verdict: str) -> None:
    run = points(target(kpi=kpi, value=9.5, sense="at_most"), "serial", "parallel_agencies")
    row = table(run, **{kpi: Sample(unit, np.array([8.0, 8.2, 8.1]))}).iloc[0]
    assert row["verdict"] == verdict
    if verdict == "met":
        assert row["fewer_found_by"] == ""
        assert np.isnan(row["fewer_found"])
    else:
        assert row["fewer_found_by"] == "customs"
        assert row["fewer_found"] == pytest.approx(-0.05)


@pytest.mark.parametrize(
    "found", [share(0.2, 0.21, 0.22), share(0.19, 0.22, 0.20), share(0.25, 0.26, 0.27)]
)
def test_a_share_that_does_not_fall_clearly_costs_nothing(found: Sample) -> None:
    run = points(target(value=20.0, sense="at_most"), "serial", "parallel_agencies")
    assert table(run, **{FOUND: found}).iloc[0]["verdict"] == "met"


def test_a_goal_needs_a_direction() -> None:
    with pytest.raises(ValidationError, match="a goal needs 'sense: at_most' or 'sense: at_least'"):
        target(role="goal")
