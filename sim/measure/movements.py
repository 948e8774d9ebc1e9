"""When units of a pool were taken and given back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import Plan, PoolDemand
from sim.engine.trace import NEVER, Trace

Ints = NDArray[np.int64]


def movements(plan: Plan, trace: Trace, pool: int) -> tuple[Ints, Ints]:
    """Return times in order, and by how much the units in use change at each.

    At one instant units are given back before any are taken. Over a run that ended no unit leaks;
    those still held when a run was given up count as given back at its end.
    """
    wanted = _units([request.demand for request in plan.requests], pool)[plan.request]
    back = _units(plan.returns, pool)[plan.returned]
    takes = np.flatnonzero((wanted > 0) & (trace.start != NEVER))
    gives = np.flatnonzero((back > 0) & (trace.end != NEVER))
    held = wanted[takes].sum() - back[gives].sum()
    end = trace.end.max(initial=0)
    times = np.concatenate([trace.end[gives], [end], trace.start[takes]])
    change = np.concatenate([-back[gives], [-held], wanted[takes]])
    order = np.argsort(times, kind="stable")
    return times[order], change[order]


def _units(demands: list[PoolDemand] | tuple[PoolDemand, ...], pool: int) -> Ints:
    """Units of a pool in each demand, and at index -1 the none of whoever has no demand."""
    return np.array([*(dict(demand).get(pool, 0) for demand in demands), 0], dtype=np.int64)
