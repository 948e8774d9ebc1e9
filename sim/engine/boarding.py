"""Slots on conveyances: who offers them, who took one, and what that brings about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

import numpy as np

from sim.clearance.plan import Plan, PoolDemand
from sim.engine.trace import NEVER

# An activity of the box, which activity of the conveyance, the lag, and whether that one waits.
_Link = tuple[int, int, int, bool]


class Boarding:
    """Offers that wait to be handed out, and the conveyance each box has boarded."""

    def __init__(self, plan: Plan) -> None:
        self.boarded = np.full(plan.activities, NEVER, dtype=np.int64)
        self._plan = plan
        self._offers = dict(
            zip(
                np.flatnonzero(plan.offered >= 0).tolist(),
                plan.offered[plan.offered >= 0].tolist(),
                strict=True,
            )
        )
        self._offering: list[int] = []
        links = plan.links
        self._of_conveyance = links.conveyance_activity.tolist()
        self._links: dict[int, list[_Link]] = {}
        columns = (links.boarding, links.activity, links.column, links.lag, links.gathers)
        for boarding, *link in zip(*(column.tolist() for column in columns), strict=True):
            self._links.setdefault(boarding, []).append(tuple(link))

        loading = plan.loading
        self._boxes = [0] * plan.conveyances
        self._box_loading: dict[int, list[tuple[int, float]]] = {}
        of_boxes = (loading.boarding, loading.activity, loading.place)
        for boarding, activity, place in zip(*(c.tolist() for c in of_boxes), strict=True):
            self._box_loading.setdefault(boarding, []).append((activity, place))

    @property
    def offering(self) -> bool:
        """Whether a conveyance has slots to hand out."""
        return bool(self._offering)

    def offer(self, activity: int) -> bool:
        """Note that an activity has ended, if it is one that offers slots; say whether it is."""
        if activity not in self._offers:
            return False
        heappush(self._offering, activity)
        return True

    def next_offering(self) -> int:
        """Take the next activity whose slots are handed out, in canonical order."""
        return heappop(self._offering)

    def slots(self, offering: int) -> PoolDemand:
        """Pools and units an activity offers."""
        return self._plan.offers[self._offers[offering]]

    def load(self, granted: Sequence[int], offering: int) -> Iterator[tuple[int, int]]:
        """Yield the work of loading, of the conveyance and of boxes that have just boarded it."""
        conveyance, loading = int(self._plan.case[offering]), self._plan.loading
        self._boxes[conveyance] += len(granted)
        box_ticks = float(loading.box_ticks[conveyance])
        total = round(float(loading.other_ticks[conveyance]) + self._boxes[conveyance] * box_ticks)
        activity = int(loading.conveyance_activity[conveyance])
        if activity != NEVER:
            yield activity, total
        for boarding in granted:
            for own, place in self._box_loading.get(boarding, ()):
                yield own, round(place * total)

    def board(self, boarding: int, offering: int) -> Iterator[tuple[int, int, int, bool]]:
        """Note who boarded; yield who waits for whom from now on: before, after and lag.

        And whether that is new to the one that waits: a box knew that it would wait for some
        conveyance, a conveyance did not know the box.
        """
        conveyance = int(self._plan.case[offering])
        self.boarded[boarding] = conveyance
        for own, column, lag, gathers in self._links.get(boarding, ()):
            other = self._of_conveyance[column][conveyance]
            if not gathers:
                yield other, own, lag, False
            elif other != NEVER:
                yield own, other, lag, True
