"""How large the largest of several dependent t statistics is: the law behind Dunnett's test.

The statistics are multivariate t: normal with a correlation matrix, over a common root of a
chi-square by its degrees of freedom. In polar form (Deak, Numerische Mathematik 35, 1980; Genz &
Bretz, Computation of Multivariate Normal and t Probabilities, 2009, 4.1) their squared length is k
times an F variate, whatever the direction, so that only directions are integrated numerically.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special
from scipy.stats import qmc

Floats = NDArray[np.float64]

_DIRECTIONS_LOG2 = 12
_SEED = 1955
# Grid of the law of the length; what is longer is impossible, as far as anyone can tell.
_GRID = np.linspace(0.0, 400.0, 40_001)
_KEPT = 8
_LEAST_PIVOT = 1e-10


class LargestT:
    """The largest absolute value of k t statistics.

    Directions are those of a scrambled Sobol sequence with a fixed seed. Sums are taken element by
    element, without a library of linear algebra, so that every machine finds the same bits.
    """

    def __init__(self, correlation: Floats, freedom: int) -> None:
        """Take the correlation matrix, shape (k, k), and the degrees of freedom."""
        number = len(correlation)
        self._exceeding = _exceeding(number, freedom)
        cosines = np.zeros((number, 1 << _DIRECTIONS_LOG2))
        for column, direction in zip(_factor(correlation).T, _directions(number), strict=True):
            cosines += column[:, None] * direction
        self._shares = np.sort(np.abs(cosines).max(axis=0))

    def exceeds(self, value: float) -> float:
        """Probability that the largest is at least this value, which is not negative."""
        return float(np.interp(value / self._shares, _GRID, self._exceeding, right=0.0).mean())

    def quantile(self, probability: float, low: float, high: float) -> float:
        """The value that the largest stays below with a probability; it lies between two others.

        Returns:
            One of the two if it does not.
        """
        if self.exceeds(low) <= 1 - probability:
            return low
        if self.exceeds(high) >= 1 - probability:
            return high
        return float(
            optimize.brentq(lambda value: self.exceeds(value) - (1 - probability), low, high)
        )


def _factor(correlation: Floats) -> Floats:
    """Lower triangular factor of a correlation matrix, which may be singular (Cholesky)."""
    number = len(correlation)
    factor = np.zeros((number, number))
    for place in range(number):
        rest = correlation[place:, place].copy()
        for before in range(place):
            rest -= factor[place:, before] * factor[place, before]
        if rest[0] > _LEAST_PIVOT:
            factor[place:, place] = rest / sqrt(rest[0])
    return factor


@lru_cache(maxsize=_KEPT)
def _directions(number: int) -> Floats:
    """Shape (number, directions): evenly spread points on the sphere."""
    cube = qmc.Sobol(number, seed=_SEED).random_base2(_DIRECTIONS_LOG2)
    inside = np.clip(cube, np.finfo(float).eps, 1 - np.finfo(float).eps)
    normal = special.ndtri(inside).T
    squared = np.zeros(normal.shape[1])
    for row in normal:
        squared += row**2
    return np.asarray(normal / np.sqrt(squared))


@lru_cache(maxsize=_KEPT)
def _exceeding(number: int, freedom: int) -> Floats:
    """Probability that the length of the statistics is at least each value of the grid."""
    return np.asarray(special.fdtrc(number, freedom, _GRID**2 / number))
