"""Invariants of every run, checked always: a violation stops the run and names the case."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clearance.calendars import Calendar
from sim.clearance.plan import Plan
from sim.engine.course import units_at
from sim.engine.trace import NEVER, Trace
from sim.measure.conservation import check_conservation
from sim.measure.demands import units_named, units_wanted
from sim.measure.movements import movements
from sim.scenario.errors import InvariantError

Flags = NDArray[np.bool_]


def audit(plan: Plan, trace: Trace) -> None:
    """Check order in time, work in open time, precedence, capacity, conservation.

    Raises:
        InvariantError: the first law broken.
    """
    done = trace.end != NEVER
    _require(done <= (trace.start != NEVER), plan, "ended without a start")
    _require(~done | (trace.ready >= plan.earliest), plan, "was ready before its time")
    _require(~done | (trace.start >= trace.ready), plan, "started before it was ready")
    _check_work(plan, trace, done)
    _check_precedence(plan, trace, done)
    _check_boarding(plan, trace)
    for pool, kind in enumerate(plan.pools):
        check = _check_slots if kind.offered else _check_capacity
        check(plan, trace, pool)
    check_conservation(plan, trace)


def _require(holds: Flags, plan: Plan, what: str) -> None:
    if not holds.all():
        activity = int(np.argmin(holds))
        step = plan.steps[plan.step[activity]]
        raise InvariantError(f"case {plan.case[activity]}: step '{step.name}' {what}")


def _check_work(plan: Plan, trace: Trace, done: Flags) -> None:
    """As much open time as work lies between start and end, and the end is where it is reached."""
    is_asked = trace.work == plan.loading.work(plan.work, trace.boarded)
    _require(is_asked, plan, "took other work than was on board")
    worked = trace.end - trace.start
    is_reached = np.ones_like(done)
    by_request = np.array([*(request.calendar for request in plan.requests), -1])[plan.request]
    calendar = np.where(plan.request >= 0, by_request, plan.calendar)
    for number in np.unique(calendar[calendar >= 0]).tolist():
        chosen = np.flatnonzero(done & (trace.work > 0) & (calendar == number))
        start, end = trace.start[chosen], trace.end[chosen]
        hours = Calendar(plan.calendars[number])
        worked[chosen] = hours.open_time(start, end)
        is_reached[chosen] = hours.open_time(end - 1, end) > 0
    _require(~done | (worked >= trace.work), plan, "ended before its work was done")
    in_time = is_reached & (worked <= trace.work)
    _require(~done | in_time, plan, "ended later than its work was done")


def _check_precedence(plan: Plan, trace: Trace, done: Flags) -> None:
    before = np.repeat(np.arange(plan.activities), np.diff(plan.first_edge))
    after = plan.successor
    kept = ~done[after] | (done[before] & (trace.ready[after] >= trace.end[before] + plan.lag))
    holds = np.ones(plan.activities, dtype=np.bool_)
    holds[after[~kept]] = False
    _require(holds, plan, "did not wait for a predecessor")


def _check_boarding(plan: Plan, trace: Trace) -> None:
    """Boxes waited for the conveyance they boarded, and it for what it gathered."""
    before, after, lag = plan.links.realised(trace.boarded)
    kept = (trace.end[after] == NEVER) | (
        (trace.end[before] != NEVER) & (trace.ready[after] >= trace.end[before] + lag)
    )
    holds = np.ones(plan.activities, dtype=np.bool_)
    holds[after[~kept]] = False
    _require(holds, plan, "did not wait for whom it shares a conveyance with")


def _check_slots(plan: Plan, trace: Trace, pool: int) -> None:
    """Boxes board a conveyance at the moment it offers slots, no more than it offers."""
    there, wanted = units_named(plan.offers, pool)[plan.offered], units_wanted(plan, pool)
    offering = np.flatnonzero((there > 0) & (trace.end != NEVER))
    boarding = np.flatnonzero((wanted > 0) & (trace.start != NEVER))
    times = np.concatenate([trace.end[offering], trace.start[boarding]])
    conveyances = np.concatenate([plan.case[offering], trace.boarded[boarding]])
    units = np.concatenate([there[offering], -wanted[boarding]])
    moments, index = np.unique(np.stack([times, conveyances]), axis=1, return_inverse=True)
    left = np.zeros(moments.shape[1], dtype=np.int64)
    np.add.at(left, index.ravel(), units)
    if (left < 0).any():
        time, conveyance = moments[:, np.argmax(left < 0)]
        raise InvariantError(
            f"case {conveyance}: at {time} s boxes took {-left.min()} slots of "
            f"'{plan.pools[pool].name}' more than it offered"
        )


def _check_capacity(plan: Plan, trace: Trace, pool: int) -> None:
    """Whenever units are taken, no more are in use then than there are."""
    moved = movements(plan, trace, pool)
    in_use = np.cumsum(moved.change)
    # What is taken at an instant comes last in it.
    taken = (moved.change > 0) & np.append(moved.time[1:] != moved.time[:-1], True)
    there = units_at(plan.capacity[pool], moved.time[taken])
    too_many = np.flatnonzero(in_use[taken] > there)
    if len(too_many):
        first = too_many[0]
        raise InvariantError(
            f"pool '{plan.pools[pool].name}': {in_use[taken][first]} units in use of {there[first]}"
        )
