"""Layered layout of a diagram from top to bottom, without overlaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from sim.report.diagram import Diagram, without_shortcuts

BOX_WIDTH = 1.32
LANE_WIDTH = 0.16
GAP = 0.14
_SWEEPS = 12
_SETTLING = 24


@dataclass(frozen=True)
class Layout:
    """Where boxes stand and arrows run.

    Attributes:
        centres: of each box: horizontal place in inches, and rank from the top.
        ways: for each arrow the places it passes, from box to box.
        width: from the left edge of the leftmost box to the right edge of the rightmost.
        ranks: number of ranks.
    """

    centres: Mapping[str, tuple[float, int]]
    ways: Sequence[tuple[tuple[float, int], ...]]
    width: float
    ranks: int


def lay_out(diagram: Diagram) -> Layout:
    """Rank boxes by their longest way from the top, order them, and set them apart."""
    slim = without_shortcuts(diagram)
    ranks = _ranks(slim)
    chains = [_chain(edge, ranks) for edge in slim.edges]
    places = {place for chain in chains for place in chain} | set(ranks.items())
    links = [link for chain in chains for link in pairwise(chain)]
    first_seen = {name: number for number, name in enumerate(ranks)}
    order = _order(places, links, first_seen)
    across = _spread(order, links, set(ranks))
    left = min(across[place] - _half(place, ranks) for place in places)
    right = max(across[place] + _half(place, ranks) for place in places)
    return Layout(
        centres={name: (across[name, rank] - left, rank) for name, rank in ranks.items()},
        ways=[tuple((across[place] - left, place[1]) for place in chain) for chain in chains],
        width=right - left,
        ranks=len(order),
    )


Place = tuple[str, int]
Link = tuple[Place, Place]


def _ranks(diagram: Diagram) -> dict[str, int]:
    """Longest way from the top; a box that waits for nothing stands just above what needs it."""
    before: dict[str, list[str]] = {node.name: [] for node in diagram.nodes}
    after: dict[str, list[str]] = {node.name: [] for node in diagram.nodes}
    for start, end in diagram.edges:
        before[end].append(start)
        after[start].append(end)
    ranks: dict[str, int] = {}
    while len(ranks) < len(before):
        for name, waits_for in before.items():
            if name not in ranks and all(other in ranks for other in waits_for):
                ranks[name] = 1 + max((ranks[other] for other in waits_for), default=-1)
    for name, waits_for in before.items():
        if not waits_for and after[name]:
            ranks[name] = min(ranks[other] for other in after[name]) - 1
    return ranks


def _chain(edge: tuple[str, str], ranks: Mapping[str, int]) -> list[Place]:
    """An arrow as places, one a rank, so that long arrows keep clear of boxes."""
    start, end = edge
    between = [(f"{start}>{end}", rank) for rank in range(ranks[start] + 1, ranks[end])]
    return [(start, ranks[start]), *between, (end, ranks[end])]


def _order(
    places: set[Place], links: Sequence[Link], first_seen: Mapping[str, int]
) -> list[list[Place]]:
    """Order places in each rank so that few arrows cross, by the means of their neighbours."""
    layers: list[list[Place]] = [[] for _ in range(1 + max(rank for _, rank in places))]
    for place in sorted(
        places, key=lambda place: (first_seen.get(place[0].split(">")[0], 0), place)
    ):
        layers[place[1]].append(place)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, links)
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        _sweep(layers, links, downwards)
        crossings = _crossings(layers, links)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def _sweep(layers: list[list[Place]], links: Sequence[Link], downwards: bool) -> None:
    position = {place: number for layer in layers for number, place in enumerate(layer)}
    near, far = (0, 1) if downwards else (1, 0)
    for layer in layers if downwards else reversed(layers):
        wish = {
            place: fmean(
                [position[link[near]] for link in links if link[far] == place] or [position[place]]
            )
            for place in layer
        }
        layer.sort(key=lambda place: wish[place])
        position.update({place: number for number, place in enumerate(layer)})


def _crossings(layers: Sequence[Sequence[Place]], links: Sequence[Link]) -> int:
    position = {place: number for layer in layers for number, place in enumerate(layer)}
    by_rank: dict[int, list[tuple[int, int]]] = {}
    for start, end in links:
        by_rank.setdefault(start[1], []).append((position[start], position[end]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for pairs in by_rank.values()
        for number, one in enumerate(pairs)
        for other in pairs[number + 1 :]
    )


def _spread(
    order: Sequence[Sequence[Place]], links: Sequence[Link], boxes: set[str]
) -> dict[Place, float]:
    """Pull each place under its predecessors, then over its successors, keeping distances."""
    above: dict[Place, list[Place]] = {place: [] for layer in order for place in layer}
    below: dict[Place, list[Place]] = {place: [] for layer in order for place in layer}
    for start, end in links:
        below[start].append(end)
        above[end].append(start)
    across: dict[Place, float] = {}
    for layer in order:
        offsets = _offsets(layer, boxes)
        across.update(zip(layer, (offset - offsets[-1] / 2 for offset in offsets), strict=True))
    for turn in range(_SETTLING):
        downwards = turn % 2 == 0
        neighbours = above if downwards else below
        for layer in order if downwards else reversed(order):
            _settle(layer, neighbours, across, _offsets(layer, boxes))
    return across


def _settle(
    layer: Sequence[Place],
    neighbours: Mapping[Place, Sequence[Place]],
    across: dict[Place, float],
    offsets: Sequence[float],
) -> None:
    """Move the places of a rank as near to their neighbours as their distances allow."""
    wishes = [
        fmean([across[other] for other in neighbours[place]] or [across[place]]) for place in layer
    ]
    slack = _rising([wish - offset for wish, offset in zip(wishes, offsets, strict=True)])
    across.update(
        (place, at + offset) for place, at, offset in zip(layer, slack, offsets, strict=True)
    )


def _offsets(layer: Sequence[Place], boxes: set[str]) -> list[float]:
    """Least distance of each place from the first one."""
    offsets = [0.0]
    for left, right in pairwise(layer):
        offsets.append(offsets[-1] + _half(left, boxes) + GAP + _half(right, boxes))
    return offsets


def _half(place: Place, boxes: Mapping[str, int] | set[str]) -> float:
    return (BOX_WIDTH if place[0] in boxes else LANE_WIDTH) / 2


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest values, in least squares, that never fall (pool adjacent violators)."""
    pools: list[list[float]] = []
    for value in values:
        pools.append([value])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1].extend(last)
    return [fmean(pool) for pool in pools for _ in pool]
