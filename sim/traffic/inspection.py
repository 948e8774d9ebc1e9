"""Hidden violations, and what each agency picks: to examine, to scan first, to audit afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import SELECTING_AGENCIES, Agency
from sim.scenario.scenario import Scenario
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import by_tier
from sim.traffic.selection import risk_scores, select

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Inspection:
    """One element a consignment.

    Attributes:
        flags: by name, ``<agency>_selected`` and what follows from it, and ``laboratory``.
        violation: by agency, whether its rules are broken.
    """

    flags: Mapping[str, Flags]
    violation: Mapping[str, Flags]


def draw_inspection(
    scenario: Scenario,
    factors: Mapping[str, float],
    entity: Ints,
    tier: Ints,
    liable: Flags,
    draws: Draws,
) -> Inspection:
    """Draw violations and what the agencies pick.

    Args:
        scenario: with agencies and violations.
        factors: on the inspection rate of an agency in this flow; 1 where not given.
        entity: shape (n,), identities.
        tier: shape (n,), indices into TIERS.
        liable: shape (n,), whether quarantine supervises the goods at all.
        draws: of the flow.
    """
    spec = scenario.traffic.violations
    tier_factor = by_tier(spec.tier_factor)
    probabilities = {
        agency: np.minimum(1.0, base * tier_factor) for agency, base in spec.probability.items()
    }
    violation = {
        agency: draws.uniform(f"violation.{agency}", entity) < probability[tier]
        for agency, probability in probabilities.items()
    }
    # Goods that quarantine does not supervise cannot break its rules.
    violation["quarantine"] = violation["quarantine"] & liable
    flags: dict[str, Flags] = {}
    for name in SELECTING_AGENCIES:
        agency = scenario.agencies[name]
        selected = np.zeros(len(entity), dtype=np.bool_)
        if agency.selection:
            rates = np.minimum(1.0, by_tier(agency.selection.rate) * factors.get(name, 1.0))
            scores = risk_scores(draws, name, entity, spec.score_correlation)
            luck = draws.uniform(f"random_selection.{name}", entity)
            selected = select(
                agency.selection, probabilities[name], violation[name], tier, rates, scores, luck
            )
        if name == "quarantine":
            selected = selected & liable
        flags |= _treatment(name, agency, selected, violation[name], entity, draws)
    tested = draws.uniform("laboratory", entity) < scenario.traffic.reviews.laboratory_share
    flags["laboratory"] = tested & flags["quarantine_selected"]
    return Inspection(flags, violation)


def _treatment(
    name: str, agency: Agency, selected: Flags, violating: Flags, entity: Ints, draws: Draws
) -> dict[str, Flags]:
    """What becomes of what an agency has selected, and of the rest."""

    def lucky(purpose: str, chance: Floats | float) -> Flags:
        return np.asarray(draws.uniform(f"{purpose}.{name}", entity) < chance)

    scanned, opened = np.zeros_like(selected), selected
    if agency.scan:
        scan = agency.scan
        scanned = selected & lucky("scan", scan.share)
        alarm = lucky("alarm", np.where(violating, scan.sensitivity, scan.false_alarm))
        opened = selected & (~scanned | alarm)
    finding = np.zeros_like(selected)
    if agency.examination:
        found = violating & lucky("finding", agency.examination.own_sensitivity)
        false = ~violating & lucky("false_alarm", agency.examination.false_alarm)
        finding = opened & (found | false)
    audited = ~opened & lucky("audit", agency.audit.share if agency.audit else 0.0)
    return {
        f"{name}_selected": selected,
        f"{name}_scanned": scanned,
        f"{name}_opened": opened,
        f"{name}_finding": finding,
        f"{name}_audited": audited,
    }


def joined(parts: list[tuple[Ints, Inspection]], number: int) -> Inspection:
    """Put inspections of some consignments each together: pairs of positions and inspection."""
    whole = parts[0][1]
    flags = {name: np.zeros(number, dtype=np.bool_) for name in whole.flags}
    violation = {name: np.zeros(number, dtype=np.bool_) for name in whole.violation}
    for positions, part in parts:
        for name, column in part.flags.items():
            flags[name][positions] = column
        for name, column in part.violation.items():
            violation[name][positions] = column
    return Inspection(flags, violation)
