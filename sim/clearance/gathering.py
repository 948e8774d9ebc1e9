"""Which steps of consignments a conveyance gathers: what it brought, or what boards it."""

from __future__ import annotations

from collections.abc import Iterator

from sim.clearance.graph import Workflow
from sim.clearance.step import Step
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow
from sim.scenario.workflow import Milestone


def slots_taken(scenario: Scenario, step: Step) -> list[str]:
    """Slots on conveyances that a step takes."""
    return [pool for pool, _ in step.takes if pool in scenario.port.slots]


def carriers(scenario: Scenario, flow: Flow) -> tuple[str | None, str | None]:
    """Workflows of the conveyances by which a flow arrives and departs."""
    streams = scenario.traffic.conveyances
    arrives_by, departs_by = (
        streams[name].workflow if name else None for name in (flow.arrives_by, flow.departs_by)
    )
    return arrives_by, departs_by


def gathered_from_boxes_brought(
    scenario: Scenario, graph: Workflow, milestone: Milestone
) -> list[str]:
    """Steps that reach a milestone and concern the conveyance that brought the case.

    Of a case that boards another one these are the steps before it does.
    """
    before = _before_boarding(scenario, graph)
    boards = any(slots_taken(scenario, step) for step in graph.steps.values())
    return [name for name in _reaching(graph, milestone) if name in before or not boards]


def gathered_from_boxes_boarding(
    scenario: Scenario, graph: Workflow, milestone: Milestone
) -> list[str]:
    """Steps that reach a milestone and need not be done before the case boards."""
    before = _before_boarding(scenario, graph)
    return [name for name in _reaching(graph, milestone) if name not in before]


def _reaching(graph: Workflow, milestone: Milestone) -> Iterator[str]:
    return (name for name, step in graph.steps.items() if milestone in step.milestones)


def _before_boarding(scenario: Scenario, graph: Workflow) -> set[str]:
    boarding = [name for name, step in graph.steps.items() if slots_taken(scenario, step)]
    return set().union(*(graph.ancestors(name) for name in boarding))
