"""The plan: the activity network of one replication as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import Capacity, OpenTime
from sim.clearance.resources import Pool
from sim.clearance.step import Step

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
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
class Links:
    """Who waits for whom once a box has boarded: the conveyance is known only then.

    Attributes:
        conveyance_activity: shape (columns, conveyances), activity of each conveyance, or -1.
        boarding: shape (links,), activity that takes the slot, in rising order.
        activity: shape (links,), activity of the same case.
        column: shape (links,), which activity of the conveyance boarded.
        gathers: shape (links,), whether the conveyance waits for the activity, not it for that.
        lag: shape (links,), ticks from the end of the one to the readiness of the other.
    """

    conveyance_activity: Ints
    boarding: Ints
    activity: Ints
    column: Ints
    gathers: NDArray[np.bool_]
    lag: Ints

    def realised(self, boarded: Ints) -> tuple[Ints, Ints, Ints]:
        """Return who came to wait for whom: before, after and lag of each link that was made.

        Args:
            boarded: shape (activities,), conveyance of each boarding, -1 for all else.
        """
        conveyance = boarded[self.boarding]
        aboard = np.flatnonzero(conveyance >= 0)
        other = np.full(len(self.boarding), -1, dtype=np.int64)
        other[aboard] = self.conveyance_activity[self.column[aboard], conveyance[aboard]]
        made = other >= 0
        before = np.where(self.gathers, self.activity, other)[made]
        after = np.where(self.gathers, other, self.activity)[made]
        return before, after, self.lag[made]


_NONE = np.empty(0, dtype=np.int64)
NO_LINKS = Links(_NONE.reshape(0, 0), _NONE, _NONE, _NONE, _NONE.astype(np.bool_), _NONE)


@dataclass(frozen=True)
class Loading:
    """How long conveyances take to load, known once boxes have boarded.

    Its boxes are loaded one after another, along with those that are no consignment.

    Attributes:
        conveyance_activity: shape (conveyances,), activity in which each is loaded, or -1.
        other_ticks: shape (conveyances,), work for boxes that are no consignment.
        box_ticks: shape (conveyances,), work for every box that boarded.
        boarding: shape (boxes,), activity that takes the slot.
        activity: shape (boxes,), activity of the same case that lasts until the box is loaded.
        place: shape (boxes,), where in the order it stands, from 0 to 1.
    """

    conveyance_activity: Ints
    other_ticks: Floats
    box_ticks: Floats
    boarding: Ints
    activity: Ints
    place: Floats

    def work(self, planned: Ints, boarded: Ints) -> Ints:
        """Return the work of every activity, given who boarded.

        Args:
            planned: shape (activities,), work of all other activities.
            boarded: shape (activities,), conveyance of each boarding, -1 for all else.
        """
        boxes = np.bincount(boarded[boarded >= 0], minlength=len(self.conveyance_activity))
        total = np.rint(self.other_ticks + boxes * self.box_ticks).astype(np.int64)
        loads = self.conveyance_activity >= 0
        work = planned.copy()
        work[self.conveyance_activity[loads]] = total[loads]
        aboard = boarded[self.boarding] >= 0
        until = self.place[aboard] * total[boarded[self.boarding[aboard]]]
        np.maximum.at(work, self.activity[aboard], np.rint(until).astype(np.int64))
        return work


def no_loading(conveyances: int) -> Loading:
    """Conveyances that nobody loads."""
    nothing = np.zeros(conveyances)
    nobody = np.full(conveyances, -1, dtype=np.int64)
    return Loading(nobody, nothing, nothing, _NONE, _NONE, nothing[:0])


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
        conveyance: shape (cases,), the conveyance a case is attached to, its own for a conveyance.
        arrival: shape (cases,), arrival of that conveyance.
        uptakes: the distinct sets of reforms taken up.
        uptake: shape (cases,), index into uptakes.
        first_activity: shape (cases + 1,), where the activities of each case begin.
        case: shape (activities,), case of the activity.
        step: index into steps.
        container: number of the container within its consignment, 0 for steps per case.
        work: duration in working time, but for what loading takes.
        earliest: time before which the activity is not ready.
        request: index into requests, or -1 if it needs no pool.
        returned: index into returns, or -1.
        visit: how often the case had been sent back to do the step again, 0 for the first time.
        calendar: index of the calendar an activity without pools works by, or -1.
        first_edge: shape (activities + 1,), where the successors of each activity begin.
        successor: shape (edges,), activity that waits.
        lag: shape (edges,), ticks between the end of the one and the readiness of the other.
        offers: the distinct sets of slots that are offered at an activity's end.
        offered: shape (activities,), index into offers, or -1.
        links: what boarding brings about.
        loading: how long loading takes.
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
    visit: Ints
    calendar: Ints
    first_edge: Ints
    successor: Ints
    lag: Ints
    offers: tuple[PoolDemand, ...]
    offered: Ints
    links: Links
    loading: Loading

    @property
    def cases(self) -> int:
        """Number of cases."""
        return len(self.arrival)

    @property
    def activities(self) -> int:
        """Number of activities."""
        return len(self.case)

    @property
    def predecessors(self) -> Ints:
        """Shape (activities,): how many others each waits for; what it gathers comes on top."""
        links = self.links
        own = np.bincount(self.successor, minlength=self.activities)
        late = links.activity[~links.gathers]
        return np.asarray(own + np.bincount(late, minlength=self.activities))
