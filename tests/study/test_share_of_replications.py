"""How often one scenario is lower than another in a replication."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.study.comparison.share_of_replications import lower_and_higher, shares


def test_ties_and_missing_values_are_neither() -> None:
    differences = np.array([-1.0, -2.0, 0.0, 3.0, np.nan])
    assert lower_and_higher(differences) == (2, 1, 4)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_limits_are_those_of_the_exact_binomial_test(counted: tuple[int, int]) -> None:
    found = shares(np.array([counted[0]]), np.array([counted[1]]), 0.95)
    exact = stats.binomtest(*counted).proportion_ci(0.95, method="exact")
    assert found.share[0] == counted[0] / counted[1]
    assert (found.low[0], found.high[0]) == pytest.approx((exact.low, exact.high), abs=1e-9)


@given(st.integers(2, 40), st.floats(0.02, 0.98), st.floats(0.5, 0.99))
def test_limits_cover_at_least_as_often_as_they_say(
    number: int, probability: float, confidence: float
) -> None:
    counts = np.arange(number + 1)
    found = shares(counts, np.full(number + 1, number), confidence)
    covering = (found.low <= probability) & (probability <= found.high)
    assert stats.binom.pmf(counts[covering], number, probability).sum() >= confidence - 1e-9


def test_of_no_replications_nothing_is_known() -> None:
    found = shares(np.array([0.0]), np.array([0.0]), 0.95)
    assert np.isnan([found.share[0], found.low[0], found.high[0]]).all()
