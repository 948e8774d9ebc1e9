"""Consignments of one flow, drawn entity by entity: boxes, goods, trader."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import TIERS, Tier
from sim.scenario.traffic import Containers, Flow, Goods, Load
from sim.traffic.declarations import DeclarationTable
from sim.traffic.distributions import lognormal
from sim.traffic.draws import Draws

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# An entity's identity leaves room below it: 2^20 consignments a conveyance, 2^8 boxes each.
CONSIGNMENTS_BITS = 20
CONTAINERS_BITS = 8


def container_entities(consignment: Ints, container: Ints | int) -> Ints:
    """Identities of containers, from those of their consignments and their number within."""
    return (consignment << CONTAINERS_BITS) + container


def by_tier(values: Mapping[Tier, float]) -> Floats:
    """Values in the order of TIERS."""
    return np.array([values.get(tier, 0.0) for tier in TIERS])


def draw_manifest(load: Load, conveyances: Ints, surge: Floats, draws: Draws) -> tuple[Ints, Ints]:
    """Draw how many consignments each conveyance has, and number them.

    Args:
        load: how many there are.
        conveyances: shape (n,), identities of the conveyances.
        surge: shape (n,), factor on the load of each.
        draws: of the flow.

    Returns:
        for each consignment the position of its conveyance, and the identity draws are keyed by.
    """
    sizes = lognormal(load.mean, load.cv, draws.uniform("load", conveyances)) * surge
    return numbered(np.maximum(load.least, np.rint(sizes).astype(np.int64)), conveyances)


def numbered(counts: Ints, conveyances: Ints) -> tuple[Ints, Ints]:
    """Number the consignments of conveyances that have so many each; returns as draw_manifest."""
    position = np.repeat(np.arange(len(conveyances), dtype=np.int64), counts)
    first = np.cumsum(counts) - counts
    within = np.arange(len(position), dtype=np.int64) - first[position]
    return position, (conveyances[position] << CONSIGNMENTS_BITS) + within


def draw_containers(spec: Containers, entity: Ints, draws: Draws) -> tuple[Ints, Ints]:
    """Return the number of boxes of each consignment, and how many of these are forty foot."""
    luck = draws.uniform("containers", entity)
    if spec.mean_boxes > 1:
        boxes = np.ceil(np.log1p(-luck) / np.log1p(-1 / spec.mean_boxes)).astype(np.int64)
    else:
        boxes = np.ones(len(entity), dtype=np.int64)
    boxes = np.clip(boxes, 1, spec.most_boxes)
    forty_foot = np.zeros(len(entity), dtype=np.int64)
    for number in range(spec.most_boxes if spec.forty_foot_share else 0):
        box = container_entities(entity, number)
        is_long = draws.uniform("forty_foot", box) < spec.forty_foot_share
        forty_foot += is_long & (number < boxes)
    return boxes, forty_foot


def draw_rows(table: DeclarationTable, entity: Ints, draws: Draws) -> Ints:
    """Rows of the table of declarations that the goods of each consignment are like."""
    return np.asarray((draws.uniform("goods", entity) * len(table)).astype(np.int64))


def value_fen(flow: Flow, goods: Goods, value_per_kg: Floats, boxes: Ints, teu: Ints) -> Ints:
    """Value of each consignment: its weight by what a kilogram is worth, up to a cap."""
    loads = teu if flow.containers.unit == "container" else boxes
    cny_per_kg = np.minimum(value_per_kg / goods.currency_per_cny, goods.most_cny_per_kg)
    cny = cny_per_kg * loads * flow.goods.payload_kg
    return np.asarray(np.rint(cny * 100).astype(np.int64))


def draw_tiers(share: Mapping[Tier, float], trader: Ints, draws: Draws) -> Ints:
    """Index into TIERS of each trader."""
    edges = np.cumsum(by_tier(share))
    luck = draws.uniform("trader.tier", trader)
    return np.asarray(np.minimum(np.searchsorted(edges, luck), len(TIERS) - 1))


def draw_goods_flags(
    flow: Flow, goods: Goods, chapter: Ints, tax_rate: Floats, entity: Ints, draws: Draws
) -> dict[str, Flags]:
    """What rules the goods fall under."""
    elsewhere = draws.uniform("quarantine_liable", entity) < goods.quarantine_share_elsewhere
    licensed = draws.uniform("licensed", entity) < goods.licensed_share
    return {
        "quarantine_liable": np.isin(chapter, goods.quarantine_chapters) | elsewhere,
        "licensed": licensed & np.isin(chapter, goods.licensed_chapters),
        "dutiable": (tax_rate > 0) & flow.goods.dutiable,
        "named_goods": np.isin(chapter, goods.named_chapters),
        "perishable": np.isin(chapter, goods.perishable_chapters),
    }
