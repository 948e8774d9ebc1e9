"""Intervals over replications."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.study.intervals import holm, relative_interval, t_interval, within
from sim.study.quantiles import sectioned_quantiles

VALUES = np.array([9.0, 11.0, 10.0, 14.0])


def test_t_interval_is_that_of_scipy():
    interval = t_interval(VALUES, 0.95)
    low, high = stats.t.interval(0.95, 3, loc=VALUES.mean(), scale=stats.sem(VALUES))
    assert (interval.estimate, interval.n) == (11.0, 4)
    assert (interval.low, interval.high) == pytest.approx((low, high))
    assert interval.p_value == pytest.approx(stats.ttest_1samp(VALUES, 0).pvalue)


def test_nan_does_not_count():
    assert t_interval(np.append(VALUES, np.nan), 0.95) == t_interval(VALUES, 0.95)


def test_nothing_and_one_value():
    assert t_interval(np.array([]), 0.95).n == 0
    single = t_interval(np.array([3.0]), 0.95)
    assert (single.estimate, single.n) == (3.0, 1)
    assert np.isnan(single.low)


@given(st.lists(st.booleans(), min_size=2, max_size=8), st.floats(0.5, 0.99))
def test_a_share_is_cut_to_what_is_possible_and_to_nothing_less(
    met: list[bool], confidence: float
) -> None:
    whole = t_interval(np.array(met, dtype=float), confidence)
    cut = within(whole, 0.0, 1.0)
    assert 0.0 <= cut.low <= cut.estimate <= cut.high <= 1.0
    for share in np.linspace(0.0, 1.0, 11):
        assert (cut.low <= share <= cut.high) == (whole.low <= share <= whole.high)
    assert (cut.estimate, cut.n, cut.p_value) == (whole.estimate, whole.n, whole.p_value)


def test_limits_that_are_not_known_stay_so() -> None:
    assert np.isnan(within(t_interval(np.array([0.5]), 0.95), 0.0, 1.0).low)


@pytest.mark.parametrize(("value", "p_value"), [(0.0, 1.0), (2.0, 0.0)])
def test_constant_values_are_certain(value, p_value):
    interval = t_interval(np.full(5, value), 0.95)
    assert (interval.low, interval.high, interval.p_value) == (value, value, p_value)


def test_relative_change_of_a_constant_factor_is_exact():
    interval = relative_interval(0.6 * VALUES, VALUES, 0.95)
    assert (interval.estimate, interval.low, interval.high) == pytest.approx((-0.4, -0.4, -0.4))


def test_relative_interval_of_pairs_by_hand():
    interval = relative_interval(np.array([2.0, 4.0]), np.array([4.0, 4.0]), 0.95)
    error = np.array([-1.0, 1.0]).std(ddof=1) / 4 / np.sqrt(2)
    reach = stats.t.ppf(0.975, 1) * error
    assert interval.estimate == -0.25
    assert (interval.low, interval.high) == pytest.approx((-0.25 - reach, -0.25 + reach))


def test_relative_change_of_quantiles_is_that_of_the_pooled_ones():
    sections = np.array([2.0, 5.0]), np.array([1.0, 2.0])
    interval = relative_interval(*sections, 0.95, centers=(6.0, 4.0))
    assert interval.estimate == 0.5
    residuals = (sections[0] - 1.5 * sections[1]) / 4.0
    reach = stats.t.ppf(0.975, 1) * residuals.std(ddof=1) / np.sqrt(2)
    assert (interval.low, interval.high) == pytest.approx((0.5 - reach, 0.5 + reach))


def test_holm_by_hand():
    adjusted = holm(np.array([0.01, 0.04, np.nan, 0.03]))
    np.testing.assert_allclose(adjusted, [0.03, 0.06, np.nan, 0.06])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p_values):
    raw = np.array(p_values)
    adjusted = holm(raw)
    assert ((adjusted >= raw) & (adjusted <= 1)).all()
    order = np.argsort(raw, kind="stable")
    assert (np.diff(adjusted[order]) >= 0).all()


def test_quantile_is_that_of_all_observations():
    random = np.random.default_rng(1)
    replications = [random.exponential(size=size) for size in (900, 1100, 1000, 1000)]
    pooled, sections = sectioned_quantiles(replications, 0.9)
    assert pooled == np.quantile(np.concatenate(replications), 0.9)
    assert sections.tolist() == [np.quantile(values, 0.9) for values in replications]


def test_thirty_replications_make_ten_sections():
    replications = [np.arange(100.0) + number for number in range(30)]
    _, sections = sectioned_quantiles(replications, 0.5)
    assert len(sections) == 10
    assert sections[0] == np.quantile(np.concatenate(replications[:3]), 0.5)


def test_thin_tails_are_not_told():
    _, sections = sectioned_quantiles([np.arange(99.0), np.arange(100.0)], 0.95)
    assert np.isnan(sections).tolist() == [True, False]


@pytest.mark.slow
def test_intervals_cover_the_mean_as_often_as_they_say():
    """2,000 experiments of 30 replications of an exponential mean of 50 consignments."""
    random = np.random.default_rng(7)
    means = random.exponential(size=(2000, 30, 50)).mean(axis=2)
    intervals = [t_interval(row, 0.95) for row in means]
    covered = np.mean([interval.low <= 1.0 <= interval.high for interval in intervals])
    assert 0.936 <= covered <= 0.964
