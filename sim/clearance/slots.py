"""Checks of slots: who takes them, who offers them, and what waits for who has boarded."""

from __future__ import annotations

from sim.clearance.gathering import (
    carriers,
    gathered_from_boxes_boarding,
    slots_taken,
)
from sim.clearance.graph import Workflow, is_cross_reference
from sim.clearance.loading import lasts_until_loaded, loads_conveyance
from sim.clearance.reforms import Rewriting
from sim.clearance.step import Step
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario


def check_slots(rewriting: Rewriting, graph: Workflow, where: str) -> None:
    """Check that boxes which wait for slots can board the conveyance they depart by.

    Args:
        rewriting: what reforms make of all workflows.
        graph: one of them, as rewritten by some reforms.
        where: what to call the graph in an error.

    Raises:
        InputError: slots are taken along with other pools or by whole cases, those of no
            conveyance or of another one, or something waits for who boards too early.
    """
    scenario = rewriting.scenario
    for step in graph.steps.values():
        place = f"{where}: step '{step.name}'"
        for slots in slots_taken(scenario, step):
            _check_taking(step, slots, place)
            _check_offers(scenario, graph.name, slots, place)
        _check_not_merged(step, place)
        _check_after_boarding(scenario, graph, step, place)
        _check_after_offers(rewriting, graph, step, place)


def _check_taking(step: Step, slots: str, place: str) -> None:
    if step.uses or len(step.takes) > 1:
        raise InputError(f"{place}: takes slots of '{slots}'; it can ask for nothing else")
    if step.per != "container":
        raise InputError(f"{place}: takes slots of '{slots}'; it must be per container")


def _check_offers(scenario: Scenario, workflow: str, slots: str, place: str) -> None:
    """Slots are those of the stream a flow departs by, and of no other."""
    offering = [
        name
        for name, stream in scenario.traffic.conveyances.items()
        if any(slots in step.offers for step in scenario.workflows[stream.workflow].steps.values())
    ]
    for name, flow in scenario.traffic.flows.items():
        if flow.workflow != workflow:
            continue
        if flow.departs_by is None:
            raise InputError(
                f"{place}: takes slots of '{slots}', but the flow '{name}' has no 'departs_by'"
            )
        if flow.departs_by not in offering:
            raise InputError(
                f"{place}: takes slots of '{slots}', which '{flow.departs_by}' never offers"
            )
        others = [other for other in offering if other != flow.departs_by]
        if others:
            raise InputError(
                f"{place}: takes slots of '{slots}', which '{others[0]}' offers too; the flow "
                f"'{name}' departs by '{flow.departs_by}', whose workflow needs slots of its own"
            )


def _check_not_merged(step: Step, place: str) -> None:
    """How long loading takes is known too late to be combined with other work."""
    for part in step.parts if step.merged is not None else ():
        if loads_conveyance(part) or lasts_until_loaded(part):
            raise InputError(f"{place} merges '{part.name}', whose time depends on who boards")


def _check_after_boarding(scenario: Scenario, graph: Workflow, step: Step, place: str) -> None:
    """Only a box that has boarded can wait for the conveyance it departs by."""
    boards = any(slots_taken(scenario, graph.steps[name]) for name in graph.ancestors(step.name))
    for flow in scenario.traffic.flows.values():
        arrives_by, departs_by = carriers(scenario, flow)
        if boards or flow.workflow != graph.name:
            continue
        if lasts_until_loaded(step):
            raise InputError(f"{place} lasts until its box is loaded, but it takes no slot before")
        if departs_by in (None, arrives_by):
            continue
        for before in filter(is_cross_reference, step.predecessors):
            if before.split(".")[0] == departs_by:
                raise InputError(f"{place} waits for '{before}', but its boxes take no slot before")


def _check_after_offers(rewriting: Rewriting, graph: Workflow, step: Step, place: str) -> None:
    """A conveyance can gather and load who boards only once it has offered its last slots."""
    offers = {name for name, other in graph.steps.items() if other.offers}
    late = offers - graph.ancestors(step.name)
    if not late or not (step.gathers or loads_conveyance(step)):
        return
    if loads_conveyance(step):
        raise InputError(
            f"{place} loads who boards; it must come after '{min(late)}', which offers slots"
        )
    scenario = rewriting.scenario
    for flow in scenario.traffic.flows.values():
        if carriers(scenario, flow)[1] == graph.name:
            for uptake in rewriting.possible_uptakes(flow.workflow):
                boarding = rewriting.workflow(flow.workflow, uptake)
                for milestone in step.gathers:
                    if gathered_from_boxes_boarding(scenario, boarding, milestone):
                        raise InputError(
                            f"{place} gathers '{milestone}' of who boards; it must come after "
                            f"'{min(late)}', which offers slots"
                        )
