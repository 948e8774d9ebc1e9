"""Conservation laws of every run: nothing is lost on the way, no unit leaks, Little's law holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import Plan
from sim.engine.trace import NEVER, Trace
from sim.measure.demands import units_returned, units_wanted
from sim.scenario.errors import InvariantError

Ints = NDArray[np.int64]


def check_conservation(plan: Plan, trace: Trace) -> None:
    """Check that cases that entered have left or are still there, and that their units came back.

    Raises:
        InvariantError: the first law broken, with the case or the time at which it is.
    """
    entry, leave = _stays(plan, trace)
    for what, first, last in (
        ("conveyances", 0, plan.conveyances),
        ("consignments", plan.conveyances, plan.cases),
    ):
        _check_flow(what, entry[first:last], leave[first:last], trace)
    for pool in range(len(plan.pools)):
        if not plan.pools[pool].offered:
            _check_units_return(plan, trace, pool, leave)


def _stays(plan: Plan, trace: Trace) -> tuple[Ints, Ints]:
    """When the first activity of each case was ready, and when the last one ended, or NEVER."""
    first = plan.first_activity[:-1]
    latest = np.iinfo(np.int64).max
    ready = np.where(trace.ready == NEVER, latest, trace.ready)
    entry = np.minimum.reduceat(ready, first)
    all_ended = np.minimum.reduceat(trace.end, first) != NEVER
    leave = np.where(all_ended, np.maximum.reduceat(trace.end, first), NEVER)
    return np.where(entry == latest, NEVER, entry), leave


def _check_flow(what: str, entry: Ints, leave: Ints, trace: Trace) -> None:
    """Whoever is created leaves or is still there; the time they spend is what they are counted.

    The number present is counted from the sorted events alone, the time spent case by case: they
    meet in Little's law on the sample path, sum of stays = area under the number present.
    """
    created = entry != NEVER
    left = leave != NEVER
    if (left & ~created).any():
        case = int(np.argmax(left & ~created))
        raise InvariantError(f"{what}: case {case} left and never came")
    end = int(max(trace.end.max(initial=0), entry.max(initial=0)))
    events = np.concatenate([entry[created], leave[left]])
    change = np.concatenate([np.ones(created.sum()), -np.ones(left.sum())]).astype(np.int64)
    order = np.lexsort((-change, events))
    events, present = events[order], np.cumsum(change[order])
    if (present < 0).any():
        tick = int(events[np.argmax(present < 0)])
        raise InvariantError(f"{what}: at {tick} s more had left than had come")
    still = int(created.sum() - left.sum())
    if len(present) and present[-1] != still:
        raise InvariantError(f"{what}: {present[-1]} present at the end, but {still} never left")
    area = int((present * np.diff(events, append=end)).sum())
    stays = int((np.where(left, leave, end) - entry)[created].sum())
    if area != stays:
        raise InvariantError(f"{what}: stays of {stays} s in all, but {area} s under their number")


def _check_units_return(plan: Plan, trace: Trace, pool: int, leave: Ints) -> None:
    """Each case that is done has given back as many units as it took."""
    taken = np.where(trace.start != NEVER, units_wanted(plan, pool), 0)
    returned = np.where(trace.end != NEVER, units_returned(plan, pool), 0)
    balance = np.bincount(plan.case, taken - returned, plan.cases).astype(np.int64)
    leaked = (balance != 0) & (leave != NEVER)
    if leaked.any():
        case = int(np.argmax(leaked))
        raise InvariantError(
            f"case {case}: left with {balance[case]} units of '{plan.pools[pool].name}'"
        )
