"""A workflow as boxes and arrows, and what a reform changed in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal["cancelled", "merged", "moved", "parallel", "new", "changed"]


@dataclass(frozen=True)
class Node:
    """A box: a step, its label, who does it, and how reform changed it."""

    name: str
    label: str
    party: str
    parts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Diagram:
    """Boxes, and arrows by the names of the boxes they join."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]

    @property
    def names(self) -> set[str]:
        """Names of the boxes."""
        return {node.name for node in self.nodes}


def mark_before(before: Diagram, after: Diagram) -> Diagram:
    """Mark in the graph before reform what was cancelled or merged."""
    merged = {part for node in after.nodes for part in node.parts}
    marks: dict[str, tuple[Mark, ...]] = {}
    for name in before.names:
        if name in merged:
            marks[name] = ("merged",)
        elif name not in after.names:
            marks[name] = ("cancelled",)
    return _marked(before, marks)


def mark_after(
    before: Diagram, after: Diagram, reformed: Mapping[Mark, Collection[str]]
) -> Diagram:
    """Mark in the graph after reform what is merged or new, and what else the reform did.

    Args:
        before: the graph before reform.
        after: the graph after it; a merged box names its parts.
        reformed: steps that a reform moves, sets side by side, or changes in themselves; what is
            merged or new has no other mark.
    """
    marks: dict[str, tuple[Mark, ...]] = {}
    for node in after.nodes:
        if node.parts:
            marks[node.name] = ("merged",)
        elif node.name not in before.names:
            marks[node.name] = ("new",)
        else:
            marks[node.name] = tuple(mark for mark, steps in reformed.items() if node.name in steps)
    return _marked(after, marks)


def _marked(diagram: Diagram, marks: Mapping[str, tuple[Mark, ...]]) -> Diagram:
    """Add marks to those the boxes have."""
    nodes = tuple(
        replace(node, marks=tuple(dict.fromkeys((*node.marks, *marks.get(node.name, ())))))
        for node in diagram.nodes
    )
    return replace(diagram, nodes=nodes)


def without_shortcuts(diagram: Diagram) -> Diagram:
    """Drop arrows that a longer way already implies."""
    successors: dict[str, set[str]] = {node.name: set() for node in diagram.nodes}
    for before, after in diagram.edges:
        successors[before].add(after)
    reach: dict[str, set[str]] = {}
    for name in successors:
        _reach(name, successors, reach)
    kept = tuple(
        (before, after)
        for before, after in dict.fromkeys(diagram.edges)
        if not any(after in reach[other] for other in successors[before] - {after})
    )
    return replace(diagram, edges=kept)


def _reach(name: str, successors: Mapping[str, set[str]], reach: dict[str, set[str]]) -> set[str]:
    if name not in reach:
        reach[name] = set(successors[name]).union(
            *(_reach(other, successors, reach) for other in sorted(successors[name]))
        )
    return reach[name]
