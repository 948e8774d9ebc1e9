"""Bootstrap intervals whose resamples are drawn by key, so that they are the same anywhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.traffic.draws import Draws

Floats = NDArray[np.float64]

_RESAMPLES = 1000


def bootstrap_limits(
    statistic: Callable[[NDArray[np.intp]], Floats], number: int, confidence: float, seed: int
) -> tuple[Floats, Floats]:
    """Percentile limits (Efron & Tibshirani 1993, chapter 13) of a statistic of whole units.

    Args:
        statistic: takes which units are drawn, shape (number,).
        number: of units.
        confidence: of the limits.
        seed: of the resamples.

    Returns:
        Lower and upper limits, of the shape of the statistic.
    """
    places = Draws(seed, 0).uniform("bootstrap", np.arange(_RESAMPLES * number))
    drawn = np.floor(places * number).astype(np.intp).reshape(_RESAMPLES, number)
    found = np.array([statistic(row) for row in drawn])
    tail = (1 - confidence) / 2
    low, high = np.quantile(found, [tail, 1 - tail], axis=0)
    return low, high
