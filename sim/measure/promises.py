"""Promises of time: how many of the consignments that qualify for one are cleared within it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clearance.uptake import all_hold
from sim.measure.kpi import Kpi, mean, ratio
from sim.measure.observation import Observation
from sim.measure.times import HOUR, STANDARDS, UNDEFINED, durations
from sim.scenario.traffic import Qualifying

Flags = NDArray[np.bool_]
_MEASURES = ("overall_clearance_time", "time_in_port")


def promise_kpis(observation: Observation) -> list[Kpi]:
    """Share of consignments that qualify, and shares of these by standard; by flow of several.

    A share is of those that the measure is defined for. Nothing where the traffic does not say who
    qualifies.
    """
    spec = observation.scenario.traffic.qualifying
    if spec is None:
        return []
    qualifies = _qualifies(observation, spec)
    columns = durations(observation)
    flows = [flow for flow in observation.consignments.flows if flow in observation.groups]
    kpis = []
    for group in flows or ["all"]:
        members = observation.groups[group]
        chosen = members & qualifies
        share = ratio(int(chosen.sum()), int(members.sum()))
        kpis.append(Kpi(f"{group}.qualifying.share", "1", share))
        for measure in _MEASURES:
            ticks = columns[measure][chosen & (columns[measure] != UNDEFINED)]
            kpis.extend(
                Kpi(
                    f"{group}.qualifying.{measure}.within_{hours}h",
                    "1",
                    mean((ticks <= hours * HOUR).astype(float)),
                )
                for hours in STANDARDS
            )
    return kpis


def _qualifies(observation: Observation, spec: Qualifying) -> Flags:
    """Shape (consignments,): whether the promise is for it."""
    flags = observation.consignments.flags
    suited = all_hold(spec.when, flags, len(observation.consignments))
    return suited & ~_sent_back(observation) if spec.complete else suited


def _sent_back(observation: Observation) -> Flags:
    """Shape (consignments,): whether a step was done again, its papers having been sent back."""
    return observation.per_consignment((observation.plan.visit > 0).astype(float)) > 0
