"""Steps that send their case back: how often, in which order, with which luck."""

from typing import Any

import numpy as np
import pytest

from sim.clearance.plan import Plan
from sim.clearance.step import correction_of
from sim.clearance.template import make_template, reworked_steps
from sim.clearance.work import times_sent_back, work_ticks
from sim.measure.observation import Observation
from sim.traffic.draws import Draws
from tests.builders import (
    ASSUMED,
    LABEL,
    consignments_of,
    constant,
    observe_by_hand,
    reform,
    spec,
    step,
    tiny,
)
from tests.graphs import graph

NUMBER = 20_000
ENTITIES = np.arange(NUMBER, dtype=np.int64)
LONG = {"dist": "exponential", "mean": 2.0, **ASSUMED}


def rework(probability: float, most: int = 2, hours: float = 5.0) -> dict[str, Any]:
    return {
        "label": {"en": "Corrected", "zh": "修改"},
        "probability": probability,
        "most": most,
        "correction": constant(hours),
        "hours": "around_the_clock",
        **ASSUMED,
    }


@pytest.mark.parametrize(("probability", "most"), [(0.3, 1), (0.3, 3), (0.0, 2), (1.0, 3)])
def test_cases_are_sent_back_as_often_as_stated(probability: float, most: int) -> None:
    one = step("a", rework=rework(probability, most))
    counts = np.bincount(times_sent_back(one, ENTITIES, Draws(1, 0)), minlength=most + 1) / NUMBER
    again = [probability**times * (1 - probability) for times in range(most)]
    assert counts == pytest.approx([*again, probability**most], abs=0.015)


def test_a_higher_probability_sends_nobody_back_less_often() -> None:
    few, many = (
        times_sent_back(step("a", rework=rework(share, 3)), ENTITIES, Draws(1, 0))
        for share in (0.2, 0.5)
    )
    assert (few <= many).all()
    assert (few < many).any()


def test_without_rework_nobody_is_sent_back() -> None:
    assert not times_sent_back(step("a"), ENTITIES, Draws(1, 0)).any()


def test_each_visit_has_luck_of_its_own() -> None:
    one, draws = step("a", duration=LONG, rework=rework(1.0)), Draws(1, 0)
    first, again, third = (
        work_ticks(one, visit, ENTITIES, ENTITIES, {}, draws) for visit in (0, 1, 2)
    )
    assert (first == work_ticks(step("a", duration=LONG), 0, ENTITIES, ENTITIES, {}, draws)).all()
    for one_visit, other in ((first, again), (again, third)):
        assert abs(np.corrcoef(one_visit, other)[0, 1]) < 4 / np.sqrt(NUMBER)


def test_the_correction_is_the_traders_and_asks_for_nothing() -> None:
    one = step(
        "a", party="customs", kind="review", uses={"customs.reviewers": 1}, documents=3,
        visits=1, data_items=5, milestones=["document_check"], rework=rework(0.5),
    )  # fmt: skip
    correction = correction_of(one)
    assert correction is not None
    assert (correction.name, correction.origin) == ("a_correction", "w.a_correction")
    assert (correction.party, correction.kind, correction.hours) == (
        "trader", "correction", "around_the_clock",
    )  # fmt: skip
    assert (correction.uses, correction.milestones, correction.documents) == ((), (), 0)
    assert correction_of(correction) is None


def test_who_waits_for_a_step_waits_for_its_last_visit() -> None:
    workflow = graph(step("a"), step("b", "a", rework=rework(0.5)), step("c", "b"))
    template = make_template(workflow, {}, 1, {"b": 2})
    named = [(slot.step.name, slot.visit) for slot in template.slots]
    assert named == [
        ("a", 0), ("b", 0), ("b_correction", 1), ("b", 1), ("b_correction", 2), ("b", 2), ("c", 0),
    ]  # fmt: skip
    assert set(template.edges) == {(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)}
    assert template.ancestors[6] == {0, 1, 2, 3, 4, 5}


def test_boxes_are_sent_back_together_and_corrected_one_by_one() -> None:
    workflow = graph(
        step("a", per="container"),
        step("b", "a", per="container", rework=rework(0.5)),
        step("c", "b", per="container"),
    )
    template = make_template(workflow, {}, 2, {"b": 1})
    named = [(slot.step.name, slot.container, slot.visit) for slot in template.slots]
    chains = {tuple(named[slot] for slot in (first, second)) for first, second in template.edges}
    assert chains == {
        ((before, box, visit), (after, box, later))
        for box in (0, 1)
        for before, visit, after, later in (
            ("a", 0, "b", 0), ("b", 0, "b_correction", 1), ("b_correction", 1, "b", 1),
            ("b", 1, "c", 0),
        )
    }  # fmt: skip


def test_a_step_that_does_not_concern_a_case_sends_it_nowhere() -> None:
    workflow = graph(step("a"), step("b", "a", when=["licensed"], rework=rework(0.5)))
    template = make_template(workflow, {"licensed": False}, 1, {"b": 2})
    assert [slot.step.name for slot in template.slots] == ["a"]


def test_only_steps_with_rework_are_reworked() -> None:
    workflow = graph(step("a"), step("b", "a", rework=rework(0.5)))
    assert [one.name for one in reworked_steps(workflow)] == ["b"]


def review_again(*changes: tuple[str, Any], boxes: int = 1) -> Observation:
    scenario = tiny(("workflows.sea_import.steps.review.rework", rework(1.0)), *changes)
    return observe_by_hand(scenario, consignments_of([0], [boxes]), 0.0)


def test_a_case_sent_back_twice_is_reviewed_three_times() -> None:
    observation = review_again()
    review = observation.steps_with("name", "review")[observation.plan.step]
    assert (observation.trace.start[review] / 3600).tolist() == [5, 13, 21]
    assert observation.milestone("release").tolist() == [24 * 3600]


def test_officers_are_free_while_the_trader_corrects() -> None:
    scenario = tiny(
        ("workflows.sea_import.steps.review.rework", rework(1.0, most=1)),
        ("agencies.customs.reviewers", 1),
    )
    observation = observe_by_hand(scenario, consignments_of([0, 0]), 0.0)
    review = observation.steps_with("name", "review")[observation.plan.step]
    assert (observation.trace.start[review] / 3600).tolist() == [5, 13, 8, 16]


def test_cases_of_a_replication_are_sent_back_as_their_draws_say() -> None:
    scenario = tiny(("workflows.sea_import.steps.review.rework", rework(0.4, most=3)))
    consignments = consignments_of([0] * 200)
    plan = observe_by_hand(scenario, consignments, 0.0).plan
    draws = Draws(scenario.experiment.seed, 0).under("sea_import")
    one = next(one for one in plan.steps if one.name == "review")
    assert visits(plan, "review") == (1 + times_sent_back(one, consignments.entity, draws)).tolist()
    assert set(visits(plan, "review")) == {1, 2, 3, 4}


def visits(plan: Plan, name: str) -> list[int]:
    """How often each consignment meets a step."""
    met = np.array([one.name == name for one in plan.steps])[plan.step]
    return np.bincount(plan.case[met], minlength=plan.cases)[plan.conveyances :].tolist()


MERGE = {
    "merge": {
        "steps": ["check_quarantine", "check_customs"],
        "into": "check_jointly",
        "to": {"label": LABEL, "party": "joint", **ASSUMED},
    }
}


def checked(first: dict[str, Any], second: dict[str, Any], *reforms: dict[str, Any]) -> Plan:
    """Checks of both agencies of 300 consignments: of both, of one each, and of none."""
    scenario = tiny(
        ("reforms", {f"r{number}": one for number, one in enumerate(reforms)}),
        check_quarantine=spec("declare", when=["quarantine_selected"], **first),
        check_customs=spec("declare", when=["customs_selected"], **second),
    )
    kinds = np.arange(300) % 4
    consignments = consignments_of(
        [0] * 300,
        customs_selected=(kinds % 2 == 1).tolist(),
        quarantine_selected=(kinds >= 2).tolist(),
    )
    return observe_by_hand(scenario, consignments, 0.0).plan


@pytest.mark.parametrize("first", [{}, {"rework": rework(0.5, most=3)}])
def test_who_meets_one_part_of_a_merged_step_is_sent_back_by_that_part_alone(
    first: dict[str, Any],
) -> None:
    """As before the reform, to the case; whichever part is named first."""
    second = {"rework": rework(0.5, most=1)}
    apart, merged = checked(first, second), checked(first, second, reform(MERGE))
    kinds = np.arange(300) % 4
    for name, alone in (("check_customs", kinds == 1), ("check_quarantine", kinds == 2)):
        before = np.array(visits(apart, name))
        assert (np.array(visits(merged, "check_jointly"))[alone] == before[alone]).all()
    jointly = np.array(visits(merged, "check_jointly"))
    assert not jointly[kinds == 0].any()
    assert set(jointly[kinds == 3]) == ({1, 2, 3, 4} if first else {1, 2})


def test_a_reform_may_set_how_often_a_step_sends_back() -> None:
    change = {"set": {"step": "check_customs", "to": {"rework": rework(1.0, most=1)}}}
    plan = checked({}, {}, reform(change))
    assert set(np.array(visits(plan, "check_customs"))[np.arange(300) % 2 == 1]) == {2}
