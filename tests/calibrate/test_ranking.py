import numpy as np
import pytest

from sim.calibrate.ranking import area_with_interval, at_rates
from sim.measure.ranking import area_under_curve


def test_the_interval_covers_the_true_area_as_often_as_stated() -> None:
    rng = np.random.default_rng(5)
    distance, true, covered, runs = 1.0, 0.7602499389, 0, 400
    fraud = np.arange(200) < 60
    for _ in range(runs):
        area = area_with_interval(rng.standard_normal(200) + distance * fraud, fraud)
        covered += area.low <= true <= area.high
    assert covered / runs == pytest.approx(0.95, abs=0.03)


def test_the_variance_by_hand() -> None:
    # Two frauds, two clean: the frauds pass 1/2 and 2/2 of the clean, the clean 2/2 and 1/2.
    score, fraud = np.array([1.0, 3.0, 2.0, 4.0]), np.array([False, False, True, True])
    area = area_with_interval(score, fraud)
    half = 1.959963984540054 * np.sqrt(0.125 / 2 + 0.125 / 2)
    assert area.value == area_under_curve(score, fraud) == 0.75
    assert area.low == pytest.approx(0.75 - half)
    assert area.high == 1.0


def test_what_rates_find() -> None:
    score = np.arange(100) / 100
    fraud = score >= 0.96
    found = {each.rate: (each.hit_rate, each.recall) for each in at_rates(score, fraud)}
    assert found == {0.01: (1, 0.25), 0.02: (1, 0.5), 0.05: (0.8, 1), 0.10: (0.4, 1)}


def test_of_equal_scores_the_mean_counts() -> None:
    fraud = np.arange(100) < 20
    assert [each.hit_rate for each in at_rates(np.zeros(100), fraud)] == pytest.approx([0.2] * 4)
