"""How much of what points differ by is the luck of the replications that were run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def noise_share(values: Floats) -> float:
    """Share of the variance of the means of points that other luck would change.

    Points share their luck, so what a replication adds to all of them alike does not count. What is
    left beside the means of points and of replications is noise: its mean square in a two-way
    analysis of variance, over the replications of a mean.

    Args:
        values: shape (points, replications).

    Returns:
        From 0 to 1; NaN with one replication, 0 where nothing differs.
    """
    points, replications = values.shape
    if replications < 2:
        return float("nan")
    means = values.mean(axis=1)
    rest = values - means[:, None] - values.mean(axis=0) + values.mean()
    noise = float((rest**2).sum()) / ((points - 1) * (replications - 1) * replications)
    spread = float(means.var(ddof=1))
    return min(1.0, noise / spread) if spread else 0.0
