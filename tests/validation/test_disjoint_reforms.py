"""Reforms that touch no common step, pool or figure give the same, whichever is applied first.

Steps may then stand in another order in the plan; who waits for whom, and every time, is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.parameters import effect_of
from sim.clearance.reforms import Rewriting
from sim.clearance.resources import resources_of
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED
from tests.catalogue import (
    BASELINES,
    LIBRARY,
    REFORMS,
    Data,
    all_told,
    concerned,
    in_force,
    sets_figures,
    with_reforms,
    with_required,
    without_reforms,
)
from tests.validation.footprints import disjoint, with_all_reforms

Pair = tuple[str, str]
ORDERS = ((998, 999), (999, 998))
WORKFLOWS = list(LIBRARY.groups["workflows"])
# Of these every two reforms share a step, if there are two at all: nothing is to be compared.
ONE_REFORM_OR_SHARED_STEPS = ["bonded_truck", "sea_transhipment", "truck", "vessel_call"]


@cache
def pairs(port: str) -> list[Pair]:
    """Disjoint reforms that concern a port."""
    return [pair for pair in combinations(concerned(port), 2) if disjoint(port, *pair)]


def on_port(reform: str) -> bool:
    operators = with_all_reforms(BASELINES[0]).reforms[reform].operators
    return any(operator.on_port for operator in operators)


def in_both_orders(port: str, pair: Pair) -> Iterator[Scenario]:
    """All reforms at hand, of which the two are the last, the one or the other before."""
    scenario = with_all_reforms(port)
    for orders in ORDERS:
        last = {
            name: scenario.reforms[name].model_copy(update={"order": order})
            for name, order in zip(pair, orders, strict=True)
        }
        yield scenario.model_copy(update={"reforms": {**scenario.reforms, **last}})


def in_force_in_both_orders(port: str, pair: Pair) -> Iterator[Data]:
    """As a run would have it; of those eligible half take up each, where a share is possible."""
    for orders in ORDERS:
        reforms = in_force(with_required(pair))
        for name, order in zip(pair, orders, strict=True):
            adoption = {"share": 1.0 if sets_figures(name) else 0.5, **ASSUMED}
            reforms[name] |= {"order": order, "adoption": adoption}
        yield with_reforms(port, reforms)


def pairs_of(workflow: str) -> tuple[str, list[Pair]]:
    """The first port that has a workflow, and disjoint reforms that both rewrite it there."""
    port = next(port for port in BASELINES if workflow in without_reforms(port)["workflows"])
    rewriting = {
        name for name in REFORMS if with_all_reforms(port).reforms[name].rewrites(workflow)
    }
    return port, [pair for pair in pairs(port) if rewriting.issuperset(pair)]


@pytest.mark.parametrize("workflow", ONE_REFORM_OR_SHARED_STEPS)
def test_no_two_reforms_of_these_workflows_are_disjoint(workflow: str) -> None:
    assert pairs_of(workflow)[1] == []


@pytest.mark.parametrize(
    "workflow", [name for name in WORKFLOWS if name not in ONE_REFORM_OR_SHARED_STEPS]
)
def test_workflows_are_rewritten_alike(workflow: str) -> None:
    port, chosen = pairs_of(workflow)
    assert chosen
    for pair in chosen:
        one, other = (
            Rewriting(scenario).workflow(workflow, with_required(pair))
            for scenario in in_both_orders(port, pair)
        )
        assert dict(one.steps) == dict(other.steps), pair


def bare(scenario: Scenario) -> Scenario:
    """All that reforms have set, without themselves."""
    return scenario.model_copy(update={"reforms": {}})


def test_pools_and_figures_are_set_alike() -> None:
    port = "serial"
    for pair in (pair for pair in pairs(port) if all(map(on_port, pair))):
        one, other = (
            effect_of(build_scenario(data)).scenario for data in in_force_in_both_orders(port, pair)
        )
        assert bare(one) == bare(other), pair
        assert resources_of(one) == resources_of(other), pair


def told_alike(data: Data) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Activities by name instead of place, and consignments with their reforms in one order."""
    activities, consignments, _ = all_told(data)
    activities = activities.sort_values(["case", "step", "container", "visit"], ignore_index=True)
    consignments["reforms"] = [" ".join(sorted(taken.split())) for taken in consignments["reforms"]]
    return activities, consignments


@st.composite
def ports_and_pairs(draw: st.DrawFn) -> tuple[str, Pair]:
    port = draw(st.sampled_from(BASELINES).filter(pairs))
    return port, draw(st.sampled_from(pairs(port)))


def assert_commute(port: str, pair: Pair) -> None:
    told = (told_alike(data) for data in in_force_in_both_orders(port, pair))
    for one, other in zip(*told, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@given(ports_and_pairs())
@settings(max_examples=4, deadline=None)
def test_all_happens_alike(chosen: tuple[str, Pair]) -> None:
    assert_commute(*chosen)


@pytest.mark.slow
@given(ports_and_pairs())
@settings(max_examples=150, deadline=None)
def test_all_happens_alike_with_any_pair(chosen: tuple[str, Pair]) -> None:
    assert_commute(*chosen)
