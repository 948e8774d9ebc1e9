"""Where an interval lies, and how probable it is that a figure is met."""

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from sim.scenario.base import Label
from sim.scenario.target import Target, Tolerance
from sim.study.intervals import Interval
from sim.study.verdicts import probability_of, side


def target(sense: str, value: float, tolerance: float | None = None, **fields: Any) -> Target:
    within = None if tolerance is None else Tolerance(value=tolerance, assumption=True)
    standard = {"scenarios": ("x",), "kpi": "x", "role": "outcome", "form": "level", "unit": "h"}
    return Target(
        label=Label(en="x", zh="某"), source="s", sense=sense, value=value, tolerance=within,
        **standard | fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (9.0, 11.0, "met"),
        (9.5, 10.5, "met"),
        (10.6, 10.9, "met"),
        (8.9, 10.0, "undecided"),
        (8.0, 12.0, "undecided"),
        (10.9, 11.1, "undecided"),
        (11.1, 12.0, "missed"),
        (7.0, 8.9, "missed"),
        (nan, nan, "undecided"),
    ],
)
def test_equal_is_within_the_tolerance(low: float, high: float, verdict: str) -> None:
    assert side(target("equal", 10.0, 1.0), Interval((low + high) / 2, low, high, 9)) == verdict


@pytest.mark.parametrize(
    ("sense", "low", "high", "verdict"),
    [
        ("at_most", 8.0, 10.0, "met"),
        ("at_most", 9.0, 10.1, "undecided"),
        ("at_most", 10.1, 11.0, "missed"),
        ("at_least", 10.0, 12.0, "met"),
        ("at_least", 9.9, 12.0, "undecided"),
        ("at_least", 8.0, 9.9, "missed"),
    ],
)
def test_a_direction_is_a_side(sense: str, low: float, high: float, verdict: str) -> None:
    assert side(target(sense, 10.0), Interval((low + high) / 2, low, high, 9)) == verdict


def test_two_replications_do_not_meet_a_figure_by_their_ignorance() -> None:
    vague = Interval(30.0, -90.0, 150.0, 2, error=9.4)
    assert side(target("equal", 10.0, 1.0), vague) == "undecided"
    assert probability_of(target("equal", 10.0, 1.0), vague) < 0.1


@given(st.floats(0, 20), st.floats(0.1, 5), st.floats(0.01, 5), st.integers(2, 40))
def test_the_probability_of_equality_is_that_of_the_tolerance(
    value: float, tolerance: float, error: float, n: int
) -> None:
    found = Interval(9.0, nan, nan, n, error=error)
    expected = stats.t(n - 1, loc=9.0, scale=error)
    inside = expected.cdf(value + tolerance) - expected.cdf(value - tolerance)
    assert probability_of(target("equal", value, tolerance), found) == pytest.approx(inside)
    below = probability_of(target("at_most", value), found)
    assert below == pytest.approx(expected.cdf(value))
    assert probability_of(target("at_least", value), found) == pytest.approx(1 - below)


@given(st.floats(0, 20), st.floats(0.05, 5), st.floats(0.01, 5))
def test_what_is_met_is_probable(value: float, tolerance: float, error: float) -> None:
    reach = float(stats.t.ppf(0.975, 9)) * error
    found = Interval(9.0, 9.0 - reach, 9.0 + reach, 10, error=error)
    equal = target("equal", value, tolerance)
    if side(equal, found) == "met":
        assert probability_of(equal, found) >= 0.95 - 1e-9
    if side(equal, found) == "missed":
        assert probability_of(equal, found) <= 0.025 + 1e-9


@pytest.mark.parametrize("sense", ["at_most", "at_least", "equal"])
@pytest.mark.parametrize("simulated", [4.0, 4.5])
def test_what_never_varies_is_certain(sense: str, simulated: float) -> None:
    exact = target(sense, 4.0, 0.0 if sense == "equal" else None)
    found = Interval(simulated, simulated, simulated, 9, error=0.0)
    is_met = simulated == 4.0 or sense == "at_least"
    assert side(exact, found) == ("met" if is_met else "missed")
    assert probability_of(exact, found) == float(is_met)


def test_without_an_error_nothing_is_probable() -> None:
    assert probability_of(target("equal", 4.0, 1.0), Interval(4.0, -inf, inf, 1)) != 1.0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"sense": "equal", "value": 1.0}, "'sense: equal' needs a 'tolerance' with its"),
        (
            {"sense": "at_most", "value": 1.0, "tolerance": 0.1},
            "'sense: at_most' does not take a 'tolerance'",
        ),
        (
            {"sense": "equal", "value": 1.0, "tolerance": 0.1, "role": "goal"},
            "a goal needs 'sense: at_most' or 'sense: at_least'",
        ),
        ({"sense": "equal", "value": 1.0, "tolerance": -0.1}, "greater than or equal to 0"),
    ],
)
def test_a_figure_says_when_it_is_met(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        target(**given)


def test_a_tolerance_says_where_it_is_from() -> None:
    with pytest.raises(ValidationError, match="needs one of 'source', 'calibrated_to'"):
        Tolerance(value=0.1)
