"""What would happen if nobody ever had to wait for anybody else: the load that is offered."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from sim.clearance.calendars import Calendar
from sim.clearance.capacity import WEEK, OpenTime, common_time
from sim.clearance.plan import Plan
from sim.engine.boarding import Boarding
from sim.engine.trace import NEVER, Trace

_READY, _OFFER = range(2)
_ALWAYS = OpenTime(weekly=((0, WEEK),))


def unhindered(plan: Plan) -> Trace:
    """Return the trace of a plan whose pools, while open, have units for everybody.

    What asks for units that are never there does not happen. A box boards the first conveyance that
    offers it a place, however many others do, and stays where it is until then; from then on they
    wait for each other.
    """
    course = _Course(plan)
    course.run()
    return course.trace()


class _Course:
    """Activities one after another; boxes that wait and what is offered to them in order of time.

    All that follows from an offer comes after it, so that time matters nowhere else.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._calendars = [Calendar(open_time) for open_time in plan.calendars]
        self._doors = [_door(plan, number) for number in range(len(plan.requests))]
        self._places = [_places(plan, number) for number in range(len(plan.requests))]
        self._ready, self._missing = plan.earliest.tolist(), plan.predecessors.tolist()
        self._work, self._hours = plan.work.tolist(), plan.calendar.tolist()
        self._request, self._offered = plan.request.tolist(), plan.offered.tolist()
        self._first_edge, self._successor = plan.first_edge.tolist(), plan.successor.tolist()
        self._lag = plan.lag.tolist()
        self._start, self._end = [NEVER] * plan.activities, [NEVER] * plan.activities
        self._boarding = Boarding(plan)
        self._waiting: dict[int, list[int]] = {}
        self._late: dict[int, list[tuple[int, int]]] = {}
        self._free = [number for number, missing in enumerate(self._missing) if not missing]
        self._happening: list[tuple[int, int, int]] = []

    def run(self) -> None:
        """Let happen what can."""
        while self._free or self._happening:
            if self._free:
                self._begin(self._free.pop())
                continue
            _, kind, activity = heappop(self._happening)
            if kind == _OFFER:
                self._hand_out(activity)
            else:
                self._waiting.setdefault(self._request[activity], []).append(activity)

    def trace(self) -> Trace:
        """Return what has happened."""
        return Trace(
            ready=np.where(np.array(self._missing) > 0, NEVER, np.array(self._ready)),
            start=np.array(self._start, dtype=np.int64),
            end=np.array(self._end, dtype=np.int64),
            work=np.array(self._work, dtype=np.int64),
            boarded=self._boarding.boarded,
        )

    def _begin(self, activity: int) -> None:
        asked, tick = self._request[activity], self._ready[activity]
        if asked >= 0 and self._places[asked]:
            heappush(self._happening, (tick, _READY, activity))
        else:
            self._pass(activity, tick)

    def _pass(self, activity: int, tick: int) -> None:
        """Do the work from a time on, as soon as what it asks for is open."""
        asked, hours, start = self._request[activity], self._hours[activity], tick
        if asked >= 0:
            door, hours = self._doors[asked], self._plan.requests[asked].calendar
            if door is None:
                return
            # The first open tick is the one before the end of one tick of work.
            start = door.end_of_work(tick, 1) - 1
        work = self._work[activity]
        end = start + work if hours < 0 else self._calendars[hours].end_of_work(start, work)
        self._start[activity], self._end[activity] = start, end
        if self._offered[activity] >= 0:
            heappush(self._happening, (end, _OFFER, activity))
        else:
            self._tell(activity)

    def _hand_out(self, offering: int) -> None:
        """Let everybody board who waits for what a conveyance offers."""
        offered = {pool for pool, _ in self._boarding.slots(offering)}
        served = [asked for asked in self._waiting if self._places[asked] <= offered]
        boxes = [box for asked in served for box in self._waiting.pop(asked)]
        for activity, work in self._boarding.load(boxes, offering):
            self._work[activity] = work
        for box in boxes:
            for before, after, lag, is_new in self._boarding.board(box, offering):
                self._missing[after] += is_new
                self._link(before, after, lag)
            self._pass(box, self._end[offering])
        self._tell(offering)

    def _link(self, before: int, after: int, lag: int) -> None:
        if self._end[before] == NEVER:
            self._late.setdefault(before, []).append((after, lag))
        else:
            self._reach(after, self._end[before] + lag)

    def _tell(self, activity: int) -> None:
        end = self._end[activity]
        for after, lag in self._late.pop(activity, ()):
            self._reach(after, end + lag)
        for edge in range(self._first_edge[activity], self._first_edge[activity + 1]):
            self._reach(self._successor[edge], end + self._lag[edge])

    def _reach(self, activity: int, time: int) -> None:
        self._ready[activity] = max(self._ready[activity], time)
        self._missing[activity] -= 1
        if not self._missing[activity]:
            self._free.append(activity)


def _places(plan: Plan, request: int) -> set[int]:
    """Pools a request asks for that conveyances offer."""
    return {pool for pool, _ in plan.requests[request].demand if plan.pools[pool].offered}


def _door(plan: Plan, request: int) -> Calendar | None:
    """When all that a request asks for is there; None if it never is."""
    demand = [
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
