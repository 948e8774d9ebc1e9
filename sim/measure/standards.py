"""Standards of time: which activities ended as soon after they were ready as was promised."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, mean
from sim.measure.observation import Observation
from sim.traffic.distributions import ticks

Flags = NDArray[np.bool_]


def standard_kpis(observation: Observation) -> list[Kpi]:
    """Share of the activities under a standard that kept it, by party, and by flow of several.

    Activities are those of measured consignments and conveyances, boxes and visits one by one. The
    time is that from ready to end, by day and by night.
    """
    promised = observation.counted & _has_standard(observation)
    in_time = _in_time(observation).astype(float)
    return [
        Kpi(f"{prefix}standards.{party}kept_share", "1", mean(in_time[chosen & promised]))
        for prefix, party, chosen in _groups(observation)
        if (chosen & promised).any()
    ]


def _has_standard(observation: Observation) -> Flags:
    steps = observation.plan.steps
    return np.array([step.standard_hours is not None for step in steps])[observation.plan.step]


def _in_time(observation: Observation) -> Flags:
    """Shape (activities,): whether it ended in time; meaningful where it has a standard."""
    hours = np.array([step.standard_hours or 0.0 for step in observation.plan.steps])
    trace = observation.trace
    return np.asarray(trace.end - trace.ready <= ticks(hours)[observation.plan.step])


def _groups(observation: Observation) -> Iterator[tuple[str, str, Flags]]:
    """What stands before and after ``standards`` in the key, and the activities that it is for."""
    plan = observation.plan
    yield "", "", np.ones(plan.activities, dtype=np.bool_)
    for party in sorted({step.party for step in plan.steps}):
        yield "", f"{party}.", observation.steps_with("party", party)[plan.step]
    of_calls = np.zeros(plan.conveyances, dtype=np.bool_)
    for flow in observation.consignments.flows:
        if flow in observation.groups:
            members = np.concatenate([of_calls, observation.groups[flow]])
            yield f"{flow}.", "", members[plan.case]
