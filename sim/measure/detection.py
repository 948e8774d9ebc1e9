"""What examinations found of the violations hidden in the consignments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.measure.ranking import area_under_curve

Flags = NDArray[np.bool_]


def examined_by(observation: Observation, agency: str) -> Flags:
    """Shape (consignments,): whether inspectors of an agency examined it."""
    chosen = observation.steps_with("examines", agency)[observation.plan.step]
    return observation.per_consignment(chosen.astype(float)) > 0


def found_violations(observation: Observation, agency: str) -> Flags:
    """Shape (consignments,): whether a violation of the agency's rules came to light.

    Its own examination finds one with its own sensitivity; where it did not examine, the
    examination of another agency finds one with that agency's sensitivity for rules of others.
    """
    consignments = observation.consignments
    sensitivity = np.zeros(len(consignments))
    for name, spec in observation.scenario.agencies.items():
        if spec.examination and name != agency:
            by_other = examined_by(observation, name) * spec.examination.other_sensitivity
            sensitivity = np.maximum(sensitivity, by_other)
    own = observation.scenario.agencies[agency].examination
    if own:
        by_own = examined_by(observation, agency)
        sensitivity = np.where(by_own, own.own_sensitivity, sensitivity)
    lucky = consignments.finding_luck[agency] < sensitivity
    return np.asarray(consignments.violation[agency] & lucky)


def detection_kpis(observation: Observation) -> list[Kpi]:
    """Inspection and hit rate, violations found and missed, AUC, by agency; recognised share."""
    measured = observation.measured
    number = int(measured.sum())
    kpis: list[Kpi] = []
    for agency, violating in observation.consignments.violation.items():
        examined = examined_by(observation, agency) & measured
        found = found_violations(observation, agency) & measured
        hidden = int((violating & measured).sum())
        hits = int((found & examined).sum())
        prefix = f"detection.{agency}"
        kpis += [
            Kpi(f"{prefix}.inspection_rate", "1", ratio(int(examined.sum()), number)),
            Kpi(f"{prefix}.hit_rate", "1", ratio(hits, int(examined.sum()))),
            Kpi(f"{prefix}.found_per_thousand", "per 1000", ratio(1000 * int(found.sum()), number)),
            Kpi(
                f"{prefix}.missed_per_thousand",
                "per 1000",
                ratio(1000 * (hidden - int(found.sum())), number),
            ),
            Kpi(f"{prefix}.found_share", "1", ratio(int(found.sum()), hidden)),
            Kpi(f"{prefix}.auc", "1", _achieved_auc(observation, agency)),
        ]
    return [*kpis, _recognised_share(observation)]


def _achieved_auc(observation: Observation, agency: str) -> float:
    """Area under the ROC curve of the agency's scores, over what concerns it."""
    score = observation.consignments.risk_score.get(agency)
    if score is None:
        return float("nan")
    ranked = observation.measured & ~np.isnan(score)
    return area_under_curve(score[ranked], observation.consignments.violation[agency][ranked])


def _recognised_share(observation: Observation) -> Kpi:
    """Share of what both agencies selected that customs passed on the finding of quarantine."""
    twice = observation.groups["examined_twice"]
    recognised = (
        twice & examined_by(observation, "quarantine") & ~examined_by(observation, "customs")
    )
    return Kpi("recognised_share", "1", ratio(int(recognised.sum()), int(twice.sum())))
