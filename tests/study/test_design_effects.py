"""Levels, main effects and interactions of designs whose answer is known."""

from collections.abc import Iterable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measure.measure import Measures
from sim.measure.times import HOUR
from sim.study.design.best_points import best_points
from sim.study.design.interactions import interactions
from sim.study.design.levels import MOST_LEVELS, levels_of
from sim.study.design.main_effects import main_effects
from sim.study.design.pareto import pareto_table
from sim.study.design.points import DesignRun
from sim.study.design.sampling import Values
from sim.study.design.sweep import sweep_of
from sim.study.replication import Replication
from tests.study.designed import MadeUp, design_run, made_up

GRID: list[Values] = list(product([1, 2, 3], ["a", "b"]))


def added(values: Values, number: int) -> dict[str, float]:
    """Ten for each step of the first factor and four for the second; luck is common."""
    first, second = values or (0, "a")
    step = 10 * int(str(first)) + 4 * (second == "b")
    return {"time": step + number, "cost": 1.0}


def multiplied(values: Values, number: int) -> dict[str, float]:
    first, second = values or (0, "a")
    return {"time": 6.0 * int(str(first)) * (second == "b") + number, "cost": 1.0}


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.integers(2, 8))
def test_every_point_has_one_level(values: list[int], ranges: int) -> None:
    levels = levels_of(values, ranges)
    assert np.sum([level.members for level in levels], axis=0).tolist() == [1] * len(values)
    assert len(levels) <= max(MOST_LEVELS, ranges)
    for level in levels:
        inside = {value for value, member in zip(values, level.members, strict=True) if member}
        assert (min(inside), max(inside)) == (level.values[0], level.values[-1])


def test_levels_of_words_bundles_and_switches() -> None:
    assert [level.name for level in levels_of(["b", "a", "b"], 4)] == ["b", "a"]
    assert [level.name for level in levels_of([[], ["x", "y"], []], 4)] == ["none", "x+y"]
    assert [level.values for level in levels_of([True, False, 1], 4)] == [(True,), (False,), (1,)]
    many = levels_of([*map(float, range(20))], 2)
    assert [level.name for level in many] == ["0 to 9", "10 to 19"]


def test_main_effects_of_a_grid_are_exact() -> None:
    table = main_effects(made_up(GRID, added)).set_index(["kpi", "factor", "level"])
    first = table.loc["time", "factor0"]
    assert first["effect"].to_dict() == {"1": -10.0, "2": 0.0, "3": 10.0}
    assert list(first["low"]) == list(first["high"]) == [-10.0, 0.0, 10.0]
    second = table.loc["time", "factor1"]
    assert second["effect"].to_dict() == {"a": -2.0, "b": 2.0}
    assert first["share"].iloc[0] + second["share"].iloc[0] == pytest.approx(1.0)
    assert set(table.loc["cost", "share"]) == {0.0}


def test_of_a_sample_intervals_tell_of_the_points_drawn() -> None:
    table = main_effects(made_up(GRID, added, kind="latin_hypercube"))
    row = table[(table["factor"] == "factor0") & (table["level"] == "2")].iloc[0]
    # Two points, 2 below and 2 above: Student's t for one degree of freedom.
    assert (row["low"], row["high"]) == pytest.approx((-25.41, 25.41), abs=0.01)


def test_what_adds_up_does_not_interact() -> None:
    table = interactions(made_up(GRID, added))
    assert len(table) == 12
    assert np.abs(table["interaction"]).max() == pytest.approx(0.0, abs=1e-12)
    assert np.abs(table["share"]).max() == pytest.approx(0.0, abs=1e-12)


def test_what_two_factors_do_together() -> None:
    table = interactions(made_up(GRID, multiplied))
    cells = table[table["kpi"] == "time"].set_index(["level", "by_level"])
    assert cells["interaction"].to_dict() == pytest.approx(
        {("1", "a"): 3, ("1", "b"): -3, ("2", "a"): 0, ("2", "b"): 0, ("3", "a"): -3, ("3", "b"): 3}
    )
    assert cells["share"].iloc[0] == pytest.approx(36 / 288)


def test_a_quantile_is_that_of_all_consignments_of_a_point() -> None:
    """Two sections of 10 hours and two of 40: the median of all is no mean of four medians."""
    run = design_run(GRID, kpis=["all.time.median"])
    sweep = sweep_of(run, Observed(run))  # type: ignore[arg-type]
    rows = sweep.table[(sweep.table["kpi"] == "all.time.median") & (sweep.table["point"] > 0)]
    pooled = rows.set_index("name")["mean"]
    assert pooled["p1"] == 10.0
    table = main_effects(sweep).set_index("level")
    assert table.loc["1", "mean"] == pytest.approx(pooled[["p1", "p2"]].mean())
    (best,) = best_points(sweep, {"all.time.median": "lower"})
    assert (best.point.name, best.level.estimate, best.ties) == ("p1", 10.0, 0)
    front = pareto_table(sweep, {"all.time.median": "lower"})
    assert front[["name", "all.time.median"]].values.tolist() == [["p1", 10.0]]


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_thin_tail_in_one_section_hides_no_point() -> None:
    run = design_run(GRID, kpis=["all.time.p90"])
    sweep = sweep_of(run, Observed(run))  # type: ignore[arg-type]
    assert np.isnan(sweep.samples["all.time.p90"]["p1"].values).tolist() == [False] * 3 + [True]
    assert pareto_table(sweep, {"all.time.p90": "lower"})["name"].tolist()[0] == "p1"
    table = main_effects(sweep)
    assert np.isfinite(table[["mean", "effect", "low", "high"]]).all(axis=None)
    assert np.isfinite(interactions(sweep)["interaction"]).all()


class Observed(MadeUp):
    """Hours of consignments: many of 10 and a few of 40, and more for the levels of a point."""

    def __init__(self, run: DesignRun) -> None:
        super().__init__(run, lambda values, number: {"time": 1.0})
        self._hours = [(10, 400), (10, 300), (40, 60), (40, 20)]

    def replications(self, name: str, numbers: Iterable[int]) -> list[Replication]:
        shift = added(self._values[name], 0)["time"] - 10 if name != "base" else 0
        return [
            Replication(Measures((), {"all.time": np.full(count, (hours + shift) * HOUR)}))
            for hours, count in [self._hours[number] for number in numbers]
        ]
