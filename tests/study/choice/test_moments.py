"""Updated moments are those of numpy, for pairs that stayed."""

import numpy as np

from sim.study.choice.moments import Moments


def test_variances_of_differences_are_paired() -> None:
    values = np.random.default_rng(1).normal(1e6, 1, (3, 50))
    moments = Moments(3)
    for column in values.T[:20]:
        moments.add([0, 1, 2], column)
    for column in values.T[20:]:
        moments.add([0, 2], column[[0, 2]])
    assert moments.number == 50
    np.testing.assert_allclose(moments.means[[0, 2]], values.mean(axis=1)[[0, 2]])
    np.testing.assert_allclose(moments.means[1], values[1, :20].mean())
    found = moments.variances_of_differences()
    np.testing.assert_allclose(found[0, 2], (values[0] - values[2]).var(ddof=1))
    assert found[0, 0] == found[2, 2] == 0


def test_equal_columns_differ_by_nothing() -> None:
    moments = Moments(2)
    for value in np.random.default_rng(2).normal(0.1, 1, 30):
        moments.add([0, 1], np.array([value, value]))
    assert not moments.variances_of_differences().any()
