"""The estimated probability of a correct selection."""

import numpy as np
import pytest
from scipy import stats

from sim.study.choice.correct_selection import estimated_probability
from tests.study.choice.sources import normals


def test_of_paired_values_it_is_one_less_the_p_value() -> None:
    values = normals([0.5, 0.0], 3, shared=0.8, replications=25)
    samples = [values["s0"], values["s1"]]
    p_value = stats.ttest_rel(samples[0], samples[1], alternative="greater").pvalue
    assert estimated_probability(samples, 0, 0.0) == pytest.approx(1 - p_value)


def test_errors_of_several_rivals_add_up() -> None:
    one, two, three = normals([0.6, 0.2, 0.0], 4, replications=20).values()
    alone = [estimated_probability([one, other], 0, 0.1) for other in (two, three)]
    together = estimated_probability([one, two, three], 0, 0.1)
    assert 1 - together == pytest.approx(sum(1 - single for single in alone))


def test_equal_values_cannot_be_wrong() -> None:
    assert estimated_probability([np.array([0.0, 1.0, 2.0])] * 5, 2, 0.0) == 1.0


def test_it_is_no_less_than_nothing() -> None:
    samples = list(normals([0.0] * 8, 6, replications=10).values())
    worst = int(np.argmin([sample.mean() for sample in samples]))
    assert estimated_probability(samples, worst, 0.0) == 0.0


def test_errors_of_samples_of_unequal_size_that_share_luck() -> None:
    """The standard error behind the estimate is that of many repeated experiments."""
    leads, squares = [], []
    for seed in range(2000):
        values = normals([3.0, 0.0], seed, [1.0, 2.0], shared=0.9, replications=80)
        samples = [values["s0"][:20], values["s1"]]
        lead = samples[0].mean() - samples[1].mean()
        t = stats.t.isf(1 - estimated_probability(samples, 0, 0.0), 19)
        leads.append(lead)
        squares.append((lead / t) ** 2)
    assert np.mean(squares) == pytest.approx(np.var(leads), rel=0.1)
