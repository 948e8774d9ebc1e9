"""Clearance times: overall, by the four national stages, by milestones of the WCO study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.kpi import Kpi, mean
from sim.measure.observation import Observation
from sim.scenario.workflow import Milestone

Ints = NDArray[np.int64]
Observed = NDArray[np.int32]
HOUR = 3600
_GROUPS = ("all", "examined", "examined_twice", "unexamined")
STANDARDS = (8, 10, 24, 48)
UNDEFINED = np.iinfo(np.int64).min


def timed_groups(observation: Observation) -> tuple[str, ...]:
    """Groups whose times are measured: by examination, and flows where there are several."""
    flows = (name for name in observation.consignments.flows if name in observation.groups)
    return (*_GROUPS, *flows)


def durations(observation: Observation) -> dict[str, Ints]:
    """Return ticks by measure, shape (consignments,), for those that reach what it needs.

    The stages follow Chinese national statistics. Imports: discharge, preparation until the customs
    declaration is lodged, clearance until release, pick-up. Exports, from their entry into the
    supervised area: preparation, clearance, after release until loading, departure. A declaration
    lodged before leaves no preparation; the stages of a consignment add up to its time in port.
    """
    reached = {name: observation.milestone(name) for name in get_args(Milestone)}
    entry = clearance_begins(observation)
    quarantine_lodgement = reached["quarantine_lodgement"]
    lodgement = reached["lodgement"]
    first_lodgement = np.where(
        quarantine_lodgement == NEVER, lodgement, np.minimum(lodgement, quarantine_lodgement)
    )
    discharge, loading, departure = (
        reached[name] for name in ("discharge", "loading", "departure")
    )
    landed = np.where(discharge == NEVER, entry, discharge)
    prepared = np.where(lodgement == NEVER, NEVER, np.maximum(landed, lodgement))
    left = np.where(departure == NEVER, reached["gate_out"], departure)
    release = reached["release"]
    return {
        "overall_clearance_time": _between(entry, release),
        "declaration_to_release": _between(first_lodgement, release),
        "time_in_port": _between(entry, left),
        "stage.discharge": _between(entry, discharge),
        "stage.preparation": _between(landed, prepared),
        "stage.clearance": _between(prepared, release),
        "stage.pickup": _between(release, reached["gate_out"]),
        "stage.after_release": _between(release, loading),
        "stage.departure": _between(loading, departure),
    }


def clearance_begins(observation: Observation) -> Ints:
    """Shape (consignments,): arrival of what brings it, or entry into the supervised area."""
    flows = observation.scenario.traffic.flows.values()
    arrives = np.array([flow.arrives_by is not None for flow in flows])
    by_gate = observation.milestone("gate_in")
    return np.where(arrives[observation.consignments.flow], observation.arrival, by_gate)


def _between(start: Ints, end: Ints) -> Ints:
    return np.where((start == NEVER) | (end == NEVER), UNDEFINED, end - start)


def observed_times(observation: Observation) -> dict[str, Observed]:
    """Return ticks of the measured consignments by ``group.measure``.

    Milestones are counted from where clearance begins, for all consignments that reach them. Where
    flows go in several directions, stages are told by flow alone and milestones not at all: those
    of an import and of an export are other stretches under the same name.
    """
    columns = durations(observation)
    is_mixed = _has_several_directions(observation)
    observed = {}
    for group in timed_groups(observation):
        members = observation.groups[group]
        is_flow = group in observation.consignments.flows
        # A group by examination may be empty by chance; a flow never has the stages of another.
        through = members if is_flow else observation.measured
        for measure, column in columns.items():
            defined = column != UNDEFINED
            is_told = is_flow or not (is_mixed and measure.startswith("stage."))
            if is_told and (defined & through).any():
                observed[f"{group}.{measure}"] = column[members & defined].astype(np.int32)
    for name in () if is_mixed else get_args(Milestone):
        reached = observation.milestone(name)
        counted = observation.measured & (reached != NEVER)
        if counted.any():
            since = (reached - clearance_begins(observation))[counted]
            observed[f"all.milestone.{name}"] = since.astype(np.int32)
    return observed


def _has_several_directions(observation: Observation) -> bool:
    scenario = observation.scenario
    flows = scenario.traffic.flows.values()
    return len({scenario.workflows[flow.workflow].direction for flow in flows}) > 1


def time_kpis(observed: Mapping[str, Observed]) -> list[Kpi]:
    """Mean hours of every group and measure, and shares that leave the port within a standard."""
    means = [Kpi(f"{key}.mean", "h", mean(column / HOUR)) for key, column in observed.items()]
    shares = [
        Kpi(f"{key}.within_{hours}h", "1", mean((column <= hours * HOUR).astype(float)))
        for key, column in observed.items()
        if key.endswith(".time_in_port")
        for hours in STANDARDS
    ]
    return means + shares
