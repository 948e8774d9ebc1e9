"""The network again, by a naive walk through every tick and every activity. Slow and plain."""

from __future__ import annotations

from collections.abc import Iterator

from sim.clearance.plan import Plan
from sim.engine.trace import NEVER


class NaiveWalk:
    """Walks a plan of strict pools that are always open; slots included.

    Attributes:
        start: of every activity.
        end: of every activity.
        boarded: conveyance of every activity that took a slot.
    """

    def __init__(self, plan: Plan, until: int) -> None:
        self.plan = plan
        self.start = [NEVER] * plan.activities
        self.end = [NEVER] * plan.activities
        self.ready = [NEVER] * plan.activities
        self.boarded = [NEVER] * plan.activities
        self._before: list[list[tuple[int, int]]] = [[] for _ in range(plan.activities)]
        for activity in range(plan.activities):
            for edge in range(plan.first_edge[activity], plan.first_edge[activity + 1]):
                self._before[plan.successor[edge]].append((activity, int(plan.lag[edge])))
        self._handed_out: set[int] = set()
        self._returned: set[int] = set()
        self._free = [0 if pool.offered else pool.roster["hours"] for pool in plan.pools]
        for now in range(until):
            while self._moves(now):
                pass

    def _moves(self, now: int) -> bool:
        """Do the first of all that can be done now; say whether there was anything."""
        return self._return_units(now) or self._begin(now) or self._hand_out(now)

    def _return_units(self, now: int) -> bool:
        back = [
            activity
            for activity, end in enumerate(self.end)
            if end == now and activity not in self._returned
        ]
        for activity in back:
            self._returned.add(activity)
            if self.plan.returned[activity] >= 0:
                for pool, units in self.plan.returns[self.plan.returned[activity]]:
                    self._free[pool] += units
        return bool(back)

    def _begin(self, now: int) -> bool:
        """Let pure delays run and free units be taken."""
        for activity in range(self.plan.activities):
            if self.ready[activity] == NEVER and self._is_ready(activity, now):
                self.ready[activity] = now
        waiting = self._waiting()
        delays = [activity for activity in waiting if self.plan.request[activity] < 0]
        for activity in delays:
            self._start(activity, now)
        return bool(delays) or bool(self._grant(waiting, now))

    def _waiting(self) -> list[int]:
        return [
            activity
            for activity, ready in enumerate(self.ready)
            if ready != NEVER and self.start[activity] == NEVER
        ]

    def _grant(self, waiting: list[int], now: int) -> list[int]:
        left = self._free.copy()
        granted = []
        for activity in sorted(waiting, key=self._place):
            demand = self.plan.requests[self.plan.request[activity]].demand
            if all(left[pool] >= units for pool, units in demand):
                granted.append(activity)
                self._start(activity, now)
                for pool, units in demand:
                    self._free[pool] -= units
            for pool, units in demand:
                left[pool] = max(0, left[pool] - units)
        return granted

    def _place(self, activity: int) -> tuple[int, int, int]:
        return self.plan.steps[self.plan.step[activity]].priority, self.ready[activity], activity

    def _start(self, activity: int, now: int) -> None:
        self.start[activity], self.end[activity] = now, now + int(self.plan.work[activity])

    def _hand_out(self, now: int) -> bool:
        """Hand out the slots of one activity that offers some; those nobody takes lapse."""
        for activity, offered in enumerate(self.plan.offered.tolist()):
            if offered < 0 or self.end[activity] != now or activity in self._handed_out:
                continue
            self._handed_out.add(activity)
            for pool, units in self.plan.offers[offered]:
                self._free[pool] = units
            for boarding in self._grant(self._waiting(), now):
                self.boarded[boarding] = int(self.plan.case[activity])
            for pool, _ in self.plan.offers[offered]:
                self._free[pool] = 0
            return True
        return False

    def _is_ready(self, activity: int, now: int) -> bool:
        return now >= self.plan.earliest[activity] and all(
            self._has_ended(before, lag, now) for before, lag in self._waits_for(activity)
        )

    def _has_ended(self, before: int, lag: int, now: int) -> bool:
        """Whether an activity has ended; one that offers slots must have handed them out."""
        if before == NEVER or self.end[before] == NEVER or self.end[before] + lag > now:
            return False
        return self.plan.offered[before] < 0 or before in self._handed_out

    def _waits_for(self, activity: int) -> Iterator[tuple[int, int]]:
        yield from self._before[activity]
        links = self.plan.links
        for link, boarding in enumerate(links.boarding.tolist()):
            own, lag = int(links.activity[link]), int(links.lag[link])
            aboard = self.boarded[boarding]
            of_conveyance = (
                int(links.conveyance_activity[links.column[link], aboard])
                if aboard != NEVER
                else NEVER
            )
            if links.gathers[link] and of_conveyance == activity:
                yield own, lag
            elif not links.gathers[link] and own == activity:
                yield of_conveyance, lag
