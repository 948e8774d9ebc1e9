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
TIMED_GROUPS = ("all", "examined", "examined_twice", "unexamined")
MEASURES = (
    "overall_clearance_time",
    "declaration_to_release",
    "time_in_port",
    "stage.discharge",
    "stage.preparation",
    "stage.clearance",
    "stage.pickup",
)


def durations(observation: Observation) -> dict[str, Ints]:
    """Return ticks by measure, shape (consignments,); meaningful where measured.

    The stages follow Chinese national statistics: discharge, preparation until the customs
    declaration is lodged, clearance until release, pick-up. A declaration lodged before discharge
    leaves no preparation; the stages of a consignment add up to its time in port.
    """
    arrival = observation.arrival
    discharge = observation.milestone("discharge")
    lodgement = observation.milestone("lodgement")
    quarantine_lodgement = observation.milestone("quarantine_lodgement")
    release = observation.milestone("release")
    gate_out = observation.milestone("gate_out")
    first_lodgement = np.where(
        quarantine_lodgement == NEVER, lodgement, np.minimum(lodgement, quarantine_lodgement)
    )
    prepared = np.maximum(discharge, lodgement)
    return {
        "overall_clearance_time": release - arrival,
        "declaration_to_release": release - first_lodgement,
        "time_in_port": gate_out - arrival,
        "stage.discharge": discharge - arrival,
        "stage.preparation": prepared - discharge,
        "stage.clearance": release - prepared,
        "stage.pickup": gate_out - release,
    }


def observed_times(observation: Observation) -> dict[str, Observed]:
    """Return ticks of the measured consignments by ``group.measure``.

    Milestones are counted from the arrival, for all consignments that reach them.
    """
    columns = durations(observation)
    observed = {
        f"{group}.{measure}": columns[measure][observation.groups[group]].astype(np.int32)
        for group in TIMED_GROUPS
        for measure in MEASURES
    }
    for name in get_args(Milestone):
        reached = observation.milestone(name)
        counted = observation.measured & (reached != NEVER)
        if counted.any():
            since_arrival = (reached - observation.arrival)[counted]
            observed[f"all.milestone.{name}"] = since_arrival.astype(np.int32)
    return observed


def time_kpis(observed: Mapping[str, Observed]) -> list[Kpi]:
    """Mean hours of every group and measure."""
    return [Kpi(f"{key}.mean", "h", mean(column / HOUR)) for key, column in observed.items()]
