"""Checks of what waits across cases: consignments for conveyances, conveyances for boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import product

from sim.clearance.gathering import (
    carriers,
    gathered_from_boxes_boarding,
    gathered_from_boxes_brought,
)
from sim.clearance.graph import Workflow, is_cross_reference
from sim.clearance.reforms import (
    Reformed,
    largest_uptakes,
    possible_uptakes,
    reform_order,
    rewriting_reforms,
    settle_uptake,
)
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Eligibility
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow


def check_waits(scenario: Scenario, graph: Workflow, reformed: Reformed, where: str) -> None:
    """Check that every step another case is waited for with can be there.

    Args:
        scenario: with the workflow.
        graph: of it, as rewritten by some reforms.
        reformed: other workflows as rewritten by some reforms.
        where: what to call the graph in an error.

    Raises:
        InputError: a step named is not there.
    """
    for step in graph.steps.values():
        for before in filter(is_cross_reference, step.predecessors):
            place = f"{where}: step '{step.name}'"
            _check_reference(scenario, graph.name, before, reformed, place)


def _check_reference(
    scenario: Scenario, workflow: str, reference: str, reformed: Reformed, place: str
) -> None:
    other, name = reference.split(".")
    if other not in scenario.workflows:
        raise unknown_name(place, "workflow", other, scenario.workflows)
    if scenario.workflows[workflow].case == "conveyance":
        raise InputError(
            f"{place} waits for '{reference}'; a conveyance waits for consignments by 'gathers'"
        )
    for flow_name, flow in scenario.traffic.flows.items():
        if flow.workflow == workflow and other not in carriers(scenario, flow):
            raise InputError(
                f"{place} waits for '{reference}', but no conveyance of the flow '{flow_name}' "
                f"follows '{other}'"
            )
    for uptake in possible_uptakes(scenario, other):
        reformed(other, uptake).step(name, place)


_GATHERED = (gathered_from_boxes_brought, gathered_from_boxes_boarding)


def check_circles(scenario: Scenario, reformed: Reformed) -> None:
    """Check that cases do not wait for each other in a circle, before reform and after.

    All workflows together are checked before reform and after, and each flow with its conveyances
    in mixtures of their possible uptakes.

    Raises:
        InputError: the first circle.
    """
    for after_reform in (False, True):
        together = {
            name: reformed(name, largest_uptakes(scenario, name)[0] if after_reform else ())
            for name in scenario.workflows
        }
        _check_no_circle(scenario, together, scenario.traffic.flows.values())
    for flow in scenario.traffic.flows.values():
        concerned = {flow.workflow, *filter(None, carriers(scenario, flow))}
        uptakes = [_occurring_uptakes(scenario, name) for name in concerned]
        for mixture in product(*uptakes):
            mixed = {
                name: reformed(name, uptake)
                for name, uptake in zip(concerned, mixture, strict=True)
            }
            _check_no_circle(scenario, mixed, [flow])


def _occurring_uptakes(scenario: Scenario, workflow: str) -> list[tuple[str, ...]]:
    """Possible uptakes without those that lack a reform which everybody takes up."""
    everybody = {
        name
        for name in rewriting_reforms(scenario, workflow)
        if scenario.reforms[name].adoption.by_everybody
        and scenario.reforms[name].eligible == Eligibility()
    }
    order = reform_order(scenario)
    return [
        uptake
        for uptake in possible_uptakes(scenario, workflow)
        if uptake
        == settle_uptake(
            scenario, workflow, [name for name in order if name in everybody.union(uptake)]
        )
    ]


def _check_no_circle(
    scenario: Scenario, graphs: Mapping[str, Workflow], flows: Iterable[Flow]
) -> None:
    waits: dict[str, set[str]] = {}
    for name, graph in graphs.items():
        for step in graph.steps.values():
            waits[f"{name}.{step.name}"] = {
                before if is_cross_reference(before) else f"{name}.{before}"
                for before in step.predecessors
            }
    for flow in flows:
        for carrier, gathered in zip(carriers(scenario, flow), _GATHERED, strict=True):
            for step in graphs[carrier].steps.values() if carrier else ():
                waits[f"{carrier}.{step.name}"] |= {
                    f"{flow.workflow}.{name}"
                    for milestone in step.gathers
                    for name in gathered(scenario, graphs[flow.workflow], milestone)
                }
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1][::-1])
        raise InputError(f"workflows: cases wait for each other in a circle: {circle}") from error
