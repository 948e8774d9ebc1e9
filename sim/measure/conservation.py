"""Conservation laws of every run: the trace agrees with what the engine counted while it ran."""

from __future__ import annotations

import numpy as np

from sim.clearance.plan import Plan
from sim.engine.course import units_at
from sim.engine.tally import Tally
from sim.engine.trace import NEVER, Trace
from sim.measure.demands import units_returned, units_wanted
from sim.scenario.errors import InvariantError


def check_conservation(plan: Plan, trace: Trace) -> None:
    """Check that the trace is what happened, that nothing was lost, and that units came back.

    The engine takes the time by its own clock whenever an activity joins a line, is granted units
    or ends. So the areas under the number in line and at work are those of the trace: Little's law
    on the path. A trace that no engine made is held to the return of units alone.

    Raises:
        InvariantError: the first law broken, with the case, the pool or what was counted.
    """
    if trace.tally is not None:
        _check_times(plan, trace, trace.tally)
    for pool in range(len(plan.pools)):
        if not plan.pools[pool].offered:
            _check_units(plan, trace, pool)


def _check_times(plan: Plan, trace: Trace, tally: Tally) -> None:
    ended = trace.end != NEVER
    if tally.ended != ended.sum():
        raise InvariantError(
            f"activities ended: {tally.ended} in the run, {ended.sum()} in its trace"
        )
    in_line = (plan.request >= 0) & (trace.ready != NEVER) & (trace.ready <= tally.until)
    granted = (plan.request >= 0) & (trace.start != NEVER)
    released = ended & ((plan.request >= 0) | (plan.returned >= 0) | (plan.offered >= 0))
    for what, by_clock, in_trace in (
        ("came to a line", tally.joined_at, trace.ready[in_line]),
        ("were granted units", tally.granted_at, trace.start[granted]),
        ("were done with units", tally.released_at, trace.end[released]),
    ):
        if by_clock != in_trace.sum():
            raise InvariantError(
                f"activities {what}: {by_clock} s by the clock of the run, {in_trace.sum()} s in "
                "its trace, all added up"
            )


def _check_units(plan: Plan, trace: Trace, pool: int) -> None:
    """Each case that is done has given back what it took; what the others hold is not free."""
    taken = np.where(trace.start != NEVER, units_wanted(plan, pool), 0)
    returned = np.where(trace.end != NEVER, units_returned(plan, pool), 0)
    held = np.bincount(plan.case, taken - returned, plan.cases).astype(np.int64)
    left = np.minimum.reduceat(trace.end, plan.first_activity[:-1]) != NEVER
    leaked = (held != 0) & left
    name = plan.pools[pool].name
    if leaked.any():
        case = int(np.argmax(leaked))
        raise InvariantError(f"case {case}: left with {held[case]} units of '{name}'")
    if trace.tally is not None:
        there = int(units_at(plan.capacity[pool], np.array([trace.tally.until]))[0])
        free, found = trace.tally.free[pool], there - int(held.sum())
        if free != found:
            raise InvariantError(f"'{name}': {free} units free in the end, {found} by the trace")
