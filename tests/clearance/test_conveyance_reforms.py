"""Reforms of conveyances, and reforms of several workflows at once."""

from typing import Any

import numpy as np
import pytest

from sim.clearance.reforms import Rewriting, base_workflow
from sim.clearance.validate import check_scenario
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from tests.builders import ASSUMED, LABEL, reform, replicate, replicated, shipped, spec

BOARDINGS = ["board_maritime", "board_border", "board_quarantine", "board_customs"]
JOINT = {
    "merge": {
        "steps": BOARDINGS,
        "into": "board_jointly",
        "to": {"label": LABEL, "party": "joint", "documents": 4, **ASSUMED},
    }
}


def note(name: str, after: str, **fields: Any) -> dict[str, Any]:
    """Operator that adds a step."""
    return {"add": {"step": name, "spec": spec(after)}, **fields}


def joint_boarding(**fields: Any) -> Scenario:
    return shipped("serial", reforms={"joint": reform(JOINT, workflows=["vessel_call"], **fields)})


def test_four_boardings_become_one() -> None:
    scenario = joint_boarding()
    check_scenario(scenario)
    graph = Rewriting(scenario).workflow("vessel_call", ["joint"])
    assert graph.steps["board_jointly"].after == ("anchor",)
    assert graph.steps["berth"].after == ("board_jointly",)
    assert not set(BOARDINGS) & graph.steps.keys()
    assert {pool for pool, _ in graph.steps["board_jointly"].uses} == {
        f"{agency}.boarding_officers" for agency in ("customs", "quarantine", "maritime", "border")
    }


def test_a_joint_boarding_takes_the_longest_and_lets_vessels_berth_earlier() -> None:
    joint, serial = replicate(joint_boarding()), replicated("serial")

    def work(observation: Any, names: list[str]) -> np.ndarray:
        """Shape (conveyances, steps)."""
        plan = observation.plan
        found = [observation.steps_with("name", name)[plan.step] for name in names]
        return np.stack([plan.work[chosen] for chosen in found], axis=1)

    longest = work(serial, BOARDINGS).max(axis=1)
    assert (work(joint, ["board_jointly"])[:, 0] == longest).all()
    berths = [
        observation.trace.start[observation.steps_with("name", "berth")[observation.plan.step]]
        for observation in (serial, joint)
    ]
    assert (berths[1] < berths[0]).all()
    papers = [step.documents for step in joint.plan.steps if step.name == "board_jointly"]
    assert papers == [4]


def test_a_share_of_the_vessels_takes_it_up() -> None:
    plan = replicate(joint_boarding(adoption={"share": 0.5, **ASSUMED})).plan
    taken = np.array([bool(uptake) for uptake in plan.uptakes])[plan.uptake]
    vessels, consignments = taken[: plan.conveyances], taken[plan.conveyances :]
    assert 0 < vessels.sum() < len(vessels)
    assert not consignments.any()


def test_consignments_keep_their_luck_when_vessels_are_reformed() -> None:
    joint, serial = replicate(joint_boarding()).plan, replicated("serial").plan
    first, other = (plan.first_activity[plan.conveyances] for plan in (joint, serial))
    np.testing.assert_array_equal(joint.work[first:], serial.work[other:])


def test_a_reform_may_rewrite_several_workflows() -> None:
    both = reform(
        note("noted", "unberth", only=["vessel_call"]),
        note("noted", "release", only=["sea_import"]),
        workflows=["vessel_call", "sea_import"],
    )
    scenario = shipped("serial", reforms={"r": both})
    check_scenario(scenario)
    for workflow, after in (("vessel_call", "unberth"), ("sea_import", "release")):
        graph = Rewriting(scenario).workflow(workflow, ["r"])
        assert graph.steps["noted"].after == (after,)
        assert len(graph.steps) == len(base_workflow(scenario, workflow).steps) + 1
        assert Rewriting(scenario).reforms(workflow) == ("r",)


def test_an_operator_without_only_rewrites_all() -> None:
    both = reform(
        {"set": {"step": "discharge", "to": {"documents": 7}}},
        workflows=["vessel_call", "sea_import"],
    )
    scenario = shipped("serial", reforms={"r": both})
    for workflow in ("vessel_call", "sea_import"):
        assert Rewriting(scenario).workflow(workflow, ["r"]).steps["discharge"].documents == 7


def test_a_workflow_that_no_operator_is_for_is_not_rewritten() -> None:
    content = reform(
        note("noted", "release", only=["sea_import"]), workflows=["vessel_call", "sea_import"]
    )
    scenario = shipped("serial", reforms={"r": content})
    assert Rewriting(scenario).reforms("vessel_call") == ()


def test_workflows_the_scenario_has_not_are_passed_over() -> None:
    content = reform(note("noted", "release"), workflows=["road_import", "sea_import"])
    assert Rewriting(shipped("serial", reforms={"r": content})).reforms("sea_import") == ("r",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            reform(note("n", "release"), workflows=["sea_imprt"]),
            "reforms.r.workflows: none of them (sea_imprt) is in scenario 'serial', which has: "
            "sea_import, vessel_call; did you mean 'sea_import'?",
            id="none of its workflows is there",
        ),
        pytest.param(
            reform(note("n", "release", only=["vessel_call"])),
            "reforms.r.operators.0.only: unknown workflow of the reform 'vessel_call'; "
            "allowed: sea_import",
            id="an operator for a workflow of another reform",
        ),
        pytest.param(
            reform(note("n", "release"), workflows=["sea_import", "sea_import"]),
            "reforms.r.workflows: 'sea_import' is given twice",
            id="the same workflow twice",
        ),
        pytest.param(
            reform(
                note("n", "unberth"), workflows=["vessel_call"], eligible={"when": ["licensed"]}
            ),
            "reforms.r.eligible: conditions are for workflows of consignments",
            id="conditions on vessels",
        ),
        pytest.param(
            reform({"only": ["sea_import"]}),
            "reforms.r.operators.0: an operator has exactly one of: "
            "cancel, merge, move, parallelise, set, add, pool, parameter",
            id="an operator that does nothing",
        ),
    ],
)
def test_reforms_of_workflows_that_do_not_fit(content: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        shipped("serial", reforms={"r": content})
    assert str(caught.value) == message
