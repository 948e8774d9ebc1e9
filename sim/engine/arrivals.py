"""Vessels and consignments enter one at a time; from then on the network drives their lives."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import Event

from sim.clearance.plan import Plan
from sim.engine.network import Network

Ints = NDArray[np.int64]


def vessels(env: simpy.Environment, network: Network, plan: Plan) -> Generator[Event, None, None]:
    """Process: vessel calls in order of arrival, each a process of its own."""
    calls = np.arange(plan.conveyances)
    for call, time in _by_time(calls, first_times(plan)):
        yield env.process(vessel_call(env, network, call, time))


def vessel_call(
    env: simpy.Environment, network: Network, call: int, arrival: int
) -> Generator[Event, None, None]:
    """Process: a vessel sails until it arrives; then agencies, berth and cranes take it on."""
    yield env.timeout(arrival - env.now)
    network.admit(call)


def consignments(
    env: simpy.Environment, network: Network, plan: Plan
) -> Generator[Event, None, None]:
    """Process: consignments, each when its first paper is due, before its vessel or with it."""
    cases = np.arange(plan.conveyances, plan.cases)
    for case, time in _by_time(cases, first_times(plan)):
        if time > env.now:
            yield env.timeout(time - env.now)
        network.admit(case)


def first_times(plan: Plan) -> Ints:
    """Shape (cases,): when the first activity of each case may begin that waits for no other."""
    waits = np.bincount(plan.successor, minlength=plan.activities) > 0
    times = np.where(waits, np.iinfo(np.int64).max, plan.earliest)
    return np.minimum.reduceat(times, plan.first_activity[:-1])


def _by_time(cases: Ints, times: Ints) -> list[tuple[int, int]]:
    """Cases that enter by themselves with their times, in order of time, then number."""
    own = cases[times[cases] < np.iinfo(np.int64).max]
    order = own[np.argsort(times[own], kind="stable")]
    return list(zip(order.tolist(), times[order].tolist(), strict=True))
