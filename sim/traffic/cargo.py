"""What a flow carries: consignments with their boxes, goods and trader, drawn or listed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.arrivals import ListedArrivals, Timetable
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow, Goods, Load
from sim.traffic.conveyances import Conveyances
from sim.traffic.declarations import DeclarationTable
from sim.traffic.disruptions import load_factors
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import (
    CONSIGNMENTS_BITS,
    draw_containers,
    draw_goods_flags,
    draw_manifest,
    draw_rows,
    numbered,
    value_fen,
)
from sim.traffic.inputs import Inputs
from sim.traffic.listed import ListedConsignments

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cargo:
    """One element a consignment of a flow.

    Attributes:
        entity: identity by which draws are keyed.
        conveyance: index of the conveyance it is attached to.
        containers: number of boxes.
        forty_foot: of these, boxes of forty feet.
        teu: twenty-foot equivalent units; none for unit loads.
        value_fen: value in fen.
        tax_rate: duty rate in per cent of value, of the goods.
        lead: ticks before the arrival at which it lodges in advance if it does; NaN where drawn.
        trader: number of the trader.
        row: row of the table of declarations that it is like.
        tier: index of the credit tier in TIERS, if it is listed.
        flags: what rules the goods fall under.
    """

    entity: Ints
    conveyance: Ints
    containers: Ints
    forty_foot: Ints
    teu: Ints
    value_fen: Ints
    tax_rate: Floats
    lead: Floats
    trader: Ints
    row: Ints
    tier: Ints | None
    flags: dict[str, Flags]


def draw_cargo(
    scenario: Scenario, flow: Flow, conveyances: Conveyances, inputs: Inputs, draws: Draws
) -> Cargo:
    """Draw the consignments of a flow, or take them from its list.

    What a conveyance would bring does not come if it is cancelled. What is booked on it does, and
    waits for another.
    """
    attached = conveyances.of_stream(flow.attached_to)
    if flow.arrives_by is None:
        cancelled = conveyances.cancelled_of_stream(flow.attached_to)
        attached = np.concatenate([attached, cancelled])
    goods = scenario.traffic.goods
    table = inputs.declarations[flow.goods.declarations]
    arrivals = scenario.traffic.conveyances[flow.attached_to].arrivals
    carrier = arrivals.path if isinstance(arrivals, ListedArrivals) else ""
    if not isinstance(flow.consignments, Load):
        listed = inputs.consignments[flow.consignments.path, carrier]
        on_board = np.full(len(inputs.conveyances[carrier]), -1, dtype=np.int64)
        on_board[conveyances.entity[attached]] = attached
        coming = listed.taken(np.flatnonzero(on_board[listed.conveyance] >= 0))
        return _listed(flow, goods, coming, on_board[coming.conveyance], table, draws)
    counts = inputs.conveyances[carrier].consignments if carrier else None
    if counts is None:
        surge = np.ones(len(attached))
        if isinstance(arrivals, Timetable):
            surge = load_factors(scenario, flow.attached_to, conveyances.arrival[attached])
        of_carriers = conveyances.entity[attached]
        position, entity = draw_manifest(flow.consignments, of_carriers, surge, draws)
    else:
        position, entity = numbered(
            counts[conveyances.entity[attached]], conveyances.entity[attached]
        )
    return _drawn(flow, goods, entity, attached[position], table, draws)


def _drawn(
    flow: Flow,
    goods: Goods,
    entity: Ints,
    conveyance: Ints,
    table: DeclarationTable,
    draws: Draws,
) -> Cargo:
    boxes, forty_foot = draw_containers(flow.containers, entity, draws)
    teu = _teu(flow, boxes, forty_foot)
    row = draw_rows(table, entity, draws)
    return Cargo(
        entity=entity,
        conveyance=conveyance,
        containers=boxes,
        forty_foot=forty_foot,
        teu=teu,
        value_fen=value_fen(flow, goods, table.value_per_kg[row], boxes, teu),
        tax_rate=table.tax_rate[row],
        lead=np.full(len(entity), np.nan),
        trader=table.importer[row],
        row=row,
        tier=None,
        flags=draw_goods_flags(flow, goods, table.chapter[row], table.tax_rate[row], entity, draws),
    )


def _listed(
    flow: Flow,
    goods: Goods,
    listed: ListedConsignments,
    conveyance: Ints,
    table: DeclarationTable,
    draws: Draws,
) -> Cargo:
    entity = (listed.conveyance << CONSIGNMENTS_BITS) + listed.position
    flags = draw_goods_flags(flow, goods, listed.chapter, listed.tax_rate, entity, draws)
    for name in ("licensed", "quarantine_liable"):
        column = getattr(listed, name)
        if column is not None:
            flags[name] = column
    lead = listed.lodged_before_arrival
    return Cargo(
        entity=entity,
        conveyance=conveyance,
        containers=listed.containers,
        forty_foot=listed.forty_foot,
        teu=_teu(flow, listed.containers, listed.forty_foot),
        value_fen=listed.value_fen,
        tax_rate=listed.tax_rate,
        lead=np.full(len(listed), np.nan) if lead is None else lead.astype(np.float64),
        # One whose tier is listed is a trader of its own.
        trader=entity if listed.trader is None else listed.trader,
        row=draw_rows(table, entity, draws),
        tier=listed.tier,
        flags=flags,
    )


def _teu(flow: Flow, boxes: Ints, forty_foot: Ints) -> Ints:
    return boxes + forty_foot if flow.containers.unit == "container" else np.zeros_like(boxes)
