import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.verify.estimators import mean, mean_of, pseudo_values, variance_of

RANDOM = np.random.default_rng(5)


def test_a_mean_is_the_mean_of_replication_means() -> None:
    values = RANDOM.normal(size=40)
    sums = np.array([mean(value).values for value in values])
    np.testing.assert_array_equal(pseudo_values("mean", sums), values)


def test_a_ratio_of_equal_parts_is_a_mean() -> None:
    samples = RANDOM.normal(3, 1, size=(40, 50))
    sums = np.array([mean_of(sample).values for sample in samples])
    np.testing.assert_allclose(pseudo_values("ratio", sums), samples.mean(axis=1))


def test_a_ratio_weighs_parts_by_their_size() -> None:
    sums = np.array([mean_of(part).values for part in ([1.0] * 30, [4.0] * 10, [2.0] * 20)])
    assert pseudo_values("ratio", sums).mean() == pytest.approx(110 / 60, rel=0.15)


def test_a_variance_is_free_of_the_bias_of_its_mean() -> None:
    """Ten values a replication: the variance within each falls short by a tenth."""
    samples = RANDOM.normal(size=(4000, 10))
    sums = np.array([variance_of(sample).values for sample in samples])
    values = pseudo_values("variance", sums)
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - 1) < 4 * error < 0.1


@given(shift=st.floats(0.5, 100), number=st.integers(3, 20))
def test_intervals_of_functions_of_means_scale(shift: float, number: int) -> None:
    parts = np.random.default_rng(number).uniform(1, 2, size=(number, 2))
    change = pseudo_values("relative_change", parts)
    saving = pseudo_values("relative_saving", parts)
    ratio = pseudo_values("ratio", parts * [shift, 1])
    np.testing.assert_allclose(change, -saving)
    np.testing.assert_allclose(change, ratio / shift - 1, atol=1e-9)
