"""Published figures beside simulated ones, and goals where they apply."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.scenario.base import Label
from sim.scenario.target import Target, Tolerance
from sim.study.estimates import Sample, comparison_table
from sim.study.settings import Point
from sim.study.targets import changes_without_baseline, goals_without_reforms, target_table
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
    standard: dict[str, Any] = {
        "scenarios": ("parallel_agencies",),
        "kpi": "x",
        "role": "outcome",
        "form": "level",
        "value": 9.5,
    }
    if fields.get("sense", "equal") == "equal":
        standard["tolerance"] = Tolerance(value=0.5, assumption=True)
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
    assert row["tolerance"] == 0.5


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


def test_one_replication_decides_nothing() -> None:
    run = points(target(sense="at_most"), "parallel_agencies")
    samples = {"parallel_agencies": {"x": Sample("h", np.array([9.0]))}}
    row = target_table(run, samples, comparison_table(samples, 0.95), 0.95).iloc[0]
    assert row["verdict"] == "undecided"
    assert np.isnan(row["probability"])


def test_a_time_is_not_met_for_nothing() -> None:
    quick = {"x": Sample("h", np.array([8.0, 8.2, 8.1]))}
    run = points(target(value=9.5, sense="at_most"), "serial", "parallel_agencies")
    row = table(run, **quick).iloc[0]
    assert (row["verdict"], row["found_by"]) == ("met_but_misses_more", "customs")
    assert row["found_change"] == pytest.approx(-0.05)
    row = table(run, **quick, **{FOUND: share(0.1, 0.2, 0.3)}).iloc[0]
    assert row["verdict"] == "met_detection_undecided"
    assert row["found_low"] < -0.02 < row["found_change"] < row["found_high"]
    row = table(run, **quick, **{FOUND: share(0.2, 0.21, 0.22)}).iloc[0]
    assert (row["verdict"], row["found_by"]) == ("met", "")
    assert np.isnan(row["found_change"])


def test_the_margin_is_that_of_the_experiment() -> None:
    kept = {"x": Sample("h", np.array([8.0, 8.2, 8.1])), FOUND: share(0.19, 0.20, 0.21)}
    run = points(target(value=9.5, sense="at_most"), "serial", "parallel_agencies")
    assert table(run, **kept).iloc[0]["verdict"] == "met"
    strict = [told(point, detection_margin=None) for point in run]
    assert table(strict, **kept).iloc[0]["verdict"] == "met_but_misses_more"


def told(point: Point, **experiment: Any) -> Point:
    changed = point.written.experiment.model_copy(update=experiment)
    return Point(point.name, point.written.model_copy(update={"experiment": changed}))


def test_a_figure_missed_has_no_price() -> None:
    run = points(target(value=1.0, sense="at_most"), "serial", "parallel_agencies")
    row = table(run).iloc[0]
    assert (row["verdict"], row["found_by"]) == ("missed", "")


def test_without_reforms_nothing_is_asked_of_detection() -> None:
    run = points(
        target(value=20.0, sense="at_most", scenarios=("serial",)), "serial", "parallel_agencies"
    )
    assert table(run).iloc[0]["verdict"] == "met"


def test_without_its_own_baseline_the_detection_of_a_time_is_undecided() -> None:
    run = points(target(value=20.0, sense="at_most"), "parallel_agencies")
    row = table(run).iloc[0]
    assert (row["verdict"], row["found_by"]) == ("met_detection_undecided", "")


@pytest.mark.parametrize("form", ["difference", "relative"])
@pytest.mark.parametrize("role", ["outcome", "goal"])
def test_a_change_is_laid_against_its_own_baseline_only(form: str, role: str) -> None:
    change = target(form=form, role=role, value=-0.1, sense="at_most")
    own = points(change, "serial", "parallel_agencies")
    assert table(own)["scenario"].tolist() == ["parallel_agencies"]
    assert changes_without_baseline(own) == {}
    foreign = [replace_name(own[0], "elsewhere"), own[1]]
    assert table(foreign).empty
    assert changes_without_baseline(foreign) == {"t": ["parallel_agencies"]}
    alone = own[1:]
    assert table(alone).empty
    assert changes_without_baseline(alone) == {"t": ["parallel_agencies"]}


def replace_name(point: Point, name: str) -> Point:
    """The same scenario as one of another name."""
    return Point(point.name, point.written.model_copy(update={"name": name}))


def test_a_baseline_that_has_reforms_is_no_baseline() -> None:
    change = target(form="relative", value=-0.1, sense="at_most")
    before, after = points(change, "serial", "parallel_agencies")
    reformed = before.written.model_copy(update={"reforms": after.written.reforms})
    assert table([Point(before.name, reformed), after]).empty


def test_a_level_needs_no_baseline() -> None:
    own = points(target(value=20.0, sense="at_most"), "serial", "parallel_agencies")
    assert len(table([replace_name(own[0], "elsewhere"), own[1]])) == 1
