"""Small plans for the engine, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.clearance.capacity import WEEK, Capacity, OpenTime, one_within
from sim.clearance.plan import Plan, PoolDemand, Request
from sim.clearance.resources import Pool
from sim.clearance.step import Step
from sim.scenario.base import Label
from sim.scenario.duration import Constant
from sim.scenario.resources import Discipline, EndOfShift

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


def step(name: str, priority: int) -> Step:
    nothing = Constant(dist="constant", value=0.0, assumption=True)
    return Step(
        name=name, origin=f"w.{name}", label=LABEL, party="port", kind="transport",
        after=(), needs=(), lag_hours=0.0, trigger=None, when=(), duration=nothing,
        per="case", uses=(), takes=(), returns=(), hours=None, priority=priority,
        milestones=(), documents=0, data_items=0, visits=0, examines=(),
    )  # fmt: skip


def make_plan(
    tasks: Sequence[Task],
    pools: Sequence[Pool],
    calendars: Sequence[OpenTime] = (ALWAYS,),
    pool_calendar: Sequence[int] | None = None,
    conveyances: int = 0,
) -> Plan:
    """Tasks must stand case by case, numbered by their place; conveyances come first."""
    cases = max(task.case for task in tasks) + 1
    pool_calendars = tuple(pool_calendar or (0,) * len(pools))
    requests = list(dict.fromkeys(task.request for task in tasks if task.request))
    backs = [task.request if task.returned is None else task.returned for task in tasks]
    returns = list(dict.fromkeys(back for back in backs if back))
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
            staffed(calendars[calendar], pool.roster["hours"])
            for pool, calendar in zip(pools, pool_calendars, strict=True)
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
        calendar=_ints(task.calendar for task in tasks),
        first_edge=_ints([0, *np.cumsum(counts)]),
        successor=_ints(after for _, after, _ in edges),
        lag=_ints(lag for _, _, lag in edges),
    )


def _suspended_by(demand: PoolDemand, pools: Sequence[Pool], pool_calendars: Sequence[int]) -> int:
    """Tests use one suspending pool at most."""
    found = [pool_calendars[p] for p, _ in demand if pools[p].end_of_shift == "suspend"]
    return found[0] if found else -1


def _ints(values):
    return np.array(list(values), dtype=np.int64)
