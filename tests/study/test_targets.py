"""Published figures beside simulated ones, and goals where they apply."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.scenario.base import Label
from sim.scenario.target import Target
from sim.study.estimates import Sample, comparison_table, kpi_table
from sim.study.settings import Point
from sim.study.targets import goals_without_reforms, target_table
from tests.builders import shipped

SAMPLES = {
    "serial": {"x": Sample("h", np.array([10.0, 12.0, 11.0]))},
    "parallel_agencies": {"x": Sample("h", np.array([8.0, 10.0, 9.0]))},
}


def target(**fields: Any) -> Target:
    standard = {"scenario": "parallel_agencies", "role": "outcome", "form": "level", "value": 9.5}
    return Target(label=Label(en="x", zh="某"), source="s", kpi="x", unit="h", **standard | fields)


def points(target: Target, *names: str) -> list[Point]:
    """Scenarios of a run, the first with the target."""
    first, *others = [Point(name, shipped(name)) for name in names]
    told = first.scenario.model_copy(update={"targets": {"t": target}})
    return [Point(first.name, told), *others]


def table(run: list[Point]) -> pd.DataFrame:
    samples = {point.name: SAMPLES[point.name] for point in run}
    return target_table(run, kpi_table(samples, 0.95), comparison_table(samples, 0.95))


@pytest.mark.parametrize(
    ("form", "value", "simulated"),
    [("level", 9.5, 9.0), ("difference", -3.0, -2.0), ("relative", -0.4, -2 / 11)],
)
def test_targets(form: str, value: float, simulated: float) -> None:
    run = points(target(form=form, value=value), "serial", "parallel_agencies")
    row = table(run).iloc[0]
    assert row["simulated"] == pytest.approx(simulated)
    assert row["miss"] == pytest.approx(simulated - value)


def test_target_of_a_scenario_that_is_not_run_has_no_row() -> None:
    assert table(points(target(scenario="other"), "serial")).empty


def test_a_goal_is_laid_beside_what_has_reforms_only() -> None:
    goal = target(role="goal", scenario="serial")
    run = points(goal, "serial", "parallel_agencies")
    assert table(run)["scenario"].tolist() == ["parallel_agencies"]
    assert goals_without_reforms(run) == []


def test_a_goal_without_any_reform_is_left_out_and_said_to_be() -> None:
    goal = target(role="goal", scenario="serial")
    assert table(points(goal, "serial")).empty
    assert goals_without_reforms(points(goal, "serial")) == ["t"]
    elsewhere = target(role="goal", scenario="other")
    assert goals_without_reforms(points(elsewhere, "serial")) == []
