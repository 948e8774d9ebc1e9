"""Operators on small graphs, written shortly."""

from typing import Any

from sim.clearance.graph import Workflow
from sim.clearance.operators import apply_operator
from tests.builders import ASSUMED, LABEL, constant, spec, step
from tests.graphs import graph, operator

MERGED = {"label": LABEL, "party": "joint", **ASSUMED}
TRIGGER = {"arrival_offset": constant(5.0), "ahead": True}


def rewritten(workflow: Workflow, content: dict[str, Any]) -> Workflow:
    return apply_operator(workflow, operator(**content), "r", "here")


def diamond() -> Workflow:
    return graph(step("a"), step("b", "a"), step("c", "a"), step("d", "b", "c"))


def merge(*steps: str, **to: Any) -> dict[str, Any]:
    return {"merge": {"steps": steps, "into": "m", "to": {**MERGED, **to}}}


def move(*steps: str, **where: Any) -> dict[str, Any]:
    return {"move": {"steps": steps, **where}}


def parallelise(*branches: str) -> dict[str, Any]:
    return {"parallelise": {"branches": [list(branch) for branch in branches]}}


def add(name: str, *after: str, before: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"add": {"step": name, "spec": spec(*after), "before": before}}
