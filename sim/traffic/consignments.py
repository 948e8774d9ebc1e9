"""Consignments of all flows: goods, boxes, trader, hidden violations, what agencies pick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import TIERS
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow, ListedConsignments
from sim.traffic.cargo import Cargo, draw_cargo
from sim.traffic.conveyances import Conveyances
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import by_tier, draw_tiers
from sim.traffic.inputs import Inputs
from sim.traffic.inspection import Inspection, draw_inspection, joined
from sim.traffic.screening import Screened
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
        duty_fen: duty on it in fen; none where the flow is not dutiable.
        lead: ticks before the arrival at which it lodges in advance if it does; NaN where drawn.
        tier: index of the trader's credit tier in TIERS.
        flags: what steps and reforms can ask about, by name.
        violation: by agency, whether its rules are broken.
        risk_score: by agency that selects, the score by which it ranks; NaN where it need not.
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
    duty_fen: Ints
    lead: Floats
    tier: Ints
    flags: Mapping[str, Flags]
    violation: Mapping[str, Flags]
    risk_score: Mapping[str, Floats]
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
    inputs: Inputs,
    draws: Draws,
) -> Consignments:
    """Draw the consignments of all flows, but for what is listed."""
    flows = scenario.traffic.flows
    return _joined(
        tuple(flows),
        [
            _draw_flow(scenario, name, number, conveyances, inputs, draws)
            for number, name in enumerate(flows)
        ],
    )


def _draw_flow(
    scenario: Scenario,
    name: str,
    number: int,
    conveyances: Conveyances,
    inputs: Inputs,
    of_traders: Draws,
) -> Consignments:
    flow, draws = scenario.traffic.flows[name], of_traders.under(name)
    cargo = draw_cargo(scenario, flow, conveyances, inputs, draws)
    entity, table = cargo.entity, inputs.declarations[flow.goods.declarations]
    share = scenario.traffic.traders.tier_share
    is_listed = isinstance(flow.consignments, ListedConsignments)
    screened = Screened(
        entity=entity,
        row=cargo.row,
        liable=cargo.flags["quarantine_liable"],
        row_tier=None if is_listed else draw_tiers(share, table.importer, of_traders),
        table=table,
    )
    first = draw_tiers(share, cargo.trader, of_traders) if cargo.tier is None else cargo.tier
    arrival = conveyances.arrival[cargo.conveyance]
    tier, inspection = _inspected(scenario, flow, arrival, cargo.trader, first, screened, draws)
    return Consignments(
        flows=(),
        flow=np.full(len(entity), number, dtype=np.int64),
        entity=entity,
        conveyance=cargo.conveyance,
        containers=cargo.containers,
        forty_foot=cargo.forty_foot,
        teu=cargo.teu,
        value_fen=cargo.value_fen,
        duty_fen=_duty_fen(cargo),
        lead=cargo.lead,
        tier=tier,
        flags={**cargo.flags, **_trade_flags(scenario, tier, entity, draws), **inspection.flags},
        violation=inspection.violation,
        risk_score=inspection.risk_score,
        finding_luck={
            agency: draws.uniform(f"finding.{agency}", entity) for agency in inspection.violation
        },
    )


def _duty_fen(cargo: Cargo) -> Ints:
    duty = cargo.value_fen * cargo.flags["dutiable"] * cargo.tax_rate / 100
    return np.asarray(np.rint(duty).astype(np.int64))


def _inspected(
    scenario: Scenario,
    flow: Flow,
    arrival: Ints,
    trader: Ints,
    tier: Ints,
    screened: Screened,
    draws: Draws,
) -> tuple[Ints, Inspection]:
    """Tiers at the time of each consignment, and its inspection under them."""

    def inspect(positions: Ints, tiers: Ints) -> Inspection:
        chosen = screened.some(positions)
        return draw_inspection(scenario, flow, chosen, tiers, draws)

    record = scenario.traffic.traders.record
    if record is None or not len(arrival):
        return tier, inspect(np.arange(len(arrival)), tier)
    periods = list(with_record(record, arrival, trader, tier, inspect))
    moved = np.empty_like(tier)
    for positions, tiers, _ in periods:
        moved[positions] = tiers
    return moved, joined([(positions, part) for positions, _, part in periods], len(arrival))


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
    def column(name: str) -> NDArray[Any]:
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
        duty_fen=column("duty_fen"),
        lead=column("lead"),
        tier=column("tier"),
        flags=columns("flags"),
        violation=columns("violation"),
        risk_score=columns("risk_score"),
        finding_luck=columns("finding_luck"),
    )
