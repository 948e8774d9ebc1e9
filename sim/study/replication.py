"""One replication: the same luck for every scenario compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.clearance.compile import Compiler
from sim.engine.simulate import simulate
from sim.measure.audit import audit
from sim.measure.measure import Measures, measure
from sim.measure.observation import Observation
from sim.scenario.scenario import Scenario
from sim.study.tracing import activity_table, consignment_table
from sim.traffic.consignments import draw_consignments
from sim.traffic.conveyances import draw_conveyances
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs


@dataclass(frozen=True)
class Replication:
    """Result of one replication of one scenario; tables only where it was to be traced."""

    measures: Measures
    consignments: pd.DataFrame | None = None
    activities: pd.DataFrame | None = None


class Replicator:
    """Runs replications of scenarios in effect; what does not depend on luck is prepared once."""

    def __init__(self, scenarios: Sequence[Scenario], inputs: Inputs) -> None:
        self._scenarios = list(scenarios)
        self._inputs = inputs
        self._compilers = [Compiler(scenario) for scenario in scenarios]

    def replicate(self, number: int) -> list[Replication]:
        """Return replication ``number`` of every scenario, in their order."""
        draws: dict[int, Draws] = {}
        results = []
        for scenario, compiler in zip(self._scenarios, self._compilers, strict=True):
            seed = scenario.experiment.seed
            luck = draws.setdefault(seed, Draws(seed, number))
            results.append(self._run(scenario, compiler, luck))
        return results

    def _run(self, scenario: Scenario, compiler: Compiler, draws: Draws) -> Replication:
        observation = self.observe(scenario, compiler, draws)
        measures = measure(observation)
        if draws.replication >= scenario.experiment.traced_replications:
            return Replication(measures)
        return Replication(measures, consignment_table(observation), activity_table(observation))

    def observe(self, scenario: Scenario, compiler: Compiler, draws: Draws) -> Observation:
        """Draw, compile, simulate and audit."""
        conveyances = draw_conveyances(scenario, self._inputs, draws)
        consignments = draw_consignments(scenario, conveyances, self._inputs, draws)
        plan = compiler.compile(conveyances, consignments, draws)
        trace = simulate(plan)
        audit(plan, trace)
        return Observation(scenario, conveyances, consignments, plan, trace)
