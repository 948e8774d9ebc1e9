from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from sim.clearance.compile import Compiler
from sim.clearance.plan import Plan
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from sim.traffic.draws import Draws
from tests.builders import (
    SHIPPED,
    consignments_of,
    constant,
    conveyances_at,
    observe_by_hand,
    replicated,
    shipped,
    spec,
    tiny,
    tiny_data,
    traffic,
)

HOUR = 3600


@cache
def tiny_plan() -> Plan:
    consignments = consignments_of([0, 1, 1], containers=[2, 1, 3])
    return observe_by_hand(tiny(), consignments, 0.0, 10.0).plan


def assert_same_plan(first: Plan, second: Plan) -> None:
    parts = ("links", "loading")
    pairs = [(getattr(first, part), getattr(second, part)) for part in parts]
    for one, other in ((first, second), *pairs):
        for field, value in vars(one).items():
            if field not in parts:
                same = value == getattr(other, field)
                assert same.all() if isinstance(same, np.ndarray) else same, field


def names(plan: Plan) -> list[str]:
    return [plan.steps[number].name for number in plan.step]


def edges(plan: Plan) -> set[tuple[int, int]]:
    before = np.repeat(np.arange(plan.activities), np.diff(plan.first_edge))
    return set(zip(before.tolist(), plan.successor.tolist(), strict=True))


def test_cases_stand_vessels_first_with_their_activities() -> None:
    plan = tiny_plan()
    assert plan.first_activity.tolist() == [0, 3, 6, 11, 15, 21]
    vessel = ["moor", "unload", "sail"]
    paper = ["discharge", "declare", "review"]
    assert names(plan) == [
        *vessel, *vessel,
        *paper, "pick_up", "pick_up", *paper, "pick_up", *paper, *["pick_up"] * 3,
    ]  # fmt: skip
    assert plan.container[-3:].tolist() == [0, 1, 2]
    assert plan.conveyance.tolist() == [0, 1, 0, 1, 1]
    assert plan.conveyances == 2


def test_edges_within_and_across_cases() -> None:
    chains = [(0, 1, 2), (3, 4, 5), (1, 6, 7, 8), (4, 11, 12, 13), (4, 15, 16, 17)]
    within = {pair for chain in chains for pair in pairwise(chain)}
    boxes = {(8, 9), (8, 10), (13, 14), (17, 18), (17, 19), (17, 20)}
    assert edges(tiny_plan()) == within | boxes


def test_work_and_earliest_times() -> None:
    plan = tiny_plan()
    assert (plan.work[:6] / HOUR).tolist() == [1, 2, 1] * 2
    assert (plan.work[6:11] / HOUR).tolist() == [0, 2, 3, 0.5, 0.5]
    assert plan.earliest[[0, 3]].tolist() == [0, 10 * HOUR]
    assert plan.earliest.sum() == 10 * HOUR


def test_lags_stand_at_the_edges() -> None:
    scenario = tiny(("workflows.sea_import.steps.review.lag_hours", 0.25))
    plan = observe_by_hand(scenario, consignments_of([0]), 0.0).plan
    lagged = {names(plan)[after]: lag for after, lag in zip(plan.successor, plan.lag, strict=True)}
    assert lagged.pop("review") == 900
    assert set(lagged.values()) == {0}


def test_a_root_without_a_trigger_begins_at_the_arrival() -> None:
    wait = spec(trigger={"arrival_offset": constant(1.0)}, when=["licensed"])
    scenario = tiny(permit=wait, use_permit=spec("permit"))
    consignments = consignments_of([0, 0], licensed=[True, False])
    plan = observe_by_hand(scenario, consignments, 10.0).plan
    found = [
        (int(case), name, int(earliest) / HOUR)
        for case, name, earliest in zip(plan.case, names(plan), plan.earliest, strict=True)
        if "permit" in name
    ]
    assert found == [(1, "permit", 11.0), (1, "use_permit", 0.0), (2, "use_permit", 10.0)]


def test_cranes_move_the_boxes_of_all_consignments_and_the_others() -> None:
    scenario = tiny(
        ("workflows.vessel_call.steps.unload.duration", {"attribute": "unload_hours"}),
        ("workflows.vessel_call.steps.sail.duration", {"attribute": "load_hours"}),
        ("workflows.sea_import.steps.discharge.duration", {"attribute": "unload_offset"}),
        ("port.handling.vessel_call.moves_per_hour", 100.0),
        ("traffic.conveyances.liner_calls.other_unload_moves", 97.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 150.0),
    )
    consignments = consignments_of([0, 0], containers=[2, 1])
    plan = observe_by_hand(scenario, consignments, 0.0).plan
    assert (plan.work[1:3] / HOUR).tolist() == [1.0, 1.5]
    luck = (
        Draws(scenario.experiment.seed, 0)
        .under("sea_import")
        .uniform("unload_offset", consignments.entity)
    )
    offsets = plan.work[plan.first_activity[1:3]]
    assert offsets.tolist() == np.rint(luck * HOUR).astype(int).tolist()


def test_a_workflow_that_nobody_follows_changes_nothing() -> None:
    data = tiny_data()
    for name in ("sea_import", "vessel_call"):
        data["workflows"][f"second_{name}"] = data["workflows"][name]
    scenario = build_scenario(data)
    consignments = consignments_of([0, 1, 1], containers=[2, 1, 3])
    assert_same_plan(observe_by_hand(scenario, consignments, 0.0, 10.0).plan, tiny_plan())


def test_waiting_for_a_step_the_vessel_does_not_meet_is_refused() -> None:
    scenario = tiny(("workflows.sea_import.steps.discharge.after", ["vessel_call.unlod"]))
    draws = Draws(1, 0)
    with pytest.raises(InputError) as caught:
        Compiler(scenario).compile(
            conveyances_at(scenario, liner_calls=[0.0]), consignments_of([0]), draws
        )
    assert str(caught.value) == (
        "workflows.sea_import: waits for 'vessel_call.unlod', which is not there"
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_activities_of_a_case_stand_in_topological_order(name: str) -> None:
    plan = replicated(name).plan
    before = np.repeat(np.arange(plan.activities), np.diff(plan.first_edge))
    same = plan.case[before] == plan.case[plan.successor]
    assert (before < plan.successor)[same].all()
    conveyance_before, conveyance_after = (
        plan.conveyance[plan.case[activity]] for activity in (before, plan.successor)
    )
    assert (conveyance_before == conveyance_after).all()


def luck_by_step(plan: Plan) -> dict[tuple[int, str, int, int], tuple[int, int]]:
    """Work and earliest time of plain steps, by case, origin, container and visit."""
    return {
        (int(case), plan.steps[number].origin, int(container), int(visit)): (work, earliest)
        for case, number, container, visit, work, earliest in zip(
            plan.case, plan.step, plan.container, plan.visit, plan.work, plan.earliest, strict=True
        )
        if plan.steps[number].merged is None
    }


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "serial"])
def test_reforms_leave_the_luck_of_steps_they_leave_alone(name: str) -> None:
    base, reformed = (luck_by_step(replicated(each).plan) for each in ("serial", name))
    moved = {"sea_import.prepare_documents", "sea_import.manifest"}
    shared = {key for key in base.keys() & reformed.keys() if key[1] not in moved}
    assert len(shared) > 0.8 * len(base)
    assert all(base[key] == reformed[key] for key in shared)
    assert all(base[key][0] == reformed[key][0] for key in base.keys() & reformed.keys())


def test_uptakes_are_numbered_across_workflows() -> None:
    plan = replicated("advance_declaration").plan
    taken = {plan.uptakes[number] for number in plan.uptake[plan.conveyances :]}
    assert taken == {(), ("advance_declaration",)}
    assert {plan.uptakes[number] for number in plan.uptake[: plan.conveyances]} == {()}


def test_compiling_twice_gives_the_same_plan() -> None:
    scenario, draws = shipped("all_together"), Draws(3, 1)
    compiler = Compiler(scenario)
    conveyances, consignments = traffic(scenario, draws)
    first = compiler.compile(conveyances, consignments, draws)
    second = Compiler(scenario).compile(*traffic(scenario, Draws(3, 1)), Draws(3, 1))
    third = compiler.compile(conveyances, consignments, draws)
    assert_same_plan(first, second)
    assert_same_plan(first, third)
