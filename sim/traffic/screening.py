"""What agencies screen: the consignments, what of them concerns whom, and who decides for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import SELECTING_AGENCIES
from sim.scenario.scenario import Scenario
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import by_tier

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Screened:
    """Consignments that agencies pick from.

    Attributes:
        entity: shape (n,), identity by which draws are keyed.
        row: shape (n,), row of the table of declarations that scores are drawn from.
        liable: shape (n,), whether quarantine supervises the goods.
        row_tier: shape (rows,), index of the tier of the importer of each row of the table; None
            where traders and tiers are listed, and a row tells nothing about them.
        table: of declarations.
    """

    entity: Ints
    row: Ints
    liable: Flags
    row_tier: Ints | None
    table: DeclarationTable

    def some(self, positions: Ints) -> Screened:
        """The consignments at some positions."""
        return replace(
            self,
            entity=self.entity[positions],
            row=self.row[positions],
            liable=self.liable[positions],
        )


@dataclass(frozen=True)
class Concern:
    """What an agency, or several together, look out for.

    Attributes:
        concerned: shape (n,), whether the goods concern them.
        violating: shape (n,), whether they hide a violation of their rules.
        violation_probability: shape (tiers,), share that does of those that concern them.
        row_weight: shape (rows,), share of the goods of each row of the table that concern them.
    """

    concerned: Flags
    violating: Flags
    violation_probability: Floats
    row_weight: Floats


def draw_violations(
    scenario: Scenario, screened: Screened, tier: Ints, draws: Draws
) -> dict[str, Flags]:
    """By agency, shape (n,): whether a consignment hides a violation of its rules."""
    violation = {
        agency: draws.uniform(f"violation.{agency}", screened.entity) < shares[tier]
        for agency, shares in _violation_probabilities(scenario).items()
    }
    # Goods that quarantine does not supervise cannot break its rules.
    violation["quarantine"] = violation["quarantine"] & screened.liable
    return violation


def concerns_of(
    scenario: Scenario, screened: Screened, violation: Mapping[str, Flags]
) -> dict[str, Concern]:
    """What each agency that selects looks out for."""
    probability = _violation_probabilities(scenario)
    return {
        name: Concern(
            concerned=screened.liable if name == "quarantine" else np.ones_like(screened.liable),
            violating=violation[name],
            violation_probability=probability[name],
            row_weight=_share_concerned(scenario, name, screened.table),
        )
        for name in SELECTING_AGENCIES
    }


def decided_for(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Agencies that decide what is selected, each with those it decides for."""
    decider = {name: scenario.agencies[name].selects_with or name for name in SELECTING_AGENCIES}
    return {
        name: tuple(other for other in SELECTING_AGENCIES if decider[other] == name)
        for name in SELECTING_AGENCIES
        if name in decider.values()
    }


def in_common(concerns: Sequence[Concern]) -> Concern:
    """What agencies that decide together look out for: violations of the rules of any of them.

    Of several, one is concerned with all goods.
    """
    if len(concerns) == 1:
        return concerns[0]
    clean = [1 - each.violation_probability * each.row_weight.mean() for each in concerns]
    return Concern(
        concerned=np.logical_or.reduce([each.concerned for each in concerns]),
        violating=np.logical_or.reduce([each.violating for each in concerns]),
        violation_probability=1 - np.multiply.reduce(clean),
        row_weight=np.maximum.reduce([each.row_weight for each in concerns]),
    )


def _violation_probabilities(scenario: Scenario) -> dict[str, Floats]:
    spec = scenario.traffic.violations
    factor = by_tier(spec.tier_factor)
    return {agency: np.minimum(1.0, base * factor) for agency, base in spec.probability.items()}


def _share_concerned(scenario: Scenario, agency: str, table: DeclarationTable) -> Floats:
    """Shape (rows,): share of the goods of each row of a table that concern an agency."""
    goods = scenario.traffic.goods
    if agency != "quarantine":
        return np.ones(len(table))
    listed = np.isin(table.chapter, goods.quarantine_chapters)
    return np.where(listed, 1.0, goods.quarantine_share_elsewhere)
