"""Appointments outside hours: kept by who is on call, or else by the ordinary staff."""

import numpy as np
import pytest

from sim.clearance.validate import check_scenario
from sim.measure.observation import Observation
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from tests.builders import consignments_of, observe_by_hand, reform, tiny

HOUR = 3600


def scenario_with(on_call: int, *changes: tuple[str, object], wanted: int = 1) -> Scenario:
    """The reviewers work; whoever is on call has the same hours."""
    return tiny(
        ("workflows.sea_import.steps.review.by_appointment", {"customs.on_call_examiners": wanted}),
        ("agencies.customs.on_call_examiners", on_call),
        *changes,
    )


def pools_of_review(observation: Observation) -> list[str]:
    plan = observation.plan
    review = np.flatnonzero(observation.steps_with("name", "review")[plan.step])
    assert (observation.trace.end[review] == 8 * HOUR).all()
    demands = [plan.requests[number].demand for number in plan.request[review]]
    return [plan.pools[pool].name for ((pool, _),) in demands]


def test_an_appointment_is_kept_by_who_is_on_call() -> None:
    consignments = consignments_of([0, 0], appointment=[True, False])
    observation = observe_by_hand(scenario_with(1), consignments, 0.0)
    assert pools_of_review(observation) == ["customs.on_call_examiners", "customs.reviewers"]


def test_with_nobody_on_call_it_is_served_like_any_other() -> None:
    consignments = consignments_of([0, 0], appointment=[True, False])
    observation = observe_by_hand(scenario_with(0), consignments, 0.0)
    assert pools_of_review(observation) == ["customs.reviewers"] * 2


def test_parts_of_a_merged_step_too() -> None:
    merge = {
        "steps": ["declare", "review"],
        "into": "both",
        "to": {"label": {"en": "x", "zh": "x"}, "party": "customs", "work": "longest",
               "assumption": True},
    }  # fmt: skip
    scenario = scenario_with(0, ("reforms", {"r": reform({"merge": merge})}))
    observation = observe_by_hand(scenario, consignments_of([0], appointment=[True]), 0.0)
    assert observation.finished.all()


def test_fewer_on_call_than_a_step_needs_are_refused() -> None:
    check_scenario(scenario_with(2, wanted=2))
    with pytest.raises(InputError) as caught:
        check_scenario(scenario_with(1, wanted=2))
    assert str(caught.value) == "step 'review' needs 2 of 'customs.on_call_examiners', which has 1"
