"""Plans of verification cases: the only place that knows what a plan is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import WEEK, Capacity, OpenTime, Spans, one_within
from sim.clearance.plan import NO_LINKS, Plan, PoolDemand, Request, no_loading
from sim.clearance.resources import Pool
from sim.clearance.step import Step, step_from_spec
from sim.scenario.base import Label
from sim.scenario.duration import Constant
from sim.scenario.resources import EndOfShift
from sim.scenario.workflow import StepSpec

Ints = NDArray[np.int64]
ALWAYS: Spans = ((0, WEEK),)
_LABEL = Label(en="Reference case", zh="基准算例")
_NO_TIME = Constant(dist="constant", value=0.0, assumption=True)
_MIDDLE = 4


@dataclass(frozen=True)
class Servers:
    """Equal units of one pool, there during open spans of the week, in ticks."""

    units: int
    open: Spans = ALWAYS
    suspend: bool = False


SLOTS = Servers(0, ())
"""Slots that are there only at the instant in which an activity offers them."""


@dataclass(frozen=True)
class Activities:
    """Activities case by case, each case in topological order. One element an activity.

    Attributes:
        case: number of the case, from 0, never falling.
        work: ticks.
        earliest: tick before which it is not ready.
        demand: index into the demands of the network, or -1.
        returned: index into the demands given back at its end, or -1; by default what it asked for.
        priority: lower goes first.
        before: shape (edges,), activity that must have ended.
        after: shape (edges,), activity that waits for it.
        offered: index into the demands whose units it offers at its end, or -1; none by default.
            Who offers stands before all others, each in a case of its own.
    """

    case: Ints
    work: Ints
    earliest: Ints
    demand: Ints
    returned: Ints | None = None
    priority: Ints | None = None
    before: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    after: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    offered: Ints | None = None


def build_plan(
    activities: Activities, servers: tuple[Servers, ...] = (), demands: tuple[PoolDemand, ...] = ()
) -> Plan:
    """Make the plan of a network of activities.

    Args:
        activities: what is to be done.
        servers: the pools.
        demands: the distinct demands, pairs of pool and units.
    """
    number, cases = len(activities.case), int(activities.case[-1]) + 1
    none = np.zeros(number, dtype=np.int64)
    offered = none - 1 if activities.offered is None else activities.offered
    conveyances = int(np.count_nonzero(offered >= 0))
    hours = tuple(dict.fromkeys(group.open for group in servers))
    pool_calendar = tuple(hours.index(group.open) for group in servers)
    priority = none + _MIDDLE if activities.priority is None else activities.priority
    priorities, step = np.unique(priority, return_inverse=True)
    order = np.lexsort((activities.after, activities.before))
    first_activity = np.searchsorted(activities.case, np.arange(cases + 1))
    return Plan(
        steps=tuple(_step(int(level)) for level in priorities),
        calendars=tuple(OpenTime(spans) for spans in hours),
        pools=tuple(_pool(place, group) for place, group in enumerate(servers)),
        capacity=tuple(_capacity(group) for group in servers),
        pool_calendar=pool_calendar,
        requests=tuple(
            Request(demand, _suspended_by(demand, servers, pool_calendar)) for demand in demands
        ),
        returns=demands,
        conveyances=conveyances,
        conveyance=np.arange(cases),
        arrival=np.minimum.reduceat(activities.earliest, first_activity[:-1]),
        uptakes=((),),
        uptake=np.zeros(cases, dtype=np.int64),
        first_activity=first_activity,
        case=activities.case,
        step=np.asarray(step, dtype=np.int64),
        container=none,
        work=activities.work,
        earliest=activities.earliest,
        request=activities.demand,
        returned=activities.demand if activities.returned is None else activities.returned,
        visit=none,
        calendar=none - 1,
        first_edge=np.searchsorted(activities.before[order], np.arange(number + 1)),
        successor=activities.after[order],
        lag=np.zeros(len(order), dtype=np.int64),
        offers=() if activities.offered is None else demands,
        offered=offered,
        links=NO_LINKS,
        loading=no_loading(conveyances),
    )


def _suspended_by(
    demand: PoolDemand, servers: tuple[Servers, ...], pool_calendar: tuple[int, ...]
) -> int:
    """Calendar of the one suspending pool a demand names, if any."""
    found = [pool_calendar[pool] for pool, _ in demand if servers[pool].suspend]
    return found[0] if found else -1


def _pool(place: int, group: Servers) -> Pool:
    end_of_shift: EndOfShift = "suspend" if group.suspend else "finish"
    name = f"servers_{place}"
    if group == SLOTS:
        return Pool(name, _LABEL, {}, "", end_of_shift, "strict", offered=True)
    return Pool(name, _LABEL, group.units, "hours", end_of_shift, "strict")


def _capacity(group: Servers) -> Capacity:
    there = one_within(group.open, WEEK)
    return Capacity(tuple((tick, group.units * unit) for tick, unit in there))


def _step(priority: int) -> Step:
    spec = StepSpec(
        label=_LABEL, party="port", kind="transport", duration=_NO_TIME, priority=priority
    )
    return step_from_spec("reference", f"priority_{priority}", spec)
