"""Graphs of steps, written shortly."""

from __future__ import annotations

from sim.clearance.graph import Workflow, build_workflow
from sim.clearance.step import Step
from sim.scenario.reform import Operator
from tests.builders import Data, step


def graph(*steps: Step) -> Workflow:
    return build_workflow("w", steps)


def chain(names: str) -> Workflow:
    """Build a graph in which each of the letters waits for the one before."""
    return graph(*(step(name, *names[:i][-1:]) for i, name in enumerate(names)))


def operator(**content: Data) -> Operator:
    return Operator.model_validate(content)


def predecessors(workflow: Workflow) -> dict[str, set[str]]:
    return {name: set(step.predecessors) for name, step in workflow.steps.items()}
