from math import isnan

import numpy as np

from sim.measure.kpi import mean, ratio


def test_mean_of_nothing_is_no_number() -> None:
    assert mean(np.array([1.0, 2.0])) == 1.5
    assert isnan(mean(np.array([])))


def test_ratio_over_nothing_is_no_number() -> None:
    assert ratio(1, 4) == 0.25
    assert isnan(ratio(1, 0))
