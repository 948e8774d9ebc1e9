"""Where the hours of each step and party go: waiting for units, working, or off shift."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.clearance.calendars import Calendar
from sim.clearance.capacity import WEEK, OpenTime, common_time
from sim.clearance.plan import Plan, Request
from sim.measure.kpi import Kpi
from sim.measure.observation import Observation

Ints = NDArray[np.int64]
HOUR = 3600
PARTS = ("waiting", "working", "off_shift")


def split(observation: Observation) -> dict[str, Ints]:
    """Return ticks by part, shape (activities,): together the time from ready to end.

    Waiting is time in line while the pools had as many units on shift as are asked for; what is
    neither waiting nor work is off shift. Slots have no shift: a box just waits for them.
    """
    trace, plan = observation.trace, observation.plan
    waiting = np.zeros(plan.activities, dtype=np.int64)
    for number, request in enumerate(plan.requests):
        chosen = (plan.request == number) & (trace.start >= 0)
        shift = _shift(plan, request)
        waiting[chosen] = shift.open_time(trace.ready[chosen], trace.start[chosen])
    off_shift = trace.end - trace.ready - trace.work - waiting
    return {"waiting": waiting, "working": trace.work, "off_shift": off_shift}


def _shift(plan: Plan, request: Request) -> Calendar:
    """When as many units as are asked for are on shift."""
    staffed = [(pool, units) for pool, units in request.demand if not plan.pools[pool].offered]
    if not staffed:
        return Calendar(OpenTime(((0, WEEK),)))
    pools, units = zip(*staffed, strict=True)
    return Calendar(common_time([plan.capacity[pool] for pool in pools], units))


def split_kpis(observation: Observation, parts: dict[str, Ints]) -> list[Kpi]:
    """Hours by step, and by party per consignment.

    Hours of a step are per activity: per case, or per box where it is done box by box. Its share
    is that of the consignments, or vessel calls, that meet it. A party's hours add up all
    activities of a consignment, boxes one by one.
    """
    plan = observation.plan
    names = np.array(observation.step_names)
    parties = np.array([step.party for step in plan.steps])
    consignments, calls = int(observation.measured.sum()), int(observation.calls_measured.sum())
    kpis: list[Kpi] = []
    for name, chosen in _activities_by(names, observation.counted, observation):
        cases = np.unique(plan.case[chosen])
        of_calls = bool(cases[0] < plan.conveyances)
        share = len(cases) / (calls if of_calls else consignments)
        kpis.append(Kpi(f"step.{name}.share", "1", share, absent=0.0))
        kpis.extend(
            Kpi(f"step.{name}.{part}", "h", float(parts[part][chosen].sum()) / HOUR / len(chosen))
            for part in PARTS
        )
    for party, chosen in _activities_by(parties, observation.of_consignment, observation):
        kpis.extend(
            Kpi(
                f"party.{party}.{part}",
                "h",
                float(parts[part][chosen].sum()) / HOUR / consignments,
                absent=0.0,
            )
            for part in PARTS
        )
    return kpis


def _activities_by(
    label_of_step: NDArray[np.str_], counted: NDArray[np.bool_], observation: Observation
) -> Iterable[tuple[str, Ints]]:
    """Activities that are counted, by a label of their step, labels in order."""
    activities = np.flatnonzero(counted)
    labels, index = np.unique(label_of_step, return_inverse=True)
    number = index[observation.plan.step[activities]]
    order = np.argsort(number, kind="stable")
    bounds = np.searchsorted(number[order], np.arange(len(labels) + 1))
    for position, label in enumerate(labels):
        chosen = activities[order[bounds[position] : bounds[position + 1]]]
        if len(chosen):
            yield str(label), chosen
