"""Checks of a scenario that need the graphs: every uptake must leave sound workflows."""

from __future__ import annotations

from collections import Counter

from sim.clearance.appointments import kept_appointments, step_with_those_on_call
from sim.clearance.graph import Workflow
from sim.clearance.parameters import Effect, blamed
from sim.clearance.reforms import Rewriting
from sim.clearance.resources import Resources, resources_of
from sim.clearance.slots import check_slots
from sim.clearance.step import Step, correction_of
from sim.clearance.step_table import StepTable
from sim.clearance.waits import check_circles, check_waits
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow
from sim.scenario.validate import build_scenario
from sim.scenario.workflow import Direction, Milestone

_IMPORT: tuple[Milestone, ...] = ("discharge", "lodgement", "release", "gate_out")
_EXPORT: tuple[Milestone, ...] = ("gate_in", "lodgement", "release", "loading", "departure")
_TRANSIT: tuple[Milestone, ...] = ("discharge", "lodgement", "release", "loading", "departure")


def check_effect(effect: Effect, known: SoundSteps | None = None) -> None:
    """Check the scenario in effect.

    Args:
        effect: of the reforms.
        known: of scenarios that may be made up alike, so that their workflows are checked once.

    Raises:
        InputError: the first thing that is not sound; it names the reform, if one brought it in by
            a figure that it sets.
    """
    try:
        check_scenario(effect.scenario, known)
    except InputError as error:
        raise blamed(error, effect, lambda data: check_scenario(build_scenario(data))) from error


def check_scenario(scenario: Scenario, known: SoundSteps | None = None) -> None:
    """Check the workflow of every possible uptake of reforms, and that pools can serve its steps.

    Raises:
        InputError: the first thing that is not sound.
    """
    resources = resources_of(scenario)
    table = StepTable(resources)
    for step in (known or SoundSteps()).of(scenario, resources):
        served = step_with_those_on_call(step, resources)
        for met in (served, correction_of(served), *kept_appointments(served)):
            if met:
                table.row(met)


class SoundSteps:
    """Steps of sound workflows, kept for scenarios that differ in figures of the port alone."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Step, ...]] = {}

    def of(self, scenario: Scenario, resources: Resources) -> tuple[Step, ...]:
        """Check the workflows of a scenario and return their distinct steps.

        Raises:
            InputError: the first thing that is not sound.
        """
        key = _made_up(scenario, resources)
        if key not in self._found:
            self._found[key] = _sound_steps(scenario, resources)
        return self._found[key]


_NOT_OF_WORKFLOWS = {"label", "source", "adoption", "cost"}
_OF_TRAFFIC = {
    "flows": {"__all__": {"workflow", "arrives_by", "departs_by"}},
    "conveyances": {"__all__": {"workflow"}},
}


def _made_up(scenario: Scenario, resources: Resources) -> str:
    """All that checks of workflows look at, as text; numbers of units and shares are not."""
    written = scenario.model_dump_json(
        include={"workflows": True, "reforms": True, "traffic": _OF_TRAFFIC},
        exclude_unset=True,
        exclude={"reforms": {"__all__": _NOT_OF_WORKFLOWS}},
    )
    everybody = [name for name, one in scenario.reforms.items() if one.adoption.by_everybody]
    return f"{written} {everybody} {resources.merged_into} {[*scenario.port.slots]}"


def _sound_steps(scenario: Scenario, resources: Resources) -> tuple[Step, ...]:
    rewriting = Rewriting(scenario)
    graphs = [
        (f"workflows.{name}" + (f" with {', '.join(uptake)}" if uptake else ""), graph)
        for name in scenario.workflows
        for uptake in rewriting.possible_uptakes(name)
        for graph in [rewriting.workflow(name, uptake)]
    ]
    for where, graph in graphs:
        _check_milestones(scenario, graph, where)
        check_waits(rewriting, graph, where)
        check_slots(rewriting, graph, where)
    for where, graph in graphs:
        _check_units_return(graph, resources, where)
    check_circles(rewriting)
    return tuple(dict.fromkeys(step for _, graph in graphs for step in graph.steps.values()))


def _check_units_return(graph: Workflow, resources: Resources, where: str) -> None:
    """What a case takes it must give back, or the pool runs dry."""
    balance: Counter[str] = Counter()
    for step in graph.steps.values():
        if step.rework and (step.takes or step.returns):
            raise InputError(
                f"{where}: step '{step.name}' may be done again; it can neither take nor return "
                "units that others give back"
            )
        for pool, number in step.takes:
            if not resources.pools[resources.resolve(pool)].offered:
                balance[resources.resolve(pool)] += number
        for pool, number in step.returns:
            balance[resources.resolve(pool)] -= number
    for pool, number in balance.items():
        if number:
            fault = "taken and not returned" if number > 0 else "returned and not taken"
            raise InputError(f"{where}: {abs(number)} of '{pool}' {fault}")


def _check_milestones(scenario: Scenario, graph: Workflow, where: str) -> None:
    reached = {milestone for step in graph.steps.values() for milestone in step.milestones}
    for flow in scenario.traffic.flows.values():
        if flow.workflow == graph.name:
            for milestone in _needed(flow, scenario.workflows[graph.name].direction):
                if milestone not in reached:
                    raise InputError(f"{where}: no step reaches the milestone '{milestone}'")


def _needed(flow: Flow, direction: Direction | None) -> tuple[Milestone, ...]:
    """Of a flow; an export that only arrives leaves on what brought it, as on a truck."""
    if flow.arrives_by and flow.departs_by:
        return _TRANSIT
    return _EXPORT if flow.departs_by or direction == "export" else _IMPORT
