"""Reforms applied to workflows, in the one documented order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from sim.clearance.graph import Workflow, build_workflow
from sim.clearance.operators import apply_operator
from sim.clearance.step import step_from_spec
from sim.scenario.scenario import Scenario

_ALL_SUBSETS_UP_TO = 8

# A workflow, by its name and the reforms that a case of it takes up.
Reformed = Callable[[str, tuple[str, ...]], Workflow]


def reform_order(scenario: Scenario) -> list[str]:
    """Names of the reforms in the order they apply: rising ``order``, then name."""
    return sorted(scenario.reforms, key=lambda name: (scenario.reforms[name].order, name))


def base_workflow(scenario: Scenario, workflow: str) -> Workflow:
    """Return a workflow as it stands before reform."""
    spec = scenario.workflows[workflow]
    steps = [step_from_spec(workflow, name, step) for name, step in spec.steps.items()]
    return build_workflow(workflow, steps)


def reformed_workflow(scenario: Scenario, workflow: str, reforms: Sequence[str]) -> Workflow:
    """Return a workflow as rewritten by some of the scenario's reforms.

    Raises:
        InputError: an operator does not fit the graph it meets.
    """
    graph = base_workflow(scenario, workflow)
    for name in reform_order(scenario):
        reform = scenario.reforms[name]
        if name not in reforms or workflow not in reform.workflows:
            continue
        for number, operator in enumerate(reform.operators):
            if operator.rewrites(workflow):
                where = f"reforms.{name}.operators.{number}"
                graph = apply_operator(graph, operator, name, where)
    return graph


def rewriting_reforms(scenario: Scenario, workflow: str) -> list[str]:
    """Reforms with an operator on this workflow, in the order they apply."""
    return [name for name in reform_order(scenario) if scenario.reforms[name].rewrites(workflow)]


def possible_uptakes(scenario: Scenario, workflow: str) -> list[tuple[str, ...]]:
    """Sets of reforms that one case may take up together, each in the order they apply.

    Of many reforms not every subset is listed: the largest ones, and these without one reform.
    """
    names = rewriting_reforms(scenario, workflow)
    sizes = range(len(names) + 1)
    if len(names) > _ALL_SUBSETS_UP_TO:
        sizes = range(len(names) - 1, len(names) + 1)
    subsets = (subset for size in sizes for subset in combinations(names, size))
    return list(dict.fromkeys(settle_uptake(scenario, workflow, subset) for subset in subsets))


def largest_uptakes(scenario: Scenario, workflow: str) -> list[tuple[str, ...]]:
    """Possible uptakes that are part of no larger one."""
    possible = possible_uptakes(scenario, workflow)
    return [
        uptake for uptake in possible if not any(set(uptake) < set(other) for other in possible)
    ]


def settle_uptake(scenario: Scenario, workflow: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """Reforms a case of a workflow really takes up of those it is eligible for and willing to.

    A reform is dropped if one it requires is not taken up, or one it yields to is. One that it
    requires and that is for cases under conditions only needs to be in force.
    """
    for_all = {
        name
        for name in rewriting_reforms(scenario, workflow)
        if not scenario.reforms[name].eligible.has_conditions
    }
    taken: list[str] = []
    for name in wanted:
        reform = scenario.reforms[name]
        needs = for_all & set(reform.requires)
        if needs <= set(taken) and not set(reform.yields_to) & set(taken):
            taken.append(name)
    return tuple(taken)
