"""Where the next replications of a budget tell most about which system is the best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.study.choice.systems import Floats

Ints = NDArray[np.int64]


def allocation_weights(means: Floats, variances: Floats, indifference: float) -> Floats:
    """Return shares of replications, not scaled, by optimal computing budget allocation.

    Chen, Lin, Yucesan & Chick 2000, Discrete Event Dynamic Systems 10, 251-270: others get
    variance over squared distance to the best; the best gets its deviation times the root of the
    sum of their squared shares over variances. A distance within the indifference zone counts as
    the zone: what need not be told apart takes no budget. Systems are taken as independent.

    Args:
        means: shape (systems,), more being better.
        variances: shape (systems,).
        indifference: above 0.
    """
    best = int(np.argmax(means))
    distance = np.maximum(means[best] - means, indifference)
    weights = variances / distance**2
    others = np.delete(variances / distance**4, best)
    weights[best] = np.sqrt(variances[best] * others.sum())
    return np.asarray(weights)


def next_replications(used: Ints, weights: Floats, more: int) -> Ints:
    """Return how many more replications each system gets, so that totals come near the shares.

    A system that has more than its share gets none; the others share what is left. What is lost by
    rounding goes to the largest fractions, of equal ones to the system named first.

    Args:
        used: shape (systems,), so far.
        weights: shape (systems,), not negative; where all open ones are 0 they share alike.
        more: at least 1.
    """
    still = np.ones(len(used), dtype=bool)
    while True:
        total = int(used[still].sum()) + more
        shares = weights[still] if weights[still].any() else np.ones(int(still.sum()))
        target = total * shares / shares.sum()
        enough = target < used[still]
        if not enough.any():
            break
        still[np.flatnonzero(still)[enough]] = False
    whole = np.floor(target).astype(np.int64)
    largest = np.argsort(whole - target, kind="stable")[: total - int(whole.sum())]
    whole[largest] += 1
    wanted = np.zeros(len(used), dtype=np.int64)
    wanted[still] = whole - used[still]
    return wanted
