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
from sim.clearance.reforms import Rewriting, Uptake
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Eligibility
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow


def check_waits(rewriting: Rewriting, graph: Workflow, where: str) -> None:
    """Check that every step another case is waited for with can be there.

    Args:
        rewriting: what reforms make of all workflows.
        graph: one of them, as rewritten by some reforms.
        where: what to call the graph in an error.

    Raises:
        InputError: a step named is not there.
    """
    for step in graph.steps.values():
        for before in filter(is_cross_reference, step.predecessors):
            place = f"{where}: step '{step.name}'"
            _check_reference(rewriting, graph.name, before, place)


def _check_reference(rewriting: Rewriting, workflow: str, reference: str, place: str) -> None:
    scenario = rewriting.scenario
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
    for uptake in rewriting.possible_uptakes(other):
        rewriting.workflow(other, uptake).step(name, place)


_GATHERED = (gathered_from_boxes_brought, gathered_from_boxes_boarding)


def check_circles(rewriting: Rewriting) -> None:
    """Check that cases do not wait for each other in a circle, before reform and after.

    All workflows together are checked before reform and after, and each flow with its conveyances
    in mixtures of their possible uptakes.

    Raises:
        InputError: the first circle.
    """
    scenario = rewriting.scenario
    for after_reform in (False, True):
        together = {
            name: rewriting.workflow(
                name, rewriting.largest_uptakes(name)[0] if after_reform else ()
            )
            for name in scenario.workflows
        }
        _check_no_circle(scenario, together, scenario.traffic.flows.values())
    for flow in scenario.traffic.flows.values():
        concerned = {flow.workflow, *filter(None, carriers(scenario, flow))}
        uptakes = [_occurring_uptakes(rewriting, name) for name in concerned]
        for mixture in product(*uptakes):
            mixed = {
                name: rewriting.workflow(name, uptake)
                for name, uptake in zip(concerned, mixture, strict=True)
            }
            _check_no_circle(scenario, mixed, [flow])


def _occurring_uptakes(rewriting: Rewriting, workflow: str) -> list[Uptake]:
    """Possible uptakes without those that lack a reform which everybody takes up."""
    reforms = rewriting.scenario.reforms
    everybody = {
        name
        for name in rewriting.reforms(workflow)
        if reforms[name].adoption.by_everybody and reforms[name].eligible == Eligibility()
    }
    return [
        uptake
        for uptake in rewriting.possible_uptakes(workflow)
        if uptake
        == rewriting.settle(
            workflow, [name for name in rewriting.order if name in everybody.union(uptake)]
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
