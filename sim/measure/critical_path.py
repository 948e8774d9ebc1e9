"""Which step set the release time: the chain of activities that waited for one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.measure.times import clearance_begins

Ints = NDArray[np.int64]
_NONE = -1


def binding_predecessors(observation: Observation) -> Ints:
    """Shape (activities,): the predecessor whose end made it ready, the first of several, or -1."""
    plan, trace = observation.plan, observation.trace
    linked_before, linked_after, linked_lag = plan.links.realised(trace.boarded)
    own_before = np.repeat(np.arange(plan.activities), np.diff(plan.first_edge))
    before = np.concatenate([own_before, linked_before])
    after = np.concatenate([plan.successor, linked_after])
    binds = trace.end[before] + np.concatenate([plan.lag, linked_lag]) == trace.ready[after]
    binding = np.full(plan.activities, _NONE, dtype=np.int64)
    binding[after[binds][::-1]] = before[binds][::-1]
    return binding


def critical_ticks(observation: Observation) -> Ints:
    """Ticks by step of the plan that lay on the critical path to release.

    The path starts at the arrival, or where exports enter the supervised area. An activity on it
    counts from the end of the one before, lags and waiting included; nothing earlier counts. A
    trigger that nobody's end explains ends the path.
    """
    plan, trace = observation.plan, observation.trace
    binding = binding_predecessors(observation)
    current = _release_activities(observation)
    entry = clearance_begins(observation)[plan.case[current] - plan.conveyances]
    total = np.zeros(len(plan.steps), dtype=np.int64)
    while len(current):
        previous = binding[current]
        since = np.where(previous == _NONE, trace.ready[current], trace.end[previous])
        spent = np.maximum(trace.end[current], entry) - np.maximum(since, entry)
        np.add.at(total, plan.step[current], spent)
        goes_on = (previous != _NONE) & (since > entry)
        current, entry = previous[goes_on], entry[goes_on]
    return total


def _release_activities(observation: Observation) -> Ints:
    is_release = observation.steps_with("milestones", "release")[observation.plan.step]
    return np.flatnonzero(is_release & observation.of_consignment)


def critical_kpis(observation: Observation) -> list[Kpi]:
    """Share of the time to release that each step, and each party, set."""
    ticks = critical_ticks(observation)
    whole = float(ticks.sum())
    by_step: dict[str, int] = {}
    by_party: dict[str, int] = {}
    for step, name, spent in zip(
        observation.plan.steps, observation.step_names, ticks.tolist(), strict=True
    ):
        by_step[name] = by_step.get(name, 0) + spent
        by_party[step.party] = by_party.get(step.party, 0) + spent
    return [
        Kpi(key, "1", ratio(spent, whole), absent=0.0)
        for prefix, shares in (("critical", by_step), ("critical.party", by_party))
        for key, spent in ((f"{prefix}.{name}", spent) for name, spent in sorted(shares.items()))
    ]
