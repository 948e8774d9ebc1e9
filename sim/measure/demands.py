"""How many units of a pool demands name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import Plan, PoolDemand

Ints = NDArray[np.int64]


def units_named(demands: Iterable[PoolDemand], pool: int) -> Ints:
    """Shape (demands + 1,): units of a pool in each demand; the last stands for no demand.

    So an index of -1, which activities without a demand carry, finds none.
    """
    return np.array([*(dict(demand).get(pool, 0) for demand in demands), 0], dtype=np.int64)


def units_wanted(plan: Plan, pool: int) -> Ints:
    """Shape (activities,): units of a pool that each must be granted to start."""
    return units_named((request.demand for request in plan.requests), pool)[plan.request]


def units_returned(plan: Plan, pool: int) -> Ints:
    """Shape (activities,): units of a pool that each gives back at its end."""
    return units_named(plan.returns, pool)[plan.returned]
