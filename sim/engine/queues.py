"""Waiting lines and the rule by which free units are granted.

Activities with the same request wait in one line, in canonical order. Pools that share a request
are granted together, by one walk through their lines in canonical order:

* in a ``strict`` pool, whoever stands further ahead reserves what it still lacks, so an activity
  starts only if the units are left over by everyone ahead of it;
* in a ``greedy`` pool, whoever fits goes.

All units of a request are granted at once or none. The outcome depends on the set of waiting
activities alone, never on the order in which they joined or in which pools are looked at.

An activity that asks for more units than there ever are stands in no line, so that it keeps nobody
waiting.
"""

from __future__ import annotations

from collections import Counter
from heapq import heappop, heappush

import numpy as np

from sim.clearance.capacity import most_units
from sim.clearance.plan import Plan, PoolDemand
from sim.scenario.errors import InputError

# A place in line is one number: priority, ready time, and the activity itself, which tells case and
# place within the case apart. 2^31 seconds are 68 years.
_READY_BITS, _ACTIVITY_BITS = 31, 29
_ACTIVITY = (1 << _ACTIVITY_BITS) - 1


class Lines:
    """Free units of every pool and the lines in front of them."""

    def __init__(self, plan: Plan) -> None:
        self.free = [0] * len(plan.pools)
        self._demand = [request.demand for request in plan.requests]
        self._strict = [pool.discipline == "strict" for pool in plan.pools]
        self._lines: list[list[int]] = [[] for _ in plan.requests]
        most = [_most(plan, pool) for pool in range(len(plan.pools))]
        self._is_possible = [_fits(demand, most) for demand in self._demand]
        self._priority = _shifted_priorities(plan)
        self._district = _districts(self._demand, len(plan.pools))
        self._requests_of = _requests_by_district(self._demand, self._district)
        self._contested = _contested_pools(self._demand, self._strict)
        self._changed: set[int] = set()

    @property
    def changed(self) -> bool:
        """Whether units or lines have changed since units were last granted."""
        return bool(self._changed)

    def join(self, request: int, ready: int, activity: int) -> None:
        """Put an activity that is ready since then into its line."""
        if not self._is_possible[request]:
            return
        place = self._priority[activity] + (ready << _ACTIVITY_BITS) + activity
        heappush(self._lines[request], place)
        self._changed.add(self._district[self._demand[request][0][0]])

    def change(self, pool: int, units: int) -> None:
        """Add units to a pool, or take them away; what is in use stays in use."""
        self.free[pool] += units
        self._changed.add(self._district[pool])

    def grant(self) -> list[int]:
        """Take units from the pools for the activities that start now, and return these."""
        granted: list[int] = []
        changed, self._changed = sorted(self._changed), set()
        for district in changed:
            requests = [request for request in self._requests_of[district] if self._lines[request]]
            if len(requests) == 1:
                self._walk_one(requests[0], granted)
            elif requests:
                self._walk_many(requests, granted)
        return granted

    def _walk_one(self, request: int, granted: list[int]) -> None:
        line, demand, free = self._lines[request], self._demand[request], self.free
        while line and _fits(demand, free):
            for pool, units in demand:
                free[pool] -= units
            granted.append(heappop(line) & _ACTIVITY)

    def _walk_many(self, requests: list[int], granted: list[int]) -> None:
        left = self.free.copy()
        passed: dict[int, list[int]] = {request: [] for request in requests}
        while requests:
            request = min(requests, key=lambda candidate: self._lines[candidate][0])
            line, demand = self._lines[request], self._demand[request]
            waiting = heappop(line)
            if _fits(demand, left):
                for pool, units in demand:
                    self.free[pool] -= units
                    left[pool] -= units
                granted.append(waiting & _ACTIVITY)
            else:
                passed[request].append(waiting)
                self._reserve(left, request)
            if not line or self._is_hopeless(left, request):
                requests.remove(request)
        for request, line in passed.items():
            for waiting in line:
                heappush(self._lines[request], waiting)

    def _reserve(self, left: list[int], request: int) -> None:
        """Keep the units of strict pools for an activity that cannot start yet."""
        for pool, units in self._demand[request]:
            if self._strict[pool]:
                left[pool] = max(0, left[pool] - units)

    def _is_hopeless(self, left: list[int], request: int) -> bool:
        """Whether nobody of this line can start, or reserve what another line could use."""
        return not _fits(self._demand[request], left) and all(
            left[pool] <= 0 for pool in self._contested[request]
        )


def _most(plan: Plan, pool: int) -> int:
    """Most units of a pool there ever are: on shift, or offered by one conveyance."""
    offered = max((dict(demand).get(pool, 0) for demand in plan.offers), default=0)
    capacity = plan.capacity[pool]
    return max(offered, most_units((*capacity.weekly, *capacity.dated)))


def _fits(demand: PoolDemand, free: list[int]) -> bool:
    for pool, units in demand:  # noqa: SIM110 - all() over a generator costs twice the time
        if free[pool] < units:
            return False
    return True


def _shifted_priorities(plan: Plan) -> list[int]:
    """Priority of each activity, where it stands in a place in line.

    Raises:
        InputError: there are more activities than places can tell apart.
    """
    if plan.activities >> _ACTIVITY_BITS:
        raise InputError(
            f"a replication may have {1 << _ACTIVITY_BITS:,} activities; this one has "
            f"{plan.activities:,}"
        )
    priority = np.array([step.priority for step in plan.steps], dtype=np.int64)
    shifted: list[int] = (priority << (_READY_BITS + _ACTIVITY_BITS))[plan.step].tolist()
    return shifted


def _contested_pools(demands: list[PoolDemand], strict: list[bool]) -> list[list[int]]:
    """For each request the strict pools that some other request asks for too."""
    askers = Counter(pool for demand in demands for pool, _ in demand)
    return [[pool for pool, _ in demand if strict[pool] and askers[pool] > 1] for demand in demands]


def _districts(demands: list[PoolDemand], pools: int) -> list[int]:
    """For each pool the smallest pool it is linked with, directly or not, by a request."""
    district = list(range(pools))
    for demand in demands:
        linked = {district[pool] for pool, _ in demand}
        smallest = min(linked)
        district = [smallest if number in linked else number for number in district]
    return district


def _requests_by_district(demands: list[PoolDemand], district: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {number: [] for number in district}
    for request, demand in enumerate(demands):
        found[district[demand[0][0]]].append(request)
    return found
