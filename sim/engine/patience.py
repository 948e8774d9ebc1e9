"""When to give up on work that nobody will ever do."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import simpy
from simpy.events import Event, Process

from sim.clearance.capacity import WEEK
from sim.clearance.plan import Plan
from sim.engine.network import Network

_LONGEST = 2 * 365 * 86_400


def patience(
    env: simpy.Environment, network: Network, plan: Plan, arrivals: Sequence[Process]
) -> Generator[Event, None, None]:
    """Process: it ends when what is left will never be done, or not within two years.

    Once everybody has arrived and nothing is at work, only changes of shift can make an activity
    start. They are the same every week, so after one week in vain they never will.
    """
    settled = max((capacity.until for capacity in plan.capacity), default=0)
    latest = int(plan.arrival.max(initial=0)) + _LONGEST
    left_before = None
    while env.now <= latest:
        yield env.timeout(min(WEEK, latest + 1 - env.now))
        is_still = env.now > settled and not (
            network.in_motion or any(process.is_alive for process in arrivals)
        )
        left = network.unfinished if is_still else None
        if left is not None and left == left_before:
            return
        left_before = left
