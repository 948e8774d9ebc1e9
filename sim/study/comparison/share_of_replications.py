"""How often one scenario has a lower figure than the baseline in a replication, the same luck.

This is about single replications, that is periods of the measured length, not about the mean: a
scenario may be lower in six periods of ten, and its mean be lower for certain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """Shares of replications with their limits; arrays of one shape."""

    share: Floats
    low: Floats
    high: Floats


def lower_and_higher(differences: Floats) -> tuple[int, int, int]:
    """Replications with a difference below zero, above zero, and of any; ties are neither."""
    known = differences[np.isfinite(differences)]
    return int((known < 0).sum()), int((known > 0).sum()), len(known)


def shares(counts: Floats, numbers: Floats, confidence: float) -> Shares:
    """Shares with exact limits (Clopper & Pearson, Biometrika 26, 1934).

    They never cover less often than they say, which matters near 0 and 1, where shares of paired
    replications mostly are.

    Args:
        counts: replications that are lower, or higher, shape (rows,).
        numbers: of all replications, shape (rows,); where it is 0, all is NaN.
        confidence: of the limits.
    """
    tail = (1 - confidence) / 2
    known = numbers > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(known, counts / numbers, np.nan)
        low = np.where(counts == 0, 0.0, stats.beta.ppf(tail, counts, numbers - counts + 1))
        high = np.where(counts == numbers, 1.0, stats.beta.isf(tail, counts + 1, numbers - counts))
    return Shares(share, np.where(known, low, np.nan), np.where(known, high, np.nan))
