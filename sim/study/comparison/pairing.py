"""What pairing by common random numbers is worth: correlation, and variance taken away.

Law, Simulation Modeling and Analysis (2015), 11.2. The variance of a difference of independent
scenarios would be the sum of their variances; that of a paired one is less by twice the covariance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.study.intervals import paired

Floats = NDArray[np.float64]


def correlation(values: Floats, base: Floats) -> float:
    """Correlation with the baseline over replications or sections; NaN where one is constant."""
    first, second = _known(values, base)
    if len(first) < 2 or _is_constant(first) or _is_constant(second):
        return float("nan")
    centred = first - first.mean(), second - second.mean()
    product = float((centred[0] * centred[1]).sum())
    lengths = float(np.sqrt((centred[0] ** 2).sum() * (centred[1] ** 2).sum()))
    return float(np.clip(product / lengths, -1.0, 1.0))


def variance_reduction(values: Floats, base: Floats) -> float:
    """Share of the variance of the difference that pairing takes away.

    One where the difference is the same in every replication, nought where scenarios are
    independent, below nought where pairing harms; NaN where neither varies.
    """
    first, second = _known(values, base)
    if len(first) < 2 or (_is_constant(first) and _is_constant(second)):
        return float("nan")
    unpaired = float(first.var(ddof=1) + second.var(ddof=1))
    return 1.0 - float(paired(first, second).var(ddof=1)) / unpaired


def _known(values: Floats, base: Floats) -> tuple[Floats, Floats]:
    kept = np.isfinite(values) & np.isfinite(base)
    return values[kept], base[kept]


def _is_constant(values: Floats) -> bool:
    return not paired(values, values[0]).any()
