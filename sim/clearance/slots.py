"""Checks of slots: who takes them, who offers them, and what waits for who has boarded."""

from __future__ import annotations

from collections.abc import Iterator

from sim.clearance.graph import Workflow, is_cross_reference
from sim.clearance.reforms import possible_uptakes, reformed_workflow
from sim.clearance.step import Step
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario


def check_slots(scenario: Scenario, graph: Workflow, where: str) -> None:
    """Check that boxes which wait for slots can board the conveyance they depart by.

    Raises:
        InputError: slots are taken along with other pools or by whole cases, those of no
            conveyance or of another one, or something waits for who boards too early.
    """
    for step in graph.steps.values():
        place = f"{where}: step '{step.name}'"
        for slots in _slots_taken(scenario, step):
            _check_taking(step, slots, place)
            _check_offers(scenario, graph.name, slots, place)
        _check_after_boarding(scenario, graph, step, place)
        _check_after_offers(scenario, graph, step, place)


def _slots_taken(scenario: Scenario, step: Step) -> list[str]:
    return [pool for pool, _ in step.takes if pool in scenario.port.slots]


def _check_taking(step: Step, slots: str, place: str) -> None:
    if step.uses or len(step.takes) > 1:
        raise InputError(f"{place}: takes slots of '{slots}'; it can ask for nothing else")
    if step.per != "container":
        raise InputError(f"{place}: takes slots of '{slots}'; it must be per container")


def _check_offers(scenario: Scenario, workflow: str, slots: str, place: str) -> None:
    """Slots are those of the conveyance a flow departs by, and of no other."""
    offering = {
        name
        for name, spec in scenario.workflows.items()
        if any(slots in step.offers for step in spec.steps.values())
    }
    for flow, departs_by in _departures(scenario, workflow):
        if departs_by is None:
            raise InputError(
                f"{place}: takes slots of '{slots}', but the flow '{flow}' has no 'departs_by'"
            )
        if departs_by not in offering:
            raise InputError(
                f"{place}: takes slots of '{slots}', which '{departs_by}' never offers"
            )
        for other in sorted(offering - {departs_by}):
            raise InputError(
                f"{place}: takes slots of '{slots}', which '{other}' offers too; "
                f"the flow '{flow}' departs by '{departs_by}'"
            )


def _departures(scenario: Scenario, workflow: str) -> Iterator[tuple[str, str | None]]:
    """Flows that follow a workflow, each with the workflow of the conveyance it departs by."""
    streams = scenario.traffic.conveyances
    for name, flow in scenario.traffic.flows.items():
        if flow.workflow == workflow:
            yield name, streams[flow.departs_by].workflow if flow.departs_by else None


def _check_after_boarding(scenario: Scenario, graph: Workflow, step: Step, place: str) -> None:
    """Only a box that has boarded can wait for the conveyance it departs by."""
    streams = scenario.traffic.conveyances
    for flow in scenario.traffic.flows.values():
        if flow.workflow != graph.name or not flow.departs_by:
            continue
        departs_by = streams[flow.departs_by].workflow
        if flow.arrives_by and streams[flow.arrives_by].workflow == departs_by:
            continue
        for before in filter(is_cross_reference, step.predecessors):
            boards = any(
                _slots_taken(scenario, graph.steps[name]) for name in graph.ancestors(step.name)
            )
            if before.split(".")[0] == departs_by and not boards:
                raise InputError(f"{place} waits for '{before}', but its boxes take no slot before")


def _check_after_offers(scenario: Scenario, graph: Workflow, step: Step, place: str) -> None:
    """A conveyance can gather who boards only once it has offered its last slots."""
    offers = {name for name, other in graph.steps.items() if other.offers}
    late = offers - graph.ancestors(step.name)
    if not step.gathers or not late:
        return
    streams = scenario.traffic.conveyances
    boarding = {
        name
        for flow in scenario.traffic.flows.values()
        if flow.departs_by and streams[flow.departs_by].workflow == graph.name
        for uptake in possible_uptakes(scenario, flow.workflow)
        for name in reformed_workflow(scenario, flow.workflow, uptake).steps
    }
    for name in step.gathers:
        if name in boarding:
            raise InputError(
                f"{place} gathers '{name}' of who boards; it must come after '{min(late)}', "
                "which offers slots"
            )
