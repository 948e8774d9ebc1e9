"""Run a plan: the engine as a function."""

from __future__ import annotations

import simpy

from sim.clearance.plan import Plan
from sim.engine.arrivals import consignments, conveyances
from sim.engine.network import Network
from sim.engine.shifts import shift
from sim.engine.trace import Trace

_PATIENCE = 2 * 365 * 86_400


def simulate(plan: Plan) -> Trace:
    """Execute a plan until all activities have ended.

    Nothing is drawn here: equal plans give equal traces. A plan whose work cannot all be done, for
    want of staff, is given up two years after the last arrival; what is left is NEVER in the trace.
    """
    env = simpy.Environment()
    network = Network(env, plan)
    for number, (pool, calendar) in enumerate(zip(plan.pools, plan.pool_calendar, strict=True)):
        env.process(shift(env, network.lines, number, pool.capacity, network.calendars[calendar]))
    env.process(conveyances(env, network, plan))
    env.process(consignments(env, network, plan))
    latest = int(plan.arrival.max(initial=0)) + _PATIENCE
    step, peek = env.step, env.peek
    while network.unfinished and peek() <= latest:
        step()
        if network.unsettled and peek() > env.now:
            network.settle()
    return network.trace()
