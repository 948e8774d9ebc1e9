"""Optimal computing budget allocation: the optimality conditions, and totals that add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.choice.allocation import allocation_weights, next_replications

WEIGHTS = st.lists(st.floats(0, 100), min_size=2, max_size=8)


def test_weights_by_hand() -> None:
    """Best 5, others 1 and 3 behind, deviations 2, 1, 3: N1:N2 = 1/1 : 9/9."""
    weights = allocation_weights(np.array([5.0, 4.0, 2.0]), np.array([4.0, 1.0, 9.0]), 0.01)
    assert weights == pytest.approx([2 * np.sqrt(1 / 1 + 1 / 9), 1.0, 1.0])


def test_the_best_is_balanced_against_all_others() -> None:
    luck = np.random.default_rng(4)
    means, variances = luck.normal(size=7), luck.gamma(2, size=7)
    weights = allocation_weights(means, variances, 1e-9)
    best = int(means.argmax())
    others = np.arange(7) != best
    squares = weights**2 / variances
    assert squares[best] == pytest.approx(squares[others].sum())


def test_what_is_within_the_zone_counts_as_its_width() -> None:
    weights = allocation_weights(np.array([5.0, 5.0, 4.9]), np.ones(3), 0.5)
    assert weights[1] == weights[2] == 4.0


@settings(max_examples=200, deadline=None)
@given(WEIGHTS, st.data(), st.integers(1, 60))
def test_all_are_handed_out_and_nothing_is_taken_back(weights, data, more) -> None:
    used = np.array(data.draw(st.lists(st.integers(0, 50), min_size=len(weights),
                                       max_size=len(weights))))  # fmt: skip
    wanted = next_replications(used, np.array(weights), more)
    assert wanted.sum() == more
    assert (wanted >= 0).all()


def test_shares_are_met_as_well_as_whole_numbers_can() -> None:
    used = np.array([10, 10, 10])
    assert next_replications(used, np.array([4.0, 2.0, 1.0]), 40).tolist() == [30, 10, 0]
    assert next_replications(used, np.array([1.0, 1.0, 1.0]), 4).tolist() == [2, 1, 1]


def test_without_any_weight_all_share_alike() -> None:
    assert next_replications(np.array([3, 5]), np.zeros(2), 4).tolist() == [3, 1]
