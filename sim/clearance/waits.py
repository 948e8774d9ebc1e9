"""Checks of what waits across cases: consignments for conveyances, conveyances for boxes."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from sim.clearance.graph import Workflow, is_cross_reference
from sim.clearance.reforms import largest_uptakes, possible_uptakes, reformed_workflow
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.scenario import Scenario


def check_waits(scenario: Scenario, graph: Workflow, where: str) -> None:
    """Check that every step another case is waited for with can be there.

    Raises:
        InputError: a step named is not there, or a conveyance gathers what nobody on board does.
    """
    for step in graph.steps.values():
        place = f"{where}: step '{step.name}'"
        for before in filter(is_cross_reference, step.predecessors):
            _check_reference(scenario, graph.name, before, place)
        for name in step.gathers:
            _check_gathered(scenario, graph.name, name, place)


def _check_reference(scenario: Scenario, workflow: str, reference: str, place: str) -> None:
    other, name = reference.split(".")
    if other not in scenario.workflows:
        raise unknown_name(place, "workflow", other, scenario.workflows)
    for flow_name, flow in scenario.traffic.flows.items():
        if flow.workflow == workflow and other not in set(_carriers(scenario, flow_name)):
            raise InputError(
                f"{place} waits for '{reference}', but no conveyance of the flow '{flow_name}' "
                f"follows '{other}'"
            )
    for uptake in possible_uptakes(scenario, other):
        reformed_workflow(scenario, other, uptake).step(name, place)


def _carriers(scenario: Scenario, flow: str) -> Iterator[str]:
    """Workflows of the conveyances by which a flow arrives and departs."""
    spec = scenario.traffic.flows[flow]
    for stream in (spec.arrives_by, spec.departs_by):
        if stream:
            yield scenario.traffic.conveyances[stream].workflow


def _check_gathered(scenario: Scenario, conveyance: str, name: str, place: str) -> None:
    on_board = [
        flow.workflow
        for key, flow in scenario.traffic.flows.items()
        if conveyance in set(_carriers(scenario, key))
    ]
    known = {
        step
        for workflow in on_board
        for uptake in possible_uptakes(scenario, workflow)
        for step in reformed_workflow(scenario, workflow, uptake).steps
    }
    if known and name not in known:
        raise unknown_name(f"{place}.gathers", "step of what is on board", name, known)


def check_circles(scenario: Scenario) -> None:
    """Check that cases do not wait for each other in a circle, before reform and after.

    Raises:
        InputError: the first circle.
    """
    for chosen in (_before_reform, _after_reform):
        graphs = {name: chosen(scenario, name) for name in scenario.workflows}
        waits: dict[str, set[str]] = {}
        for name, graph in graphs.items():
            for step in graph.steps.values():
                node = f"{name}.{step.name}"
                waits[node] = {
                    before if is_cross_reference(before) else f"{name}.{before}"
                    for before in step.predecessors
                }
        for key, flow in scenario.traffic.flows.items():
            for carrier in set(_carriers(scenario, key)):
                for step in graphs[carrier].steps.values():
                    gathered = set(step.gathers) & set(graphs[flow.workflow].steps)
                    waits[f"{carrier}.{step.name}"] |= {f"{flow.workflow}.{g}" for g in gathered}
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as error:
            circle = " → ".join(error.args[1][::-1])
            raise InputError(
                f"workflows: cases wait for each other in a circle: {circle}"
            ) from error


def _before_reform(scenario: Scenario, workflow: str) -> Workflow:
    return reformed_workflow(scenario, workflow, ())


def _after_reform(scenario: Scenario, workflow: str) -> Workflow:
    return reformed_workflow(scenario, workflow, largest_uptakes(scenario, workflow)[0])
