"""Consignments: goods, containers, trader, hidden violations, and which agency selects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import SELECTING_AGENCIES, TIERS, Tier
from sim.scenario.scenario import Scenario
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.targeting import Candidates, Targeted, target
from sim.traffic.vessel_calls import VesselCalls

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# An entity's identity leaves room below it: 2^20 consignments a vessel, 2^8 containers each.
_CONSIGNMENTS_PER_VESSEL_BITS = 20
CONTAINERS_BITS = 8


@dataclass(frozen=True)
class Consignments:
    """One element a consignment, in order of vessel and position on board.

    Attributes:
        entity: identity by which draws are keyed.
        vessel: index of the vessel call.
        containers: number of boxes.
        forty_foot: of these, boxes of forty feet.
        value_fen: value in fen.
        tier: index of the trader's credit tier in TIERS.
        flags: what steps and reforms can ask about, by name.
        violation: by agency, whether its rules are broken.
        risk_score: by agency that selects, the score it ranks by; NaN where it does not look.
        finding_luck: by agency, uniforms that decide whether an examination finds its violation.
    """

    entity: Ints
    vessel: Ints
    containers: Ints
    forty_foot: Ints
    value_fen: Ints
    tier: Ints
    flags: Mapping[str, Flags]
    violation: Mapping[str, Flags]
    risk_score: Mapping[str, Floats]
    finding_luck: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.entity)

    @property
    def teu(self) -> Ints:
        """Twenty-foot equivalent units."""
        return self.containers + self.forty_foot


def container_entities(consignment: Ints, container: Ints | int) -> Ints:
    """Identities of containers, from those of their consignments and their number within."""
    return (consignment << CONTAINERS_BITS) + container


def draw_consignments(
    scenario: Scenario, calls: VesselCalls, table: DeclarationTable, draws: Draws
) -> Consignments:
    """Draw the consignments of all calls."""
    vessel = np.repeat(np.arange(len(calls), dtype=np.int64), calls.consignments)
    first = np.cumsum(calls.consignments) - calls.consignments
    position = np.arange(len(vessel), dtype=np.int64) - first[vessel]
    entity = (vessel << _CONSIGNMENTS_PER_VESSEL_BITS) + position
    containers, forty_foot = _draw_containers(scenario, entity, draws)
    row = _draw_rows(table, entity, draws)
    goods = scenario.traffic.goods
    mass = (containers + forty_foot) * goods.payload_kg_per_teu
    cny_per_kg = np.minimum(table.value_per_kg[row] / goods.currency_per_cny, goods.most_cny_per_kg)
    value = cny_per_kg * mass
    row_tier = _draw_tiers(scenario, table.importer, draws)
    tier = row_tier[row]
    flags = _draw_goods_flags(scenario, table, row, entity, draws)
    violation = {
        agency: draws.uniform(f"violation.{agency}", entity) < probability[tier]
        for agency, probability in _violation_probabilities(scenario).items()
    }
    # Goods that quarantine does not supervise cannot break its rules.
    violation["quarantine"] = violation["quarantine"] & flags["quarantine_liable"]
    flags |= _draw_trade_flags(scenario, tier, entity, draws)
    targeted = _target(scenario, table, entity, row, row_tier, violation, draws)
    flags |= _selected_flags(targeted, flags, len(entity))
    tested = draws.uniform("laboratory", entity) < scenario.traffic.reviews.laboratory_share
    flags["laboratory"] = tested & flags["quarantine_selected"]
    return Consignments(
        entity=entity,
        vessel=vessel,
        containers=containers,
        forty_foot=forty_foot,
        value_fen=np.rint(value * 100).astype(np.int64),
        tier=tier,
        flags=flags,
        violation=violation,
        risk_score={
            agency: np.where(_concerned(agency, flags), found.score, np.nan)
            for agency, found in targeted.items()
        },
        finding_luck={agency: draws.uniform(f"finding.{agency}", entity) for agency in violation},
    )


def _draw_containers(scenario: Scenario, entity: Ints, draws: Draws) -> tuple[Ints, Ints]:
    spec = scenario.traffic.containers
    luck = draws.uniform("containers", entity)
    if spec.mean_boxes > 1:
        boxes = np.ceil(np.log1p(-luck) / np.log1p(-1 / spec.mean_boxes)).astype(np.int64)
    else:
        boxes = np.ones(len(entity), dtype=np.int64)
    boxes = np.clip(boxes, 1, spec.most_boxes)
    forty_foot = np.zeros(len(entity), dtype=np.int64)
    for number in range(spec.most_boxes):
        box = container_entities(entity, number)
        is_long = draws.uniform("forty_foot", box) < spec.forty_foot_share
        forty_foot += is_long & (number < boxes)
    return boxes, forty_foot


def _draw_rows(table: DeclarationTable, entity: Ints, draws: Draws) -> Ints:
    return (draws.uniform("goods", entity) * len(table)).astype(np.int64)


def by_tier(values: Mapping[Tier, float]) -> Floats:
    """Values in the order of TIERS."""
    return np.array([values.get(tier, 0.0) for tier in TIERS])


def _draw_tiers(scenario: Scenario, trader: Ints, draws: Draws) -> Ints:
    edges = np.cumsum(by_tier(scenario.traffic.traders.tier_share))
    luck = draws.uniform("trader.tier", trader)
    return np.minimum(np.searchsorted(edges, luck), len(TIERS) - 1)


def _draw_goods_flags(
    scenario: Scenario, table: DeclarationTable, row: Ints, entity: Ints, draws: Draws
) -> dict[str, Flags]:
    goods = scenario.traffic.goods
    chapter = table.chapter[row]
    listed = np.isin(chapter, goods.quarantine_chapters)
    elsewhere = draws.uniform("quarantine_liable", entity) < goods.quarantine_share_elsewhere
    licensed = draws.uniform("licensed", entity) < goods.licensed_share
    return {
        "quarantine_liable": listed | elsewhere,
        "licensed": licensed & np.isin(chapter, goods.licensed_chapters),
        "dutiable": table.tax_rate[row] > 0,
        "named_goods": np.isin(chapter, goods.named_chapters),
    }


def _draw_trade_flags(
    scenario: Scenario, tier: Ints, entity: Ints, draws: Draws
) -> dict[str, Flags]:
    manual_share = by_tier(scenario.traffic.reviews.manual_share)
    return {
        "trusted": tier <= TIERS.index("general_certified"),
        "manual_review": draws.uniform("manual_review", entity) < manual_share[tier],
    }


def _violation_probabilities(scenario: Scenario) -> dict[str, Floats]:
    spec = scenario.traffic.violations
    factor = by_tier(spec.tier_factor)
    return {agency: np.minimum(1.0, base * factor) for agency, base in spec.probability.items()}


def _target(
    scenario: Scenario,
    table: DeclarationTable,
    entity: Ints,
    row: Ints,
    row_tier: Ints,
    violation: Mapping[str, Flags],
    draws: Draws,
) -> dict[str, Targeted]:
    """What each agency that selects makes of the consignments."""
    probabilities = _violation_probabilities(scenario)
    concerned_share = {
        "customs": np.ones(len(table)),
        "quarantine": np.where(
            np.isin(table.chapter, scenario.traffic.goods.quarantine_chapters),
            1.0,
            scenario.traffic.goods.quarantine_share_elsewhere,
        ),
    }
    targeted: dict[str, Targeted] = {}
    for agency in SELECTING_AGENCIES:
        spec = scenario.agencies[agency].selection
        if spec is None:
            continue
        candidates = Candidates(
            entity=entity,
            row=row,
            tier=row_tier[row],
            violating=violation[agency],
            violation_probability=probabilities[agency],
            rate=by_tier(spec.rate),
            row_tier=row_tier,
            row_weight=concerned_share[agency],
        )
        correlation = scenario.traffic.violations.score_correlation
        targeted[agency] = target(spec, agency, candidates, table.scores, correlation, draws)
    return targeted


def _selected_flags(
    targeted: Mapping[str, Targeted], flags: Mapping[str, Flags], number: int
) -> dict[str, Flags]:
    nobody = np.zeros(number, dtype=np.bool_)
    return {
        f"{agency}_selected": targeted[agency].selected & _concerned(agency, flags)
        if agency in targeted
        else nobody
        for agency in SELECTING_AGENCIES
    }


def _concerned(agency: str, flags: Mapping[str, Flags]) -> Flags:
    """Goods that quarantine does not supervise do not concern it."""
    liable = flags["quarantine_liable"]
    return liable if agency == "quarantine" else np.ones_like(liable)
