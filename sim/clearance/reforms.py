"""Reforms applied to workflows, in the one documented order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import combinations

from sim.clearance.graph import Workflow, build_workflow
from sim.clearance.operators import apply_operator
from sim.clearance.step import step_from_spec
from sim.scenario.scenario import Scenario

_ALL_SUBSETS_UP_TO = 8

Uptake = tuple[str, ...]


def reform_order(scenario: Scenario) -> list[str]:
    """Names of the reforms in the order they apply: rising ``order``, then name."""
    return sorted(scenario.reforms, key=lambda name: (scenario.reforms[name].order, name))


def base_workflow(scenario: Scenario, workflow: str) -> Workflow:
    """Return a workflow as it stands before reform."""
    spec = scenario.workflows[workflow]
    steps = [step_from_spec(workflow, name, step) for name, step in spec.steps.items()]
    return build_workflow(workflow, steps)


class Rewriting:
    """What the reforms of a scenario make of its workflows; everything is worked out once.

    An uptake is a set of reforms that one case takes up, in the order they apply.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.order = reform_order(scenario)
        self.reforms = cache(self._reforms)
        self.possible_uptakes = cache(self._possible_uptakes)
        self._for_all = cache(self._reforms_for_all)
        self._graph = cache(self._rewritten)

    def workflow(self, name: str, reforms: Collection[str]) -> Workflow:
        """Return a workflow as rewritten by some of the reforms.

        Raises:
            InputError: an operator does not fit the graph it meets.
        """
        return self._graph(name, tuple(one for one in self.reforms(name) if one in reforms))

    def _rewritten(self, workflow: str, uptake: Uptake) -> Workflow:
        if not uptake:
            return base_workflow(self.scenario, workflow)
        *before, name = uptake
        graph = self._graph(workflow, tuple(before))
        for number, operator in enumerate(self.scenario.reforms[name].operators):
            if operator.rewrites(workflow):
                where = f"reforms.{name}.operators.{number}"
                graph = apply_operator(graph, operator, name, where)
        return graph

    def _reforms(self, workflow: str) -> Uptake:
        """Reforms with an operator on this workflow, in the order they apply."""
        return tuple(name for name in self.order if self.scenario.reforms[name].rewrites(workflow))

    def _reforms_for_all(self, workflow: str) -> frozenset[str]:
        return frozenset(
            name
            for name in self.reforms(workflow)
            if not self.scenario.reforms[name].eligible.has_conditions
        )

    def settle(self, workflow: str, wanted: Sequence[str]) -> Uptake:
        """Reforms a case really takes up of those it is eligible for and willing to.

        A reform is dropped if one it requires is not taken up, or one it yields to is. One that it
        requires and that is for cases under conditions only needs to be in force.
        """
        for_all = self._for_all(workflow)
        taken: list[str] = []
        for name in wanted:
            reform = self.scenario.reforms[name]
            needs = for_all.intersection(reform.requires)
            if needs.issubset(taken) and not set(reform.yields_to) & set(taken):
                taken.append(name)
        return tuple(taken)

    def _possible_uptakes(self, workflow: str) -> list[Uptake]:
        """Uptakes that a case may have.

        Of many reforms not every subset is listed: the largest ones, and these without one reform.
        """
        names = self.reforms(workflow)
        sizes = range(len(names) + 1)
        if len(names) > _ALL_SUBSETS_UP_TO:
            sizes = range(len(names) - 1, len(names) + 1)
        subsets = (subset for size in sizes for subset in combinations(names, size))
        return list(dict.fromkeys(self.settle(workflow, subset) for subset in subsets))

    def largest_uptakes(self, workflow: str) -> list[Uptake]:
        """Possible uptakes that are part of no larger one."""
        possible = self.possible_uptakes(workflow)
        return [
            uptake for uptake in possible if not any(set(uptake) < set(other) for other in possible)
        ]
