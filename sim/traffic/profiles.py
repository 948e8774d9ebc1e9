"""Arrivals whose rate changes over time, by exact inversion of the cumulative rate.

Partial sums of unit exponentials are arrivals in a time in which the rate is one; the inverse of
the cumulative rate maps them to the clock (Cinlar 1975). So the rate never freezes at the last
arrival, and a change of rates moves arrivals without touching their luck.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def arrival_times(knots: Floats, cumulative_rate: Floats, sums: Floats) -> Ints:
    """Return the ticks of Poisson arrivals before the last knot.

    Args:
        knots: shape (n,), rising ticks.
        cumulative_rate: shape (n,), arrivals expected until each knot, from 0, never falling;
            between knots the rate is even.
        sums: shape (m,), rising partial sums of unit exponentials; those above the last cumulative
            rate arrive after the last knot and are left out.
    """
    early = sums[sums < cumulative_rate[-1]]
    ticks = np.rint(np.interp(early, cumulative_rate, knots))
    return np.asarray(ticks, dtype=np.int64)
