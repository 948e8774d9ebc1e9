"""Run a plan: the engine as a function."""

from __future__ import annotations

import simpy

from sim.clearance.plan import Plan
from sim.engine.arrivals import consignments, conveyances
from sim.engine.network import Network
from sim.engine.patience import patience
from sim.engine.shifts import shift
from sim.engine.trace import Trace


def simulate(plan: Plan) -> Trace:
    """Execute a plan until all activities have ended.

    Nothing is drawn here: equal plans give equal traces. Where work cannot be done, for want of
    staff, the run ends all the same; what is left is NEVER in the trace. The last instant is played
    to its end.
    """
    env = simpy.Environment()
    network = Network(env, plan)
    for pool, capacity in enumerate(plan.capacity):
        env.process(shift(env, network.lines, pool, capacity))
    arrivals = [env.process(kind(env, network, plan)) for kind in (conveyances, consignments)]
    goes_on = env.process(patience(env, network, plan, arrivals))
    step, peek = env.step, env.peek
    while (network.unfinished and goes_on.is_alive) or peek() == env.now:
        step()
        while network.unsettled and peek() > env.now:
            network.settle()
    trace = network.trace()
    network.dismantle()
    return trace
