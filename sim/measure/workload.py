"""What clearance asks of people: examinations, movings, papers, visits, inspector hours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, mean, ratio
from sim.measure.observation import Observation

Floats = NDArray[np.float64]
HOUR = 3600
_MOST_VISITS = {"without_visit": 0, "one_visit": 1, "two_visits": 2}
_KINDS = {"examinations": "examination", "movings": "moving", "unstuffings": "unstuffing"}
_UNITS = {
    "examinations": "boxes",
    "movings": "boxes",
    "unstuffings": "boxes",
    "data_items": "items",
    "documents": "documents",
    "visits": "visits",
    "inspector_hours": "h",
}


def workload(observation: Observation) -> dict[str, Floats]:
    """Return counts by name, shape (consignments,)."""
    plan = observation.plan
    columns = {
        name: observation.per_consignment(
            observation.steps_with("kind", kind)[plan.step].astype(float)
        )
        for name, kind in _KINDS.items()
    }
    for name in ("data_items", "documents", "visits"):
        amount = np.array([getattr(step, name) for step in plan.steps], dtype=float)
        columns[name] = observation.per_consignment(amount[plan.step])
    inspector_ticks = observation.per_consignment(inspectors(observation) * observation.trace.work)
    columns["inspector_hours"] = inspector_ticks / HOUR
    return columns


def inspectors(observation: Observation) -> Floats:
    """Shape (activities,): inspectors of any agency that an activity keeps busy."""
    plan = observation.plan
    by_request = [
        sum(units for pool, units in request.demand if plan.pools[pool].agencies)
        for request in plan.requests
    ]
    return np.array([*by_request, 0], dtype=float)[plan.request]


def workload_kpis(observation: Observation, columns: dict[str, Floats]) -> list[Kpi]:
    """Means per consignment by group, and how often each box handled twice before reform is."""
    groups = observation.groups
    kpis = [
        Kpi(f"{group}.{name}.mean", f"{_UNITS[name]}/consignment", mean(values[groups[group]]))
        for group in ("all", "examined", "examined_twice", "unexamined")
        for name, values in columns.items()
    ]
    twice = groups["handled_twice"]
    boxes = observation.consignments.containers[twice].sum()
    kpis += [
        Kpi(
            f"handled_twice.{handling}_per_container",
            f"{handling}/box",
            ratio(columns[handling][twice].sum(), boxes),
        )
        for handling in ("movings", "unstuffings")
    ]
    liable = columns["data_items"][groups["quarantine_liable"]]
    kpis.append(Kpi("quarantine_liable.data_items.mean", "items/consignment", mean(liable)))
    return kpis


def visit_kpis(observation: Observation, visits: Floats) -> list[Kpi]:
    """Shares of consignments with no window visit, at most one, at most two; by flow of several.

    Args:
        observation: of the run.
        visits: shape (consignments,), times that its papers are brought to a window.
    """
    groups = observation.groups
    flows = [flow for flow in observation.consignments.flows if flow in groups]
    return [
        Kpi(f"{group}.{name}_share", "1", mean((visits[groups[group]] <= most).astype(float)))
        for group in ("all", *flows)
        for name, most in _MOST_VISITS.items()
    ]


def permit_kpis(observation: Observation) -> list[Kpi]:
    """Share of the consignments in need of a permit that got it without a visit to a window."""
    permits = observation.steps_with("kind", "permit")
    visits = np.array([step.visits for step in observation.plan.steps]) * permits
    needed = observation.per_consignment(permits[observation.plan.step].astype(float)) > 0
    without = observation.per_consignment(visits[observation.plan.step]) == 0
    share = mean(without[observation.groups["all"] & needed].astype(float))
    return [Kpi("all.permits_without_visit_share", "1", share)]
