"""What examinations found of the violations hidden in the consignments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.measure.ranking import area_under_curve

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def examined_by(observation: Observation, agency: str) -> Flags:
    """Shape (consignments,): whether inspectors of an agency examined it."""
    chosen = observation.steps_with("examines", agency)[observation.plan.step]
    return observation.per_consignment(chosen.astype(float)) > 0


def audited_by(observation: Observation, agency: str) -> Flags:
    """Shape (consignments,): whether an agency audited it after release."""
    steps = observation.plan.steps
    audits = np.array([step.kind == "audit" and step.party == agency for step in steps])
    return observation.per_consignment(audits[observation.plan.step].astype(float)) > 0


def found_violations(observation: Observation, agency: str) -> Flags:
    """Shape (consignments,): whether a violation of the agency's rules came to light.

    At an examination, or in the agency's audit with the sensitivity of audits.
    """
    by_examination, audit = found_at_examination(observation, agency), _audit(observation, agency)
    consignments = observation.consignments
    by_audit = consignments.violation[agency] & (consignments.finding_luck[agency] < audit)
    examined = examined_by(observation, agency)
    return np.where(examined, by_examination, by_examination | by_audit)


def found_at_examination(observation: Observation, agency: str) -> Flags:
    """Shape (consignments,): whether an examination brought a violation of its rules to light.

    Its own finds one with its own sensitivity; where it did not examine, the examination of another
    agency finds one with that agency's sensitivity for rules of others.
    """
    consignments, agencies = observation.consignments, observation.scenario.agencies
    sensitivity = np.zeros(len(consignments))
    for name, spec in agencies.items():
        if spec.examination and name != agency:
            by_other = examined_by(observation, name) * spec.examination.other_sensitivity
            sensitivity = np.maximum(sensitivity, by_other)
    own = agencies[agency].examination
    if own:
        sensitivity = np.where(examined_by(observation, agency), own.own_sensitivity, sensitivity)
    lucky = consignments.finding_luck[agency] < sensitivity
    return np.asarray(consignments.violation[agency] & lucky)


def _audit(observation: Observation, agency: str) -> Floats:
    """Shape (consignments,): sensitivity of the agency's audit, 0 where it made none."""
    audit = observation.scenario.agencies[agency].audit
    sensitivity = audit.sensitivity if audit else 0.0
    return np.where(audited_by(observation, agency), sensitivity, 0.0)


def detection_kpis(observation: Observation) -> list[Kpi]:
    """What each agency inspects, scans, audits, finds and misses; by flow where there are several.

    The inspection rate counts what was opened. A hit is a violation of the agency's rules found in
    what it opened; a false alarm a finding where there was none.
    """
    groups = observation.groups
    flows = [name for name in observation.consignments.flows if name in groups]
    return [
        kpi
        for agency in observation.consignments.violation
        for group in ("all", *flows)
        for kpi in _of_group(observation, agency, group)
    ]


def _of_group(observation: Observation, agency: str, group: str) -> list[Kpi]:
    members, consignments = observation.groups[group], observation.consignments
    number = int(members.sum())
    examined = examined_by(observation, agency) & members
    audited = audited_by(observation, agency) & members
    found = found_violations(observation, agency) & members
    violating = consignments.violation[agency] & members
    scanned = consignments.flags[f"{agency}_scanned"] & members
    finding = consignments.flags[f"{agency}_finding"]
    hidden, hits = int(violating.sum()), int((found & examined).sum())
    false_alarms = int((finding & examined & ~violating).sum())
    counts = {
        "found_per_thousand": int(found.sum()),
        "missed_per_thousand": hidden - int(found.sum()),
        "found_by_audit_per_thousand": int((found & audited & ~examined).sum()),
        "false_alarms_per_thousand": false_alarms,
    }
    prefix = f"detection.{agency}" if group == "all" else f"{group}.detection.{agency}"
    return [
        Kpi(f"{prefix}.inspection_rate", "1", ratio(int(examined.sum()), number)),
        Kpi(f"{prefix}.scan_rate", "1", ratio(int(scanned.sum()), number)),
        Kpi(f"{prefix}.hit_rate", "1", ratio(hits, int(examined.sum()))),
        *(
            Kpi(f"{prefix}.{name}", "per 1000", ratio(1000 * count, number))
            for name, count in counts.items()
        ),
        Kpi(f"{prefix}.found_share", "1", ratio(int(found.sum()), hidden)),
        Kpi(f"{prefix}.auc", "1", _achieved_auc(observation, agency, members)),
    ]


def _achieved_auc(observation: Observation, agency: str, members: Flags) -> float:
    """Area under the ROC curve of the agency's scores, over what concerns it."""
    score = observation.consignments.risk_score.get(agency)
    if score is None:
        return float("nan")
    ranked = members & ~np.isnan(score)
    return area_under_curve(score[ranked], observation.consignments.violation[agency][ranked])
