import numpy as np
import pytest

from sim.measure.split import split, split_kpis
from sim.scenario.scenario import Scenario
from tests.builders import SHIPPED, consignments_of, observe_by_hand, replicated
from tests.measure.figures import (
    one_reviewer_in_office_hours,
    reviewers_by_roster,
    values,
    with_disruption,
)
from tests.trains import observe_trains

HOUR = 3600


@pytest.mark.parametrize("name", SHIPPED)
def test_parts_add_up_from_ready_to_end(name: str) -> None:
    observation = replicated(name)
    trace, parts = observation.trace, split(observation)
    assert not trace.unfinished
    assert (np.sum(list(parts.values()), axis=0) == trace.end - trace.ready).all()
    assert all((part >= 0).all() for part in parts.values())
    assert all(part.any() for part in parts.values())


@pytest.mark.parametrize(
    ("end_of_shift", "off_shift"),
    [("finish", [3.5, 3.5]), ("suspend", [3.5, 5.0])],
)
def test_hours_in_line_at_night_are_off_shift(end_of_shift: str, off_shift: list[float]) -> None:
    scenario = one_reviewer_in_office_hours(end_of_shift)
    observation = observe_by_hand(scenario, consignments_of([0, 0]), 0.0)
    review = observation.steps_with("name", "review")[observation.plan.step]
    found = {name: (part[review] / HOUR).tolist() for name, part in split(observation).items()}
    assert found == {"waiting": [0.0, 3.0], "working": [3.0, 3.0], "off_shift": off_shift}


def parts_of_reviews(scenario: Scenario, number: int, arrival: float) -> dict[str, list[float]]:
    observation = observe_by_hand(scenario, consignments_of([0] * number), arrival)
    review = observation.steps_with("name", "review")[observation.plan.step]
    return {name: (part[review] / HOUR).tolist() for name, part in split(observation).items()}


def test_hours_in_line_during_an_outage_are_off_shift() -> None:
    """Ready at five, one review until 11:30, in an outage from ten to eleven the other waits."""
    scenario = with_disruption(one_reviewer_in_office_hours(), "outage", 10.0, 1.0)
    assert parts_of_reviews(scenario, 2, 0.0) == {
        "waiting": [0.0, 2.0],
        "working": [3.0, 3.0],
        "off_shift": [3.5, 4.5],
    }


def test_hours_in_line_are_waiting_while_enough_are_on_shift() -> None:
    """Two reviewers are wanted; in the evening there is one."""
    scenario = reviewers_by_roster(office=2, evenings=1)
    steps = scenario.workflows["sea_import"].steps
    review = steps["review"].model_copy(update={"uses": {"customs.reviewers": 2}})
    workflow = scenario.workflows["sea_import"].model_copy(
        update={"steps": {**steps, "review": review}}
    )
    workflows = {**scenario.workflows, "sea_import": workflow}
    scenario = scenario.model_copy(update={"workflows": workflows})
    assert parts_of_reviews(scenario, 2, 10.5) == {
        "waiting": [0.0, 2.0],
        "working": [3.0, 3.0],
        "off_shift": [0.0, 15.0],
    }


def test_figures_by_step_and_by_party() -> None:
    observation = observe_by_hand(one_reviewer_in_office_hours(), consignments_of([0, 0]), 0.0)
    found = values(split_kpis(observation, split(observation)))
    assert found["step.review.waiting"] == found["party.customs.waiting"] == 1.5
    assert found["step.review.off_shift"] == 3.5
    assert found["party.trader.working"] == found["step.declare.working"] == 2.0
    assert found["party.port.working"] == 0.5
    assert found["step.review.share"] == 1.0
    assert {key for key in found if key.startswith("step.vessel_call")} == {
        f"step.vessel_call.{step.name}.{part}"
        for step in observation.plan.steps
        if step.origin.startswith("vessel_call.")
        for part in ("share", "waiting", "working", "off_shift")
    }


def test_a_step_counts_the_cases_that_meet_it() -> None:
    observation = replicated("serial")
    found = values(split_kpis(observation, split(observation)))
    selected = observation.consignments.flags["customs_selected"][observation.measured].mean()
    assert found["step.examine_customs.share"] == pytest.approx(selected, rel=1e-12)
    assert found["step.examine_customs.working"] > 1.0
    plan = observation.plan
    parties = np.array([step.party for step in plan.steps])[plan.step]
    of_customs = observation.of_consignment & (parties == "customs")
    hours = plan.work[of_customs].sum() / 3600 / observation.measured.sum()
    assert found["party.customs.working"] == pytest.approx(hours, rel=1e-12)


def test_a_box_that_waits_for_its_train_waits() -> None:
    """Released at 12, it boards at the cut-off, at 26; a train has no shift to be off."""
    observation = observe_trains([0], [1], 20.0)
    board = observation.steps_with("name", "board")[observation.plan.step]
    found = {name: (part[board] / HOUR).tolist() for name, part in split(observation).items()}
    assert found == {"waiting": [14.0], "working": [0.0], "off_shift": [0.0]}
