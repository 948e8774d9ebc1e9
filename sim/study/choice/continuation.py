"""How far a system may fall behind another before it is out: the triangle of Kim and Nelson."""

from __future__ import annotations

import numpy as np

from sim.study.choice.systems import Floats


def slope_constant(systems: int, confidence: float, degrees: int) -> float:
    """Return h² = 2ηd of the procedures KN and KN++, with c = 1.

    The error is divided by Bonferroni, α/(k−1) for each pair, which holds whether systems share
    luck or not.

    Args:
        systems: how many there are at the start, at least two.
        confidence: probability of a correct selection.
        degrees: of freedom of the variances.
    """
    error = 2 * (1 - confidence) / (systems - 1)
    return float(degrees * (error ** (-2 / degrees) - 1))


def allowed_lag(constant: float, variances: Floats, indifference: float, number: int) -> Floats:
    """Return how far the mean of a system may lie behind that of another.

    It falls to zero; from there on the better of two means decides.

    Args:
        constant: h².
        variances: of the differences of pairs.
        indifference: width of the zone, above 0.
        number: of replications so far.
    """
    width = constant * variances / indifference**2
    return np.maximum(0.0, indifference / (2 * number) * (width - number))
