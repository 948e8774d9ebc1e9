"""The workflows of a run as diagrams: before and after reform with changes marked, or alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.clearance.graph import Workflow
from sim.clearance.reforms import Rewriting, Uptake, base_workflow
from sim.clearance.step import Step
from sim.report.diagram import Diagram, Mark, Node, mark_after, mark_before
from sim.report.labels import Labels
from sim.report.links import gathered_edges, outside_label, slot_edges
from sim.scenario.reform import Move, Operator, Parallelise, Reform, SetStep
from sim.scenario.scenario import Scenario
from sim.study.settings import Point


@dataclass(frozen=True)
class Panel:
    """One diagram under its title."""

    title: str
    diagram: Diagram


@dataclass(frozen=True)
class ProcessMap:
    """A workflow as a scenario has it: before and after reform, or alone where none changes it."""

    workflow: str
    point: Point
    uptakes: tuple[Uptake, ...]

    @property
    def is_changed(self) -> bool:
        """Whether a reform rewrites the workflow."""
        return bool(self.uptakes)


def process_maps(points: Sequence[Point]) -> list[ProcessMap]:
    """Maps of a run: every set of reforms of a workflow once, then what no reform rewrites."""
    changed: dict[tuple[object, ...], ProcessMap] = {}
    unchanged: dict[str, ProcessMap] = {}
    for point in points:
        for workflow in _followed(point.scenario):
            uptakes = _uptakes(point.scenario, workflow)
            found = ProcessMap(workflow, point, uptakes)
            if uptakes:
                changed.setdefault((workflow, *uptakes), found)
            else:
                unchanged.setdefault(workflow, found)
    rewritten = {found.workflow for found in changed.values()}
    alone = [found for workflow, found in unchanged.items() if workflow not in rewritten]
    return [*changed.values(), *alone]


def _followed(scenario: Scenario) -> list[str]:
    """Workflows that consignments or conveyances of the scenario follow."""
    flows, streams = scenario.traffic.flows.values(), scenario.traffic.conveyances.values()
    names = [*(flow.workflow for flow in flows), *(stream.workflow for stream in streams)]
    return list(dict.fromkeys(names))


def _uptakes(scenario: Scenario, workflow: str) -> tuple[Uptake, ...]:
    """Sets of reforms taken up together; first the rule, then what it gives way to."""
    found = [uptake for uptake in Rewriting(scenario).largest_uptakes(workflow) if uptake]
    yielding = {name for name, reform in scenario.reforms.items() if reform.yields_to}
    return tuple(sorted(found, key=lambda uptake: -len(yielding.intersection(uptake))))


def map_title(process_map: ProcessMap, labels: Labels) -> str:
    """The workflow and, where reforms rewrite it, the scenario."""
    workflow = labels.word("workflow", process_map.workflow)
    if not process_map.is_changed:
        return workflow
    scenario = labels.point(process_map.point.name)
    return labels.text("map_title", workflow=workflow, scenario=scenario)


def panels_of(process_map: ProcessMap, labels: Labels) -> list[Panel]:
    """The diagrams of a map, side by side."""
    scenario, workflow = process_map.point.scenario, process_map.workflow
    before = diagram_of(base_workflow(scenario, workflow), scenario, labels)
    if not process_map.is_changed:
        return [Panel("", before)]
    rewriting = Rewriting(scenario)
    marked, panels = before, []
    for uptake in process_map.uptakes:
        after = diagram_of(rewriting.workflow(workflow, uptake), scenario, labels)
        operators = _operators([scenario.reforms[name] for name in uptake], workflow)
        marked = mark_before(marked, after)
        after = mark_after(before, after, _reformed(operators))
        panels.append(Panel(_title(uptake, process_map.uptakes, labels), after))
    return [Panel(labels.text("before"), marked), *panels]


def diagram_of(workflow: Workflow, scenario: Scenario, labels: Labels) -> Diagram:
    """Boxes and arrows of a workflow, with what it waits for in other workflows.

    That is steps of other cases, steps of all consignments on board, and cut-offs that hand out
    places on a conveyance.
    """
    steps = workflow.steps.values()
    inside = [_node(step, labels) for step in steps]
    edges = [(name, step.name) for step in steps for name in step.predecessors]
    edges += [*gathered_edges(workflow), *slot_edges(workflow, scenario)]
    names = dict.fromkeys(name for name, _ in edges if name not in workflow.steps)
    outside = [Node(name, outside_label(name, labels), "outside") for name in names]
    return Diagram((*outside, *inside), tuple(dict.fromkeys(edges)))


def _node(step: Step, labels: Labels) -> Node:
    parts = tuple(part.name for part in step.parts)
    return Node(step.name, getattr(step.label, labels.language), step.party, parts)


def _title(uptake: tuple[str, ...], uptakes: Sequence[tuple[str, ...]], labels: Labels) -> str:
    """``After``; where cases take up different reforms, with those that only some take up.

    Reforms that all these cases take up are counted.
    """
    if len(uptakes) == 1:
        return labels.text("after")
    common = set(uptake).intersection(*map(set, uptakes))
    own = ", ".join(labels.word("reform", name) for name in uptake if name not in common)
    if not common:
        return labels.text("after_with", reforms=own)
    number = str(len(common))
    if not own:
        return labels.text("after_common", number=number)
    return labels.text("after_common_with", number=number, reforms=own)


def _operators(reforms: Iterable[Reform], workflow: str) -> list[Operator]:
    return [
        operator
        for reform in reforms
        for operator in reform.operators
        if operator.rewrites(workflow)
    ]


def _reformed(operators: Iterable[Operator]) -> dict[Mark, set[str]]:
    """Steps that are moved, set side by side, or given other fields."""
    found: dict[Mark, set[str]] = {"moved": set(), "parallel": set(), "changed": set()}
    for operator in operators:
        match operator.content:
            case Move(steps=steps):
                found["moved"].update(steps)
            case Parallelise(branches=branches):
                found["parallel"].update(step for branch in branches for step in branch)
            case SetStep() as change:
                found["changed"].update(change.names)
    return found
