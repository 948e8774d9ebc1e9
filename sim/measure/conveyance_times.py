"""Conveyances by stream: how many come, how long they stay, what they hold, what they carry."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.demands import units_named, units_returned, units_wanted
from sim.measure.kpi import Kpi, mean, ratio
from sim.measure.observation import Observation

Ints = NDArray[np.int64]
HOUR, DAY = 3600, 86_400
_YEAR_DAYS = 365


def conveyance_kpis(observation: Observation) -> list[Kpi]:
    """Arrivals a day, time in port, papers, boxes a year and time each pool is held, by stream.

    Beside them how many of those due in the window did not come, and how many never left.
    """
    return [kpi for name in observation.conveyances.streams for kpi in _of(observation, name)]


def _of(observation: Observation, stream: str) -> Iterator[Kpi]:
    plan, conveyances, window = observation.plan, observation.conveyances, observation.window
    own = conveyances.of_stream(stream)
    in_window = (conveyances.arrival >= window.start) & (conveyances.arrival < window.end)
    days = (window.end - window.start) / DAY
    arrived = own[in_window[own]]
    finished = arrived[observation.calls_measured[arrived]]
    departure = np.maximum.reduceat(observation.trace.end, plan.first_activity[:-1])
    stay = np.asarray((departure[finished] - plan.arrival[finished]) / HOUR, dtype=np.float64)
    documents = np.array([step.documents for step in plan.steps], dtype=float)[plan.step]
    papers = np.bincount(plan.case, weights=documents, minlength=plan.cases)
    yield Kpi(f"{stream}.arrivals_per_day", "1/day", len(arrived) / days)
    due = conveyances.cancelled_of_stream(stream)
    yield Kpi(f"{stream}.cancelled", "conveyances", float(in_window[due].sum()))
    yield Kpi(f"{stream}.never_left", "conveyances", float(len(arrived) - len(finished)))
    yield Kpi(f"{stream}.time_in_port.mean", "h", mean(stay))
    yield Kpi(
        f"{stream}.documents.mean",
        "documents/call",
        mean(np.asarray(papers[finished], dtype=np.float64)),
    )
    boxes = _boxes(observation)[arrived].sum() / days * _YEAR_DAYS
    yield Kpi(f"{stream}.boxes_per_year", "boxes/year", float(boxes))
    for number, pool in enumerate(plan.pools):
        held = _held(observation, number, finished)
        if len(held):
            yield Kpi(
                f"{stream}.holds.{pool.name}.mean",
                "h",
                mean(np.asarray(held / HOUR, dtype=np.float64)),
            )


def _boxes(observation: Observation) -> NDArray[np.float64]:
    """Shape (conveyances,): boxes unloaded and loaded, other moves included."""
    consignments, conveyances = observation.consignments, observation.conveyances
    attached = np.bincount(
        consignments.conveyance, weights=consignments.containers, minlength=len(conveyances)
    )
    boarded = observation.trace.boarded[observation.trace.boarded != NEVER]
    flows = observation.scenario.traffic.flows.values()
    departs_only = np.array([flow.arrives_by is None for flow in flows])[consignments.flow]
    booked = np.bincount(
        consignments.conveyance[departs_only],
        weights=consignments.containers[departs_only],
        minlength=len(conveyances),
    )
    loaded = np.bincount(boarded, minlength=len(conveyances))
    return np.asarray(
        attached - booked + loaded + conveyances.other_unload_moves + conveyances.other_load_moves
    )


def _held(observation: Observation, pool: int, chosen: Ints) -> Ints:
    """Ticks for which each of some conveyances held units of a pool across steps."""
    plan, trace = observation.plan, observation.trace
    of_conveyances = slice(int(plan.first_activity[plan.conveyances]))
    case = plan.case[of_conveyances]
    takes = units_wanted(plan, pool)[of_conveyances] > 0
    gives = units_returned(plan, pool)[of_conveyances] > 0
    start = np.full(plan.conveyances, NEVER, dtype=np.int64)
    first = np.flatnonzero(takes & ~gives)[::-1]
    start[case[first]] = trace.start[first]
    end = np.full(plan.conveyances, NEVER, dtype=np.int64)
    last = np.flatnonzero(gives)
    np.maximum.at(end, case[last], trace.end[last])
    held = chosen[(start[chosen] != NEVER) & (end[chosen] != NEVER)]
    return np.asarray(end[held] - start[held])


def slot_kpis(observation: Observation) -> list[Kpi]:
    """Share of the slots offered in the window that boxes took."""
    plan, trace, window = observation.plan, observation.trace, observation.window
    kpis = []
    for number, pool in enumerate(plan.pools):
        if not pool.offered:
            continue
        offered = units_named(plan.offers, number)[plan.offered]
        begun, ended = (
            (times >= window.start) & (times < window.end) for times in (trace.start, trace.end)
        )
        taken = begun & (units_wanted(plan, number) > 0)
        there = offered[ended].sum()
        kpis.append(Kpi(f"slots.{pool.name}.filled", "1", ratio(int(taken.sum()), int(there))))
    return kpis
