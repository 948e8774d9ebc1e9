"""The plan: the activity network of one replication as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import Capacity, OpenTime
from sim.clearance.resources import Pool
from sim.clearance.step import Step

Ints = NDArray[np.int64]
PoolDemand = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Request:
    """What an activity must be granted at once before it starts.

    Attributes:
        demand: pairs of pool index and units.
        calendar: index of the calendar its work is suspended by, or -1.
    """

    demand: PoolDemand
    calendar: int


@dataclass(frozen=True)
class Plan:
    """Cases, their activities and who waits for whom. Times in ticks of a second.

    Activities stand case by case, within a case in topological order.

    Attributes:
        steps: the distinct steps activities are instances of.
        calendars: the distinct calendars.
        pools: the pools.
        capacity: units of each pool over time.
        pool_calendar: index of the calendar in which each pool has any units.
        requests: the distinct requests.
        returns: the distinct sets of units given back at an activity's end.
        conveyances: number of conveyance cases; they come before all consignments.
        conveyance: shape (cases,), the conveyance case of each case, its own for a conveyance.
        arrival: shape (cases,), arrival of the conveyance.
        uptakes: the distinct sets of reforms taken up.
        uptake: shape (cases,), index into uptakes.
        first_activity: shape (cases + 1,), where the activities of each case begin.
        case: shape (activities,), case of the activity.
        step: index into steps.
        container: number of the container within its consignment, 0 for steps per case.
        work: duration in working time.
        earliest: time before which the activity is not ready.
        request: index into requests, or -1 if it needs no pool.
        returned: index into returns, or -1.
        calendar: index of the calendar an activity without pools works by, or -1.
        first_edge: shape (activities + 1,), where the successors of each activity begin.
        successor: shape (edges,), activity that waits.
        lag: shape (edges,), ticks between the end of the one and the readiness of the other.
    """

    steps: tuple[Step, ...]
    calendars: tuple[OpenTime, ...]
    pools: tuple[Pool, ...]
    capacity: tuple[Capacity, ...]
    pool_calendar: tuple[int, ...]
    requests: tuple[Request, ...]
    returns: tuple[PoolDemand, ...]
    conveyances: int
    conveyance: Ints
    arrival: Ints
    uptakes: tuple[tuple[str, ...], ...]
    uptake: Ints
    first_activity: Ints
    case: Ints
    step: Ints
    container: Ints
    work: Ints
    earliest: Ints
    request: Ints
    returned: Ints
    calendar: Ints
    first_edge: Ints
    successor: Ints
    lag: Ints

    @property
    def cases(self) -> int:
        """Number of cases."""
        return len(self.arrival)

    @property
    def activities(self) -> int:
        """Number of activities."""
        return len(self.case)
