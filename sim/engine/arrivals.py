"""Conveyances and consignments enter one by one; from then on the network drives their lives."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import Event

from sim.clearance.plan import Plan
from sim.engine.network import Network

Ints = NDArray[np.int64]


def conveyances(
    env: simpy.Environment, network: Network, plan: Plan
) -> Generator[Event, None, None]:
    """Process: conveyances in order of arrival, each a process of its own."""
    for number, time in _by_time(np.arange(plan.conveyances), first_times(plan)):
        yield env.process(conveyance(env, network, number, time))


def conveyance(
    env: simpy.Environment, network: Network, number: int, arrival: int
) -> Generator[Event, None, None]:
    """Process: a vessel, train, flight or truck is under way until it arrives.

    Then agencies, berth and cranes, or what stands for them, take it on.
    """
    yield env.timeout(arrival - env.now)
    network.admit(number)


def consignments(
    env: simpy.Environment, network: Network, plan: Plan
) -> Generator[Event, None, None]:
    """Process: consignments, each when its first paper is due, before its conveyance or with it."""
    cases = np.arange(plan.conveyances, plan.cases)
    for case, time in _by_time(cases, first_times(plan)):
        if time > env.now:
            yield env.timeout(time - env.now)
        network.admit(case)


def first_times(plan: Plan) -> Ints:
    """Shape (cases,): when the first activity of each case may begin that waits for no other."""
    times = np.where(plan.predecessors > 0, np.iinfo(np.int64).max, plan.earliest)
    return np.minimum.reduceat(times, plan.first_activity[:-1])


def _by_time(cases: Ints, times: Ints) -> list[tuple[int, int]]:
    """Cases that enter by themselves with their times, in order of time, then number."""
    own = cases[times[cases] < np.iinfo(np.int64).max]
    order = own[np.argsort(times[own], kind="stable")]
    return list(zip(order.tolist(), times[order].tolist(), strict=True))
