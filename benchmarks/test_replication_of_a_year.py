"""One replication of a year: consignments a second, and peak memory of a process of its own."""

import resource
from multiprocessing import get_context

import pytest

from sim.clearance.compile import Compiler
from sim.command.configuration import build_run
from sim.engine.simulate import simulate
from sim.study import replication
from sim.study.inputs import load_inputs
from sim.traffic.consignments import draw_consignments
from sim.traffic.conveyances import draw_conveyances
from sim.traffic.draws import Draws

# The flagship before and after reform, and a whole port: sea and rail, imports, exports, transit.
SCENARIOS = [("serial", 3), ("all_together", 3), ("lianyungang_2017", 1)]
YEAR = ("experiment.horizon_days=365", "experiment.traced_replications=0")


def scenario_of_a_year(name):
    return build_run([f"scenario={name}", *YEAR]).points[-1].scenario


def replicate(name):
    """Run and return the number of consignments and the peak memory of this process in MiB."""
    scenario = scenario_of_a_year(name)
    inputs, draws = load_inputs([scenario]), Draws(scenario.experiment.seed, 0)
    result = replication.replicate(scenario, inputs, Compiler(scenario), draws)
    consignments = next(kpi.value for kpi in result.measures.kpis if kpi.key == "consignments")
    return consignments, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize(("name", "rounds"), SCENARIOS)
def test_replication_of_a_year(benchmark, name, rounds):
    with get_context("spawn").Pool(1) as fresh:
        _, peak = fresh.apply(replicate, (name,))
    consignments, _ = benchmark.pedantic(replicate, (name,), rounds=rounds, warmup_rounds=0)
    benchmark.extra_info["consignments measured"] = f"{consignments:,.0f}"
    benchmark.extra_info["consignments a second"] = f"{consignments / benchmark.stats['min']:,.0f}"
    benchmark.extra_info["peak memory"] = f"{peak:,.0f} MiB"


@pytest.mark.parametrize(("name", "rounds"), SCENARIOS)
def test_engine_alone(benchmark, name, rounds):
    scenario = scenario_of_a_year(name)
    draws = Draws(scenario.experiment.seed, 0)
    inputs = load_inputs([scenario])
    conveyances = draw_conveyances(scenario, inputs, draws)
    consignments = draw_consignments(scenario, conveyances, inputs, draws)
    plan = Compiler(scenario).compile(conveyances, consignments, draws)
    benchmark.pedantic(simulate, (plan,), rounds=rounds, warmup_rounds=0)
    rate = len(consignments) / benchmark.stats["min"]
    benchmark.extra_info["activities"] = f"{plan.activities:,}"
    benchmark.extra_info["consignments a second"] = f"{rate:,.0f}"
