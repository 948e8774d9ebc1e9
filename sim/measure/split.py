"""Where the hours of each step and party go: waiting for units, working, or off shift."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from sim.clearance.step_table import common_spans
from sim.engine.calendars import Calendar
from sim.measure.kpi import Kpi
from sim.measure.observation import Observation

Ints = NDArray[np.int64]
HOUR = 3600
PARTS = ("waiting", "working", "off_shift")


def split(observation: Observation) -> dict[str, Ints]:
    """Return ticks by part, shape (activities,): together the time from ready to end.

    Waiting is time in line while the pools asked for were on shift; what is neither waiting nor
    work is off shift.
    """
    trace, plan = observation.trace, observation.plan
    waiting = np.zeros(plan.activities, dtype=np.int64)
    for number, request in enumerate(plan.requests):
        chosen = (plan.request == number) & (trace.start >= 0)
        pools = (plan.calendars[plan.pool_calendar[pool]] for pool, _ in request.demand)
        shift = Calendar(reduce(common_spans, pools))
        waiting[chosen] = shift.open_time(trace.ready[chosen], trace.start[chosen])
    off_shift = trace.end - trace.ready - plan.work - waiting
    return {"waiting": waiting, "working": plan.work, "off_shift": off_shift}


def split_kpis(observation: Observation, parts: dict[str, Ints]) -> list[Kpi]:
    """Hours by step, per consignment that meets it, and by party, per consignment."""
    measured = int(observation.measured.sum())
    names = np.array(observation.step_names)
    parties = np.array([step.party for step in observation.plan.steps])
    kpis: list[Kpi] = []
    for name, chosen in _activities_by(names, observation):
        cases = len(np.unique(observation.plan.case[chosen]))
        kpis.append(Kpi(f"step.{name}.share", "1", cases / measured))
        kpis.extend(
            Kpi(f"step.{name}.{part}", "h", float(parts[part][chosen].sum()) / HOUR / cases)
            for part in PARTS
        )
    for party, chosen in _activities_by(parties, observation):
        kpis.extend(
            Kpi(f"party.{party}.{part}", "h", float(parts[part][chosen].sum()) / HOUR / measured)
            for part in PARTS
        )
    return kpis


def _activities_by(
    label_of_step: NDArray[np.str_], observation: Observation
) -> Iterable[tuple[str, Ints]]:
    """Activities of measured consignments by a label of their step, labels in order."""
    activities = np.flatnonzero(observation.of_consignment)
    labels, index = np.unique(label_of_step, return_inverse=True)
    number = index[observation.plan.step[activities]]
    order = np.argsort(number, kind="stable")
    bounds = np.searchsorted(number[order], np.arange(len(labels) + 1))
    for position, label in enumerate(labels):
        chosen = activities[order[bounds[position] : bounds[position + 1]]]
        if len(chosen):
            yield str(label), chosen
