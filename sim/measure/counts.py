"""How many consignments are measured, how many are examined, and how many never end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation

Flags = NDArray[np.bool_]


def count_kpis(observation: Observation) -> list[Kpi]:
    """Consignments and TEU measured, and unfinished ones; by flow where there are several."""
    consignments = observation.consignments
    kpis = _counts_of(observation, np.ones(len(consignments), dtype=np.bool_), "")
    for number, flow in enumerate(consignments.flows):
        if flow in observation.groups:
            members = observation.groups[flow]
            examined = int((observation.groups["examined"] & members).sum())
            share = ratio(examined, int(members.sum()))
            kpis += _counts_of(observation, consignments.flow == number, f"{flow}.")
            kpis.append(Kpi(f"{flow}.examined_share", "1", share))
    return kpis


def _counts_of(observation: Observation, chosen: Flags, prefix: str) -> list[Kpi]:
    measured = observation.measured & chosen
    unfinished = observation.in_window & ~observation.finished & chosen
    teu = observation.consignments.teu[measured].sum()
    return [
        Kpi(f"{prefix}consignments", "consignments", float(measured.sum())),
        Kpi(f"{prefix}teu", "TEU", float(teu)),
        Kpi(f"{prefix}unfinished", "consignments", float(unfinished.sum())),
    ]
