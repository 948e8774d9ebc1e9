"""A line before one server, started empty: waits by Lindley's recursion, and their exact means.

Arrivals and services are exponential; a service takes one unit of time on average.
"""

from __future__ import annotations

from math import log

import numpy as np
from scipy import stats

from studies.coverage.luck import Floats


def waits(services: Floats, gaps: Floats) -> Floats:
    """Waits of customers, who find nobody at first.

    Lindley, Proceedings of the Cambridge Philosophical Society 48, 1952, solved: a wait is how far
    the sum of services less gaps has risen above its lowest value so far.

    Args:
        services: shape (lines, customers).
        gaps: between a customer and the next, of the same shape.
    """
    sums = np.cumsum((services - gaps)[:, :-1], axis=1)
    sums = np.concatenate([np.zeros((len(sums), 1)), sums], axis=1)
    return np.asarray(sums - np.minimum.accumulate(sums, axis=1))


def expected_waits(load: float, customers: int) -> Floats:
    """Exact mean wait of the first, second, … customer.

    Spitzer, Transactions of the American Mathematical Society 82, 1956: the mean of the largest
    partial sum is the sum of E[S_j⁺]/j. S_j is j services less j gaps; as many services as end
    before the gaps do are negative binomial, and the others are what remains.
    """
    gap_ends_first = load / (1 + load)
    rises = [0.0]
    for step in range(1, customers):
        ended = np.arange(step)
        probabilities = stats.nbinom.pmf(ended, step, gap_ends_first)
        rises.append(float(((step - ended) * probabilities).sum()) / step)
    return np.cumsum(rises)


def steady_wait(load: float, service: float = 1.0) -> float:
    """Mean wait once the beginning is forgotten, of services that are so long and a load."""
    return load * service / (1 - load)


def steady_quantile(load: float, level: float) -> float:
    """Quantile of the wait once the beginning is forgotten; the level is above 1 − load."""
    return log(load / (1 - level)) / (1 - load)
