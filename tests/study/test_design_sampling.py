"""Points of a design: within their bounds, even, and the same for the same seed."""

from collections import Counter
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.design import Design, Factor
from sim.study.design.sampling import grid_points, sampled_points, value_at

LABEL = {"en": "Mine", "zh": "自定"}
LISTS = st.lists(st.integers(-5, 5), min_size=1, max_size=4, unique=True)


def design(factors: list[dict[str, Any]], **rest: Any) -> Design:
    keyed = [{"key": f"factor{place}", **factor} for place, factor in enumerate(factors)]
    return Design.model_validate({"name": "mine", "label": LABEL, "factors": keyed, **rest})


@st.composite
def ranges(draw: st.DrawFn) -> dict[str, Any]:
    scale = draw(st.sampled_from(["linear", "log"]))
    integer = draw(st.booleans())
    least = 1 if scale == "log" else -1000
    if integer:
        low = draw(st.integers(least, 1000))
        high = low + draw(st.integers(1, 1000))
    else:
        low = draw(st.floats(max(least, 1e-3) if scale == "log" else least, 1000))
        high = low + draw(st.floats(1e-3, 1000))
    return {"low": low, "high": high, "integer": integer, "scale": scale}


@given(ranges(), st.floats(0, 1, exclude_max=True))
def test_a_value_is_within_its_bounds(of: dict[str, Any], place: float) -> None:
    value = value_at(Factor(key="any", **of), place)
    assert isinstance(value, int if of["integer"] else float)
    assert of["low"] <= value <= of["high"]


@given(ranges())
def test_values_rise_with_their_place(of: dict[str, Any]) -> None:
    values = [value_at(Factor(key="any", **of), step / 20) for step in range(20)]
    assert values == sorted(values)  # type: ignore[type-var]


@given(st.lists(ranges(), min_size=1, max_size=4), st.integers(0, 2**32), st.data())
@settings(max_examples=25, deadline=None)
def test_samples(factors: list[dict[str, Any]], seed: int, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["latin_hypercube", "sobol"]))
    number = data.draw(st.sampled_from([2, 4, 8, 32]))
    asked = design(factors, kind=kind, points=number, seed=seed)
    points = sampled_points(asked)
    assert len(points) == number
    assert points == sampled_points(asked)
    for values in points:
        for value, factor in zip(values, asked.factors, strict=True):
            assert factor.bounds is not None
            assert factor.bounds[0] <= value <= factor.bounds[1]  # type: ignore[operator]


def test_another_seed_gives_other_points() -> None:
    factors = [{"low": 0.0, "high": 1.0}, {"low": 0.0, "high": 1.0}]
    one, other = (design(factors, kind="sobol", points=8, seed=seed) for seed in (1, 2))
    assert sampled_points(one) != sampled_points(other)


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_every_stratum_has_one_point(kind: str) -> None:
    asked = design([{"low": 0.0, "high": 16.0}] * 3, kind=kind, points=16)
    for column in zip(*sampled_points(asked), strict=True):
        assert sorted(int(float(str(value))) for value in column) == list(range(16))


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_values_and_whole_numbers_come_as_often(kind: str) -> None:
    factors = [{"values": ["a", "b", "c", "d"]}, {"low": 1, "high": 4, "integer": True}]
    points = sampled_points(design(factors, kind=kind, points=64))
    for column in zip(*points, strict=True):
        assert set(Counter(column).values()) == {16}


def test_a_log_scale_draws_each_decade_as_often() -> None:
    factor = {"low": 1.0, "high": 1000.0, "scale": "log"}
    points = sampled_points(design([factor], kind="latin_hypercube", points=30))
    decades = Counter(len(str(int(float(str(value))))) for (value,) in points)
    assert [decades[digits] for digits in (1, 2, 3)] == [10, 10, 10]


@given(st.lists(LISTS, min_size=1, max_size=4))
def test_a_grid_has_every_combination_once(values: list[list[int]]) -> None:
    asked = design([{"values": column} for column in values], kind="grid")
    points = list(grid_points(asked.factors))
    assert len(points) == len(set(points)) == prod(map(len, values))
    assert all(value in column for row in points for value, column in zip(row, values, strict=True))
