"""What would happen if nobody ever had to wait for anybody else: the load that is offered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.clearance.calendars import Calendar
from sim.clearance.capacity import WEEK, OpenTime, common_time
from sim.clearance.plan import Plan
from sim.engine.trace import NEVER, Trace


def unhindered(plan: Plan) -> Trace:
    """Return the trace of a plan whose pools, while open, have units for everybody.

    What asks for units that are never there does not happen. A box boards as soon as it is ready
    the conveyance it is booked on, and does not wait for it.
    """
    calendars = [Calendar(open_time) for open_time in plan.calendars]
    doors = [_door(plan, number) for number in range(len(plan.requests))]
    loaded = plan.loading.boarding
    boarded = np.full(plan.activities, NEVER, dtype=np.int64)
    boarded[loaded] = plan.conveyance[plan.case[loaded]]
    trace_work = plan.loading.work(plan.work, boarded)
    ready, work = plan.earliest.tolist(), trace_work.tolist()
    missing = np.bincount(plan.successor, minlength=plan.activities).tolist()
    first_edge, successor = plan.first_edge.tolist(), plan.successor.tolist()
    lag, request, own_hours = plan.lag.tolist(), plan.request.tolist(), plan.calendar.tolist()
    start, end = [NEVER] * plan.activities, [NEVER] * plan.activities
    free = [number for number, count in enumerate(missing) if not count]
    while free:
        now = free.pop()
        asked, hours = request[now], own_hours[now]
        start[now] = ready[now]
        if asked >= 0:
            door, hours = doors[asked], plan.requests[asked].calendar
            if door is None:
                start[now] = NEVER
                continue
            # The first open tick is the one before the end of one tick of work.
            start[now] = door.end_of_work(ready[now], 1) - 1
        end[now] = (
            start[now] + work[now]
            if hours < 0
            else calendars[hours].end_of_work(start[now], work[now])
        )
        for edge in range(first_edge[now], first_edge[now + 1]):
            after = successor[edge]
            ready[after] = max(ready[after], end[now] + lag[edge])
            missing[after] -= 1
            if not missing[after]:
                free.append(after)
    return Trace(
        ready=np.where(np.array(missing) > 0, NEVER, ready),
        start=np.array(start, dtype=np.int64),
        end=np.array(end, dtype=np.int64),
        work=trace_work,
        boarded=boarded,
    )


def _door(plan: Plan, request: int) -> Calendar | None:
    """When all that a request asks for is there; None if it never is."""
    demand: Sequence[tuple[int, int]] = [
        (pool, units)
        for pool, units in plan.requests[request].demand
        if not plan.pools[pool].offered
    ]
    if not demand:
        return Calendar(_ALWAYS)
    together = common_time(
        [plan.capacity[pool] for pool, _ in demand], [units for _, units in demand]
    )
    return Calendar(together) if together.weekly else None


_ALWAYS = OpenTime(weekly=((0, WEEK),))
