"""When units of a pool were taken and given back, by whom and for what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import Plan
from sim.engine.trace import NEVER, Trace
from sim.measure.demands import units_returned, units_wanted

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Movements:
    """Units of a pool taken and given back, in order of time; shapes are (n,).

    At one instant units are given back before any are taken.

    Attributes:
        time: ticks.
        change: by how much the units in use change.
        case: who takes them or gives them back.
        calendar: index of the calendar by which their work is suspended, or -1.
    """

    time: Ints
    change: Ints
    case: Ints
    calendar: Ints


def movements(plan: Plan, trace: Trace, pool: int) -> Movements:
    """Return how the units of a pool in use changed.

    Units are in use while an activity lasts, or from the start of the one that takes them to the
    end of the one that returns them. Over a run that ended no unit leaks; those still held when a
    run was given up count as given back at its end.
    """
    wanted, back = units_wanted(plan, pool), units_returned(plan, pool)
    concerned = np.flatnonzero((wanted > 0) | (back > 0))
    wanted, back = wanted[concerned], back[concerned]
    case, start, end = (column[concerned] for column in (plan.case, trace.start, trace.end))
    last = trace.end.max(initial=0)
    used = np.where(start != NEVER, np.minimum(wanted, back), 0)
    taken = np.where(start != NEVER, wanted - used, 0)
    returned = np.where(end != NEVER, back - used, 0)
    held = np.bincount(case, taken - returned, plan.cases).astype(np.int64)
    hours = np.array([*(request.calendar for request in plan.requests), -1])
    work = hours[plan.request[concerned]]
    suspends = plan.pools[pool].end_of_shift == "suspend"
    kept = np.full(plan.cases, plan.pool_calendar[pool] if suspends else -1)
    parts = [
        (np.where(end == NEVER, last, end), -used, case, work),
        (end, -returned, case, kept[case]),
        (np.full(plan.cases, last), -held, np.arange(plan.cases), kept),
        (start, used, case, work),
        (start, taken, case, kept[case]),
    ]
    moved = [np.flatnonzero(change) for _, change, *_ in parts]
    columns = [
        np.concatenate([column[chosen] for column, chosen in zip(each, moved, strict=True)])
        for each in zip(*parts, strict=True)
    ]
    order = np.argsort(columns[0], kind="stable")
    return Movements(*(column[order] for column in columns))
