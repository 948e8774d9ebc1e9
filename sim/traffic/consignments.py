"""Consignments of all flows: goods, boxes, trader, hidden violations, what agencies pick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import TIERS
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow
from sim.traffic.conveyances import Conveyances
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import (
    by_tier,
    draw_containers,
    draw_goods_flags,
    draw_manifest,
    draw_rows,
    draw_tiers,
    value_fen,
)
from sim.traffic.inspection import Inspection, draw_inspection, joined
from sim.traffic.tiers import with_record

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Consignments:
    """One element a consignment; flows stand one after another, each in order of conveyance.

    Attributes:
        flows: names of the flows.
        flow: index into flows.
        entity: identity within the flow, by which draws are keyed.
        conveyance: index of the conveyance it is attached to.
        containers: number of boxes.
        forty_foot: of these, boxes of forty feet.
        teu: twenty-foot equivalent units; none for unit loads.
        value_fen: value in fen.
        tier: index of the trader's credit tier in TIERS.
        flags: what steps and reforms can ask about, by name.
        violation: by agency, whether its rules are broken.
        finding_luck: by agency, uniforms that decide whether an examination finds its violation.
    """

    flows: tuple[str, ...]
    flow: Ints
    entity: Ints
    conveyance: Ints
    containers: Ints
    forty_foot: Ints
    teu: Ints
    value_fen: Ints
    tier: Ints
    flags: Mapping[str, Flags]
    violation: Mapping[str, Flags]
    finding_luck: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.entity)

    def of_flow(self, name: str) -> slice:
        """Where the consignments of a flow stand."""
        number = self.flows.index(name)
        first, last = np.searchsorted(self.flow, [number, number + 1])
        return slice(int(first), int(last))


def draw_consignments(
    scenario: Scenario,
    conveyances: Conveyances,
    tables: Mapping[str, DeclarationTable],
    draws: Draws,
) -> Consignments:
    """Draw the consignments of all flows."""
    flows = scenario.traffic.flows
    return _joined(
        tuple(flows),
        [
            _draw_flow(
                scenario, number, flow, conveyances, tables[flow.goods.declarations],
                draws.under(name), draws,
            )
            for number, (name, flow) in enumerate(flows.items())
        ],
    )  # fmt: skip


def _draw_flow(
    scenario: Scenario,
    number: int,
    flow: Flow,
    conveyances: Conveyances,
    table: DeclarationTable,
    draws: Draws,
    of_traders: Draws,
) -> Consignments:
    attached = conveyances.of_stream(flow.attached_to)
    manifest = draw_manifest(flow.consignments, conveyances.entity[attached], draws)
    entity, conveyance = manifest.entity, attached[manifest.position]
    goods = scenario.traffic.goods
    boxes, forty_foot = draw_containers(flow.containers, entity, draws)
    is_container = flow.containers.unit == "container"
    teu = boxes + forty_foot if is_container else np.zeros_like(boxes)
    row = draw_rows(table, entity, draws)
    trader = table.importer[row]
    flags = draw_goods_flags(flow, goods, table.chapter[row], table.tax_rate[row], entity, draws)
    tier, inspection = _inspected(
        scenario,
        flow,
        conveyances.arrival[conveyance],
        trader,
        draw_tiers(scenario.traffic.traders.tier_share, trader, of_traders),
        entity,
        flags["quarantine_liable"],
        draws,
    )
    return Consignments(
        flows=(),
        flow=np.full(len(entity), number, dtype=np.int64),
        entity=entity,
        conveyance=conveyance,
        containers=boxes,
        forty_foot=forty_foot,
        teu=teu,
        value_fen=value_fen(flow, goods, table.value_per_kg[row], boxes, teu),
        tier=tier,
        flags={**flags, **_trade_flags(scenario, tier, entity, draws), **inspection.flags},
        violation=inspection.violation,
        finding_luck={
            agency: draws.uniform(f"finding.{agency}", entity) for agency in inspection.violation
        },
    )


def _inspected(
    scenario: Scenario,
    flow: Flow,
    arrival: Ints,
    trader: Ints,
    tier: Ints,
    entity: Ints,
    liable: Flags,
    draws: Draws,
) -> tuple[Ints, Inspection]:
    """Tiers at the time of each consignment, and its inspection under them."""

    def inspect(positions: Ints | slice, tiers: Ints) -> Inspection:
        return draw_inspection(
            scenario, flow.selection_factor, entity[positions], tiers, liable[positions], draws
        )

    record = scenario.traffic.traders.record
    if record is None or not len(entity):
        return tier, inspect(slice(None), tier)
    periods = list(with_record(record, arrival, trader, tier, inspect))
    moved = np.empty_like(tier)
    for positions, tiers, _ in periods:
        moved[positions] = tiers
    return moved, joined([(positions, part) for positions, _, part in periods], len(entity))


def _trade_flags(scenario: Scenario, tier: Ints, entity: Ints, draws: Draws) -> dict[str, Flags]:
    manual = by_tier(scenario.traffic.reviews.manual_share)
    appointment = by_tier(scenario.traffic.traders.appointment_share)
    return {
        **{name: tier == number for number, name in enumerate(TIERS)},
        "trusted": tier <= TIERS.index("general_certified"),
        "manual_review": draws.uniform("manual_review", entity) < manual[tier],
        "appointment": draws.uniform("appointment", entity) < appointment[tier],
    }


def _joined(flows: tuple[str, ...], parts: list[Consignments]) -> Consignments:
    def column(name: str) -> Ints:
        return np.concatenate([getattr(part, name) for part in parts])

    def columns(name: str) -> dict[str, Any]:
        keys = getattr(parts[0], name)
        return {key: np.concatenate([getattr(part, name)[key] for part in parts]) for key in keys}

    return Consignments(
        flows=flows,
        flow=column("flow"),
        entity=column("entity"),
        conveyance=column("conveyance"),
        containers=column("containers"),
        forty_foot=column("forty_foot"),
        teu=column("teu"),
        value_fen=column("value_fen"),
        tier=column("tier"),
        flags=columns("flags"),
        violation=columns("violation"),
        finding_luck=columns("finding_luck"),
    )
