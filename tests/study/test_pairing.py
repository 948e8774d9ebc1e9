"""What pairing by common luck is worth."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.study.comparison.pairing import correlation, variance_reduction

VALUES = st.lists(st.integers(-1000, 1000), min_size=6, max_size=6).map(
    lambda numbers: np.array(numbers, dtype=float)
)


@given(VALUES, VALUES)
def test_it_is_twice_the_covariance_as_a_share_of_both_variances(
    values: np.ndarray, base: np.ndarray
) -> None:
    assume(values.std() > 0 and base.std() > 0)
    covariance = np.cov(values, base)
    share = 2 * covariance[0, 1] / np.trace(covariance)
    assert variance_reduction(values, base) == pytest.approx(share, abs=1e-12)
    assert correlation(values, base) == pytest.approx(np.corrcoef(values, base)[0, 1], abs=1e-12)


@given(VALUES, st.floats(-100, 100))
def test_a_shift_takes_all_variance_away(base: np.ndarray, shift: float) -> None:
    assume(base.std() > 0)
    assert variance_reduction(base + shift, base) == pytest.approx(1.0)
    assert correlation(base + shift, base) == pytest.approx(1.0)


def test_the_same_uniforms_give_what_theory_says() -> None:
    """Exponentials of means 10 and 8 by inversion: 4 instead of 164, Law (2015), 11.2."""
    uniform = (np.arange(200_000) + 0.5) / 200_000
    first, second = (-mean * np.log1p(-uniform) for mean in (10.0, 8.0))
    assert variance_reduction(first, second) == pytest.approx(1 - 4 / 164, abs=1e-3)


def test_opposite_luck_harms() -> None:
    base = np.array([1.0, 2.0, 4.0])
    assert variance_reduction(-base, base) == pytest.approx(-1.0)
    assert correlation(-base, base) == pytest.approx(-1.0)


def test_missing_values_leave_their_pair_out() -> None:
    values, base = np.array([1.0, 2.0, np.nan, 5.0]), np.array([2.0, 3.0, 9.0, np.nan])
    assert variance_reduction(values, base) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("values", "base"),
    [([1.0, 1.0], [3.0, 3.0]), ([1.0], [2.0]), ([], [])],
)
def test_nothing_varies_nothing_is_known(values: list[float], base: list[float]) -> None:
    assert np.isnan(variance_reduction(np.array(values), np.array(base)))
    assert np.isnan(correlation(np.array(values), np.array(base)))


def test_of_a_constant_and_a_varied_one_only_the_variance_is_known() -> None:
    constant, varied = np.array([2.0, 2.0, 2.0]), np.array([1.0, 2.0, 4.0])
    assert np.isnan(correlation(constant, varied))
    assert variance_reduction(constant, varied) == pytest.approx(0.0)
