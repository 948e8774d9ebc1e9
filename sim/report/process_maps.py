"""The consignments' workflow before and after reform, as diagrams with changes marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.clearance.graph import Workflow
from sim.clearance.reforms import base_workflow, largest_uptakes, reformed_workflow
from sim.clearance.step import Step
from sim.report.diagram import Diagram, Node, mark_after, mark_before
from sim.report.labels import Labels
from sim.scenario.reform import Reform
from sim.scenario.scenario import Scenario
from sim.study.settings import Point


@dataclass(frozen=True)
class Panel:
    """One diagram under its title."""

    title: str
    diagram: Diagram


def process_maps(points: Sequence[Point], labels: Labels) -> Iterator[tuple[Point, list[Panel]]]:
    """For every set of reforms of the run, once: the workflow before and after."""
    seen: set[tuple[object, ...]] = set()
    for point in points:
        scenario = point.scenario
        for workflow in _consignment_workflows(scenario):
            uptakes = _uptakes(scenario, workflow)
            key = (workflow, *uptakes)
            if uptakes and key not in seen:
                seen.add(key)
                yield point, _panels(scenario, workflow, uptakes, labels)


def _consignment_workflows(scenario: Scenario) -> list[str]:
    return [name for name, spec in scenario.workflows.items() if spec.case == "consignment"]


def _uptakes(scenario: Scenario, workflow: str) -> list[tuple[str, ...]]:
    """Sets of reforms taken up together; first the rule, then what it gives way to."""
    found = [uptake for uptake in largest_uptakes(scenario, workflow) if uptake]
    return sorted(
        found, key=lambda uptake: -sum(bool(scenario.reforms[name].yields_to) for name in uptake)
    )


def _panels(
    scenario: Scenario, workflow: str, uptakes: Sequence[tuple[str, ...]], labels: Labels
) -> list[Panel]:
    before = diagram_of(base_workflow(scenario, workflow), labels)
    marked, panels = before, []
    for uptake in uptakes:
        after = diagram_of(reformed_workflow(scenario, workflow, uptake), labels)
        reforms = [scenario.reforms[name] for name in uptake]
        marked = mark_before(marked, after)
        after = mark_after(before, after, _moved(reforms), _set_side_by_side(reforms))
        panels.append(Panel(_title(uptake, uptakes, labels), after))
    return [Panel(labels.text("before"), marked), *panels]


def diagram_of(workflow: Workflow, labels: Labels) -> Diagram:
    """Boxes and arrows of a workflow, with what it waits for in other workflows."""
    outside = {
        name: Node(name, labels.word("step", name), "outside")
        for step in workflow.steps.values()
        for name in step.predecessors
        if name not in workflow.steps
    }
    inside = [_node(step, labels) for step in workflow.steps.values()]
    edges = [(name, step.name) for step in workflow.steps.values() for name in step.predecessors]
    return Diagram((*outside.values(), *inside), tuple(edges))


def _node(step: Step, labels: Labels) -> Node:
    parts = tuple(part.name for part in step.parts)
    return Node(step.name, getattr(step.label, labels.language), step.party, parts)


def _title(uptake: tuple[str, ...], uptakes: Sequence[tuple[str, ...]], labels: Labels) -> str:
    """``After``; where cases take up different reforms, with those that only some take up."""
    if len(uptakes) == 1:
        return labels.text("after")
    common = set(uptake).intersection(*map(set, uptakes))
    own = [labels.word("reform", name) for name in uptake if name not in common]
    return labels.text("after_with", reforms=", ".join(own))


def _moved(reforms: Iterable[Reform]) -> set[str]:
    operators = (operator for reform in reforms for operator in reform.operators)
    return {step for operator in operators if operator.move for step in operator.move.steps}


def _set_side_by_side(reforms: Iterable[Reform]) -> set[str]:
    operators = (operator for reform in reforms for operator in reform.operators)
    return {
        step
        for operator in operators
        if operator.parallelise
        for branch in operator.parallelise.branches
        for step in branch
    }
