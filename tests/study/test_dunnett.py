"""Many scenarios against one: simultaneous intervals and p-values of paired differences."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.study.comparison.dunnett import LEAST_VALUES, MOST_TURNED, simultaneous
from sim.study.comparison.sign_flips import LargestT

NORMAL = st.floats(-3, 3, allow_nan=False).map(lambda number: round(number, 3))


def differences_of(size: int, replications: int, seed: int = 1) -> np.ndarray:
    """Paired differences that share the luck of the baseline and have spreads of their own."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=replications)
    spread = np.arange(1.0, size + 1)[:, None]
    return spread * (random.normal(size=(size, replications)) + shared)


def against_one(others: int, replications: int, seed: int = 2) -> np.ndarray:
    """Independent groups of one variance, of which the first is the control."""
    return np.random.default_rng(seed).normal(size=(others + 1, replications))


@pytest.mark.parametrize("others", [1, 3, 9])
def test_large_independent_groups_are_those_of_scipy(others: int) -> None:
    groups = against_one(others, 300)
    random = np.random.default_rng(1)
    expected = stats.dunnett(*groups[1:], control=groups[0], random_state=random)
    differences = groups[1:] - groups[0]
    found = simultaneous(differences, differences.mean(axis=1), 0.95)
    np.testing.assert_allclose(found.p_values, expected.pvalue, atol=0.06)
    interval = expected.confidence_interval(0.95)
    np.testing.assert_allclose(2 * found.reach, interval.high - interval.low, rtol=0.12)


@pytest.mark.parametrize(("others", "published"), [(2, 2.21), (4, 2.44), (9, 2.69)])
def test_published_critical_values(others: int, published: float) -> None:
    """Dunnett, New tables for multiple comparisons with a control, Biometrics 20, 1964."""
    groups = against_one(others, 1000)
    found = LargestT(groups[1:] - groups[0]).quantile(0.95)
    assert found == pytest.approx(published, abs=0.06)


@given(st.integers(1, 4), st.integers(3, 7), st.integers(0, 10_000))
def test_patterns_of_few_values_are_all_that_there_are(size: int, number: int, seed: int) -> None:
    differences = differences_of(size, number, seed) + 0.3
    laws = []
    for values in (differences, differences - differences.mean(axis=1, keepdims=True)):
        flipped = np.array(list(product((-1, 1), repeat=number)))[:, None, :] * values
        error = flipped.std(axis=2, ddof=1) / np.sqrt(number)
        laws.append(np.abs(flipped.mean(axis=2) / error).max(axis=1))
    largest = LargestT(differences)
    for value in (0.5, 1.5, 3.0):
        assert not any(np.isclose(law, value).any() for law in laws)
        assert largest.exceeds(value) == max((law >= value).mean() for law in laws)


def test_scenarios_that_always_agree_are_one_comparison() -> None:
    once = differences_of(1, 12)
    found = simultaneous(np.vstack([once, 2 * once, -once]), 3 * np.ones(3), 0.95)
    narrowest = stats.t.isf(0.025, 11) * once.std(ddof=1) / np.sqrt(12)
    np.testing.assert_allclose(found.reach, narrowest * np.array([1, 2, 1]), rtol=0.02)


def test_unrelated_scenarios_are_near_independent_ones() -> None:
    signs = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [1, -1, -1, 1]], dtype=float)
    many = np.tile(signs, 250)
    found = simultaneous(many, np.zeros(3), 0.95)
    independent = stats.norm.isf((1 - 0.95 ** (1 / 3)) / 2)
    np.testing.assert_allclose(found.reach * np.sqrt(1000), independent, rtol=0.03)


@given(st.integers(2, 6), st.integers(3, 20), st.integers(0, 10_000), st.floats(0.8, 0.99))
def test_between_one_comparison_and_bonferroni_and_p_values_agree_with_intervals(
    size: int, replications: int, seed: int, confidence: float
) -> None:
    differences = differences_of(size, replications, seed)
    estimates = differences.mean(axis=1)
    found = simultaneous(differences, estimates, confidence)
    errors = differences.std(axis=1, ddof=1) / np.sqrt(replications)
    single = 2 * stats.t.sf(np.abs(estimates) / errors, replications - 1)
    assert (found.p_values >= single - 1e-12).all()
    assert (found.p_values <= np.minimum(1, size * single) + 1e-12).all()
    widest = stats.t.isf((1 - confidence) / 2 / size, replications - 1)
    assert (found.reach <= widest * errors * (1 + 1e-12)).all()
    clear = found.p_values < 1 - confidence
    near = np.abs(found.p_values - (1 - confidence)) < 1e-6
    assert (near | (clear == (np.abs(estimates) > found.reach))).all()


@given(st.integers(0, 1000), st.floats(0.1, 100), st.permutations(range(4)))
def test_neither_scale_nor_order_matters(seed: int, scale: float, order: list[int]) -> None:
    differences = differences_of(4, 12, seed)
    estimates = differences.mean(axis=1)
    found = simultaneous(differences, estimates, 0.95)
    again = simultaneous(scale * differences[order], scale * estimates[order], 0.95)
    np.testing.assert_allclose(again.reach, scale * found.reach[order], rtol=4e-3)
    np.testing.assert_allclose(again.p_values, found.p_values[order], atol=4e-3)


def test_the_same_bits_every_time() -> None:
    differences = differences_of(5, 30)
    first, second = (simultaneous(differences, differences.mean(axis=1), 0.95) for _ in range(2))
    assert first.reach.tobytes() == second.reach.tobytes()
    assert first.p_values.tobytes() == second.p_values.tobytes()


def test_what_is_certain_counts_in_no_family() -> None:
    one = differences_of(1, 10)[0]
    certain = [np.full(10, 2.0), np.zeros(10)]
    found = simultaneous(np.array([certain[0], one, certain[1]]), np.array([2.0, 1.0, 0.0]), 0.9)
    alone = stats.t.isf(0.05, 9) * one.std(ddof=1) / np.sqrt(10)
    np.testing.assert_allclose(found.reach, [0.0, alone, 0.0], rtol=1e-6)
    assert found.p_values[[0, 2]].tolist() == [0.0, 1.0]


def test_a_difference_that_varies_by_rounding_alone_is_certain() -> None:
    one = differences_of(1, 10)[0]
    rounded = 2.0 + np.resize([1e-15, -1e-15, 0.0], 10)
    found = simultaneous(np.array([rounded, one]), np.array([2.0, 1.0]), 0.9)
    alone = stats.t.isf(0.05, 9) * one.std(ddof=1) / np.sqrt(10)
    np.testing.assert_allclose(found.reach, [0.0, alone], rtol=1e-6)


def test_few_values_leave_bonferroni() -> None:
    for number, is_bound in ((LEAST_VALUES - 1, True), (LEAST_VALUES, False)):
        differences = np.repeat(differences_of(1, number), 3, axis=0)
        bound = stats.t.isf(0.05 / 6, number - 1) * differences.std(axis=1, ddof=1) / number**0.5
        reach = simultaneous(differences, np.zeros(3), 0.95).reach
        assert (reach == pytest.approx(bound)) == is_bound
        assert (reach <= bound * (1 + 1e-12)).all()


def test_missing_values_leave_bonferroni() -> None:
    differences = differences_of(2, 15)
    differences[1, 11:] = np.nan
    found = simultaneous(differences, np.nanmean(differences, axis=1), 0.95)
    for place, number in enumerate((15, 11)):
        error = np.nanstd(differences[place], ddof=1) / np.sqrt(number)
        assert found.reach[place] == pytest.approx(stats.t.isf(0.0125, number - 1) * error)


def test_too_few_values_have_no_limits() -> None:
    found = simultaneous(np.array([[1.0, np.nan], [np.nan, np.nan]]), np.array([1.0, np.nan]), 0.9)
    assert np.isnan(found.reach).all()
    assert np.isnan(found.p_values).all()


def test_very_many_scenarios_leave_bonferroni() -> None:
    size = MOST_TURNED + 1
    differences = differences_of(size, 5)
    found = simultaneous(differences, np.zeros(size), 0.95)
    errors = differences.std(axis=1, ddof=1) / np.sqrt(5)
    np.testing.assert_allclose(found.reach, stats.t.isf(0.025 / size, 4) * errors)


@pytest.mark.slow
@pytest.mark.parametrize("replications", [6, 10, 30])
def test_all_intervals_together_cover_as_often_as_they_say(replications: int) -> None:
    """Unequal spreads and correlations, as common random numbers give; 3,000 experiments."""
    random = np.random.default_rng(11)
    mix = np.tril(np.ones((6, 6))) * np.arange(1.0, 7)[:, None]
    covered = 0
    for _ in range(3000):
        values = mix @ random.normal(size=(6, replications))
        differences = values[1:] - values[0]
        means = differences.mean(axis=1)
        covered += bool((np.abs(means) <= simultaneous(differences, means, 0.95).reach).all())
    assert 0.935 <= covered / 3000 <= 0.975
