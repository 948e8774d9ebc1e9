"""Customers in front of servers: arrivals, and the engine's visits."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sim.engine.simulate import simulate
from sim.scenario.errors import InvariantError
from sim.traffic.draws import Draws
from sim.verify.clock import Clock
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import Visits
from sim.verify.network_builder import Activities, Servers, build_plan

Ints = NDArray[np.int64]
_MARGIN = 8


def arrivals_of(law: ExponentialLaw, draws: Draws, purpose: str, clock: Clock) -> Ints:
    """Ticks of Poisson arrivals until arrivals end."""
    rate = law.rate
    number = int(rate * clock.horizon + _MARGIN * sqrt(rate * clock.horizon)) + 50
    gaps = draw(law, draws, purpose, np.arange(number, dtype=np.int64))
    times = clock.ticks(np.cumsum(gaps))
    if times[-1] < clock.last:
        raise InvariantError(f"{purpose}: too few arrivals were drawn")
    return times[times < clock.last]


def visits_of(
    arrival: Ints, work: Ints, servers: int | None, priority: Ints | None = None
) -> Visits:
    """Let the engine serve customers, in order of arrival, by so many servers or by each his own.

    Raises:
        InvariantError: the engine broke a law that every line keeps.
    """
    demand = np.full(len(arrival), -1 if servers is None else 0, dtype=np.int64)
    activities = Activities(np.arange(len(arrival)), work, arrival, demand, priority=priority)
    if servers is None:
        trace = simulate(build_plan(activities))
    else:
        trace = simulate(build_plan(activities, (Servers(servers),), (((0, 1),),)))
    visits = Visits(trace.ready, trace.start, trace.end)
    check_line(visits, arrival, work, servers, in_turn=priority is None)
    return visits


def queues_side_by_side(queue: Ints, arrival: Ints, work: Ints, servers: int) -> Visits:
    """Run independent queues in one plan, each in front of servers of its own.

    Args:
        queue: number of the queue of each customer, from 0, never falling.
        arrival: ticks, rising within a queue.
        work: ticks.
        servers: of each queue.
    """
    queues = int(queue[-1]) + 1
    demands = tuple(((number, 1),) for number in range(queues))
    activities = Activities(np.arange(len(queue)), work, arrival, queue)
    trace = simulate(build_plan(activities, (Servers(servers),) * queues, demands))
    return Visits(trace.ready, trace.start, trace.end)


def check_line(
    visits: Visits, arrival: Ints, work: Ints, servers: int | None, in_turn: bool
) -> None:
    """Check what holds on every path: conservation, time order, turn, capacity, no idle server.

    Raises:
        InvariantError: the first law broken.
    """
    laws = {
        "arrivals differ from those fed": (visits.arrival == arrival).all(),
        "one started before it arrived": (visits.start >= visits.arrival).all(),
        "one did not get its work": (visits.end == visits.start + work).all(),
    }
    if servers is not None:
        kept = np.sort(visits.end)[: max(0, len(work) - servers)]
        starts = np.sort(visits.start)
        freed = np.concatenate([np.full(min(servers, len(work)), -1), kept])
        laws["more were served than there are servers"] = (starts >= freed).all()
        laws["a server idled while one waited"] = _never_idle(visits, servers)
        if in_turn:
            laws["one overtook another"] = (np.diff(visits.start) >= 0).all()
    for broken, holds in laws.items():
        if not holds:
            raise InvariantError(broken)


def _never_idle(visits: Visits, servers: int) -> bool:
    """Whether at every start after a wait somebody ends, and all servers were busy before."""
    waited = visits.start[visits.start > visits.arrival]
    busy_before = np.searchsorted(np.sort(visits.start), waited, side="left") - np.searchsorted(
        np.sort(visits.end), waited, side="left"
    )
    return bool((busy_before == servers).all() and np.isin(waited, visits.end).all())
