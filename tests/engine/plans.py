"""Small plans for the engine, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import WEEK, Capacity, OpenTime, one_within
from sim.clearance.plan import NO_LINKS, Links, Plan, PoolDemand, Request, no_loading
from sim.clearance.resources import Pool
from sim.clearance.step import Step, step_from_spec
from sim.scenario.base import Label
from sim.scenario.duration import Constant
from sim.scenario.resources import Discipline, EndOfShift
from sim.scenario.workflow import StepSpec

ALWAYS = OpenTime(((0, WEEK),))
LABEL = Label(en="x", zh="某")


@dataclass(frozen=True)
class Task:
    """An activity: its case, work, what it needs, and numbers of the tasks it waits for."""

    case: int
    work: int
    request: PoolDemand = ()
    after: tuple[int, ...] = ()
    earliest: int = 0
    lag: int = 0
    priority: int = 4
    calendar: int = -1
    returned: PoolDemand | None = None
    offers: PoolDemand = ()


@dataclass(frozen=True)
class Late:
    """What boarding links: the task that takes the slot, a task of its case, a task's place.

    The place is that of a task within each conveyance. The conveyance waits for the task if it
    ``gathers``, the task for it if not.
    """

    boarding: int
    task: int
    place: int
    gathers: bool = False
    lag: int = 0


def pool(
    name: str,
    capacity: int,
    discipline: Discipline = "strict",
    end_of_shift: EndOfShift = "finish",
) -> Pool:
    return Pool(name, LABEL, capacity, "hours", end_of_shift, discipline)


def staffed(open_time: OpenTime, units: int) -> Capacity:
    """The same number of units whenever a calendar is open."""
    weekly, dated = (
        tuple((tick, units * unit) for tick, unit in one_within(spans, length))
        for spans, length in ((open_time.weekly, WEEK), (open_time.dated, open_time.until))
    )
    return Capacity(weekly, dated if open_time.until else (), open_time.until)


def slots(name: str) -> Pool:
    """Slots that conveyances offer."""
    return Pool(name, LABEL, {}, "", "finish", "strict", offered=True)


def step(name: str, priority: int) -> Step:
    nothing = Constant(dist="constant", value=0.0, assumption=True)
    spec = StepSpec(
        label=LABEL, party="port", kind="transport", duration=nothing, priority=priority
    )
    return step_from_spec("w", name, spec)


def make_plan(
    tasks: Sequence[Task],
    pools: Sequence[Pool],
    calendars: Sequence[OpenTime] = (ALWAYS,),
    pool_calendar: Sequence[int] | None = None,
    conveyances: int = 0,
    capacity: Sequence[Capacity] | None = None,
    late: Sequence[Late] = (),
) -> Plan:
    """Tasks must stand case by case, numbered by their place; conveyances come first.

    Pools have their number of units in their calendar, or a capacity of their own.
    """
    cases = max(task.case for task in tasks) + 1
    pool_calendars = tuple(pool_calendar or (0,) * len(pools))
    requests = list(dict.fromkeys(task.request for task in tasks if task.request))
    backs = [task.request if task.returned is None else task.returned for task in tasks]
    returns = list(dict.fromkeys(back for back in backs if back))
    offers = list(dict.fromkeys(task.offers for task in tasks if task.offers))
    priorities = sorted({task.priority for task in tasks})
    edges = sorted(
        (before, number, task.lag) for number, task in enumerate(tasks) for before in task.after
    )
    counts = np.bincount([before for before, _, _ in edges], minlength=len(tasks)).astype(int)
    sizes = np.bincount([task.case for task in tasks], minlength=cases)
    arrivals = [np.iinfo(np.int64).max] * cases
    for task in tasks:
        arrivals[task.case] = min(arrivals[task.case], task.earliest)
    return Plan(
        steps=tuple(step(f"priority_{priority}", priority) for priority in priorities),
        calendars=tuple(calendars),
        pools=tuple(pools),
        capacity=tuple(
            capacity
            or (
                staffed(calendars[calendar], pool.roster.get("hours", 0))
                for pool, calendar in zip(pools, pool_calendars, strict=True)
            )
        ),
        pool_calendar=pool_calendars,
        requests=tuple(
            Request(demand, _suspended_by(demand, pools, pool_calendars)) for demand in requests
        ),
        returns=tuple(returns),
        conveyances=conveyances,
        conveyance=_ints(range(cases)),
        arrival=_ints(arrivals),
        uptakes=((),),
        uptake=_ints([0] * cases),
        first_activity=_ints([0, *np.cumsum(sizes)]),
        case=_ints(task.case for task in tasks),
        step=_ints(priorities.index(task.priority) for task in tasks),
        container=_ints(0 for _ in tasks),
        work=_ints(task.work for task in tasks),
        earliest=_ints(task.earliest for task in tasks),
        request=_ints(requests.index(t.request) if t.request else -1 for t in tasks),
        returned=_ints(returns.index(back) if back else -1 for back in backs),
        visit=_ints(0 for _ in tasks),
        calendar=_ints(task.calendar for task in tasks),
        first_edge=_ints([0, *np.cumsum(counts)]),
        successor=_ints(after for _, after, _ in edges),
        lag=_ints(lag for _, _, lag in edges),
        offers=tuple(offers),
        offered=_ints(offers.index(task.offers) if task.offers else -1 for task in tasks),
        links=_links(late, conveyances, sizes),
        loading=no_loading(conveyances),
    )


def _links(late: Sequence[Late], conveyances: int, sizes: NDArray[np.int64]) -> Links:
    if not late:
        return NO_LINKS
    first = np.cumsum(sizes) - sizes
    places = sorted({link.place for link in late})
    table = [
        [first[case] + place if place < sizes[case] else -1 for case in range(conveyances)]
        for place in places
    ]
    by_boarding = sorted(late, key=lambda link: link.boarding)
    return Links(
        conveyance_activity=np.array(table, dtype=np.int64),
        boarding=_ints(link.boarding for link in by_boarding),
        activity=_ints(link.task for link in by_boarding),
        column=_ints(places.index(link.place) for link in by_boarding),
        gathers=np.array([link.gathers for link in by_boarding], dtype=np.bool_),
        lag=_ints(link.lag for link in by_boarding),
    )


def _suspended_by(demand: PoolDemand, pools: Sequence[Pool], pool_calendars: Sequence[int]) -> int:
    """Tests use one suspending pool at most."""
    found = [pool_calendars[p] for p, _ in demand if pools[p].end_of_shift == "suspend"]
    return found[0] if found else -1


def _ints(values):
    return np.array(list(values), dtype=np.int64)
