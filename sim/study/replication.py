"""One replication of one scenario in effect."""

from __future__ import annotations

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


def replicate(scenario: Scenario, inputs: Inputs, compiler: Compiler, draws: Draws) -> Replication:
    """Run the replication that these draws are of and measure it.

    Args:
        scenario: in effect.
        inputs: all that its traffic names.
        compiler: of the scenario; it keeps what does not depend on luck.
        draws: scenarios that share them share the work.
    """
    observation = observe(scenario, inputs, compiler, draws)
    measures = measure(observation)
    if draws.replication >= scenario.experiment.traced_replications:
        return Replication(measures)
    return Replication(measures, consignment_table(observation), activity_table(observation))


def observe(scenario: Scenario, inputs: Inputs, compiler: Compiler, draws: Draws) -> Observation:
    """Draw, compile, simulate and audit."""
    conveyances = draw_conveyances(scenario, inputs, draws)
    consignments = draw_consignments(scenario, conveyances, inputs, draws)
    plan = compiler.compile(conveyances, consignments, draws)
    trace = simulate(plan)
    audit(plan, trace)
    return Observation(scenario, conveyances, consignments, plan, trace)
