"""The constants of KN beside published and limiting ones."""

import numpy as np
import pytest

from sim.study.choice.continuation import allowed_lag, slope_constant


def test_constant_of_kn_by_hand() -> None:
    """η = ½((2α/(k−1))^(−2/(n−1)) − 1), h² = 2η(n−1)."""
    eta = 0.5 * ((2 * 0.05 / 4) ** (-2 / 9) - 1)
    assert slope_constant(5, 0.95, 9) == pytest.approx(2 * eta * 9)


def test_with_known_variances_it_is_that_of_fabian() -> None:
    """As degrees of freedom grow, h² falls to −2 ln(2α/(k−1))."""
    assert slope_constant(3, 0.9, 10**7) == pytest.approx(-2 * np.log(0.1), rel=1e-5)
    constants = [slope_constant(3, 0.9, degrees) for degrees in (5, 10, 20, 100)]
    assert constants == sorted(constants, reverse=True)


def test_the_lag_is_a_triangle_that_ends_at_zero() -> None:
    variances = np.array([[0.0, 2.0], [2.0, 0.0]])
    lag = allowed_lag(10.0, variances, 0.5, 20)
    assert lag[0, 1] == pytest.approx(0.5 / 40 * (10 * 2 / 0.25 - 20))
    assert allowed_lag(10.0, variances, 0.5, 80).tolist() == [[0, 0], [0, 0]]
