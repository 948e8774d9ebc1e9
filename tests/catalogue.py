"""The shipped reforms, the shipped ports without them, and small experiments on both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from sim.clearance.compile import Compiler
from sim.clearance.parameters import effect_of
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import composed_data
from sim.measure.measure import measure
from sim.measure.observation import Observation
from sim.scenario.scenario import Scenario
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import build_scenario
from sim.study import replication
from sim.study.inputs import load_inputs
from sim.study.tracing import activity_table, consignment_table
from sim.traffic.consignments import Consignments, draw_consignments
from sim.traffic.conveyances import Conveyances, draw_conveyances
from sim.traffic.draws import Draws

LIBRARY = load_library()
REFORMS = {name: file.content for name, file in LIBRARY.groups["reforms"].items()}
SCENARIOS = LIBRARY.groups["scenario"]
BASELINES = [name for name, file in SCENARIOS.items() if not file.content.get("baseline")]
CATALOGUE = read_yaml((ROOT / "configs/catalogue.yaml").read_text("utf-8"), "the catalogue")
DAYS = {"warm_up_days": 0.0, "horizon_days": 2.0, "cool_down_days": 1.0}

Data = dict[str, Any]


@cache
def without_reforms(scenario: str) -> Data:
    """Plain data of the baseline of a scenario."""
    baseline = SCENARIOS[scenario].content.get("baseline") or scenario
    return composed_data([f"scenario={baseline}"])[baseline]


def concerned(port: str) -> list[str]:
    """Reforms of a workflow that a port has."""
    workflows = without_reforms(port)["workflows"].keys()
    return [name for name in REFORMS if not workflows.isdisjoint(REFORMS[name]["workflows"])]


def home(reform: str) -> str:
    """Where the effect of a reform is measured; if nothing says so, the first port it concerns."""
    known: str | None = CATALOGUE.get(reform, {}).get("home")
    return known or next(port for port in BASELINES if reform in concerned(port))


def with_required(reforms: Iterable[str]) -> list[str]:
    """Reforms with all that they require, and these in their turn."""
    found = list(reforms)
    for name in found:
        found += [other for other in REFORMS[name].get("requires", ()) if other not in found]
    return found


def without_conflicts(reforms: Iterable[str]) -> list[str]:
    """Reforms that can be in force together: each one that conflicts with none before it."""
    chosen: list[str] = []
    for name in reforms:
        group = with_required([name])
        if not any(conflict(one, other) for one in group for other in chosen):
            chosen += [one for one in group if one not in chosen]
    return chosen


def conflict(one: str, other: str) -> bool:
    return other in REFORMS[one].get("conflicts", ()) or one in REFORMS[other].get("conflicts", ())


def in_force(reforms: Iterable[str]) -> dict[str, Data]:
    """Reforms as they are shipped."""
    return {name: dict(REFORMS[name]) for name in reforms}


def sets_figures(reform: str) -> bool:
    """Whether it has an operator on a figure: all adopt such a reform, or nobody does."""
    return any("parameter" in operator for operator in REFORMS[reform]["operators"])


def knows_tiers(port: str, reform: str) -> bool:
    """Whether it can be adopted by tier in a port: it changes neither figures nor conveyances."""
    workflows = without_reforms(port)["workflows"]
    cases = {workflows[name]["case"] for name in REFORMS[reform]["workflows"] if name in workflows}
    return "conveyance" not in cases and not sets_figures(reform)


@st.composite
def companies(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A port, and two or more shipped reforms that can be in force there together."""
    port = draw(st.sampled_from(BASELINES).filter(lambda port: len(concerned(port)) > 1))
    names = draw(st.lists(st.sampled_from(concerned(port)), min_size=2, unique=True))
    return port, without_conflicts(names)


def with_reforms(port: str, reforms: dict[str, Data]) -> Data:
    """Plain data of a port with reforms, for an experiment of three days."""
    data = without_reforms(port)
    return {**data, "reforms": reforms, "experiment": {**data["experiment"], **DAYS}}


def traffic_of(scenario: Scenario) -> tuple[Conveyances, Consignments, Draws]:
    """What comes to a port in replication 0, and the luck of that."""
    inputs, draws = load_inputs([scenario]), Draws(scenario.experiment.seed, 0)
    conveyances = draw_conveyances(scenario, inputs, draws)
    return conveyances, draw_consignments(scenario, conveyances, inputs, draws), draws


def observe(data: Data) -> Observation:
    """Run replication 0 as a run would, from plain data."""
    scenario = effect_of(build_scenario(data)).scenario
    inputs, draws = load_inputs([scenario]), Draws(scenario.experiment.seed, 0)
    return replication.observe(scenario, inputs, Compiler(scenario), draws)


def all_told(data: Data) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series[float]]:
    """All that is known of replication 0: its activities, its consignments, its KPIs."""
    observation = observe(data)
    kpis = {kpi.key: kpi.value for kpi in measure(observation).kpis}
    return activity_table(observation), consignment_table(observation), pd.Series(kpis)
