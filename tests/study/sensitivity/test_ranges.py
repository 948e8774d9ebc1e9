"""Places of ranges whose values are whole numbers."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.design import Factor
from sim.study.assumed import AssumedFigure
from sim.study.sensitivity.elementary_effects import elementary_effects, morris_table
from sim.study.sensitivity.places import trajectories
from sim.study.sensitivity.plan import plan_of
from sim.study.sensitivity.ranges import FactorRange, FigureRange, Numbers, Range

ENDS = st.tuples(st.integers(-20, 20), st.integers(-20, 20)).filter(lambda ends: ends[0] != ends[1])


def figure(low: Numbers, high: Numbers) -> FigureRange:
    keys = tuple(f"staff.{number}" for number in range(len(low)))
    return FigureRange(AssumedFigure("staff", keys, low), low, high)


def factor(low: float, high: float, **more: Any) -> FactorRange:
    return FactorRange(Factor(key="staff", low=low, high=high, **more))


@given(ENDS)
def test_whole_numbers_come_as_often_as_each_other(ends: tuple[int, int]) -> None:
    low, high = ends
    number = abs(high - low) + 1
    middles = (np.arange(10 * number) + 0.5) / (10 * number)
    found = Counter(figure((low,), (high,)).at(float(place)) for place in middles)
    assert set(found.values()) == {10}
    assert len(found) == number


@given(ENDS, st.floats(0, 1))
def test_what_is_reached_is_where_the_value_is(ends: tuple[int, int], place: float) -> None:
    low, high = ends
    one = figure((low,), (high,))
    (value,) = one.at(place)
    assert min(ends) <= value <= max(ends)
    assert low + one.reached(place) * (high - low) == pytest.approx(value)
    assert (one.at(0), one.at(1), one.reached(0), one.reached(1)) == ((low,), (high,), 0, 1)


def test_what_is_reached_of_several_figures_and_scales() -> None:
    assert figure((4, 2.0), (6, 4.0)).reached(0.5) == 0.5
    assert figure((4, 2.0), (6, 4.0)).reached(0.25) == pytest.approx((0 + 0.25) / 2)
    assert figure((4, 7), (6, 7)).reached(0.9) == 1.0
    assert factor(1.0, 3.0).reached(0.3) == 0.3
    assert factor(1, 4, integer=True, scale="log").reached(0.5) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("moved", "slope"),
    [
        (factor(2, 4, integer=True), 1.0),
        (figure((4,), (6,)), 1.0),
        (figure((1,), (2,)), 1.0),
        (figure((12,), (8,)), -1.0),
    ],
    ids=["file", "three", "two", "falling"],
)
@pytest.mark.parametrize("levels", [2, 4, 6])
def test_a_straight_effect_of_whole_numbers_is_straight(
    moved: Range, slope: float, levels: int
) -> None:
    places = trajectories(2, 200, levels, 1)
    values = [[float(str(moved.at(place)[0])) for place in row] for row in places[..., 0].tolist()]
    reached = places.copy()
    reached[..., 0] = [[moved.reached(place) for place in row] for row in places[..., 0].tolist()]
    effects = elementary_effects(reached, slope * np.array(values)[..., None])
    table = morris_table(["staff", "none"], effects, 0.95, 1).set_index("figure")
    ends = [float(str(moved.at(end)[0])) for end in (0.0, 1.0)]
    assert table.loc["staff", "mu"] == pytest.approx(slope * (ends[1] - ends[0]))
    assert table["sigma"].max() == pytest.approx(0, abs=1e-9)


def test_a_plan_has_the_places_that_are_reached() -> None:
    start = SimpleNamespace(name="serial", written=0)
    ranges = {"staff": figure((4,), (6,)), "share": factor(0.0, 1.0)}
    mover: Any = SimpleNamespace(
        start=start,
        ranges=ranges,
        point=lambda name, moved: SimpleNamespace(name=name, written=moved),
    )
    places = np.array([[0.4, 0.4], [np.nan, 1.0], [1.0, np.nan]])
    found = plan_of(mover, ["staff", "share"], places)
    np.testing.assert_array_equal(found.places, [[0.5, 0.4], [np.nan, 1.0], [1.0, np.nan]])
    assert found.points[0].written == {"staff": 0.4, "share": 0.4}  # type: ignore[comparison-overlap]
