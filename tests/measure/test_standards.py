from dataclasses import replace

import pytest

from sim.measure.observation import Observation
from sim.measure.standards import standard_kpis
from tests.builders import consignments_of, observe_by_hand, replicated, tiny
from tests.measure.figures import values
from tests.measure.test_flows import both

STEPS = "workflows.sea_import.steps"


def with_one_reviewer(review: float, pick_up: float) -> Observation:
    """Two declarations reviewed one after the other, in 3 h and 6 h; three boxes picked up."""
    scenario = tiny(
        ("agencies.customs.reviewers", 1),
        (f"{STEPS}.review.standard_hours", review),
        (f"{STEPS}.pick_up.standard_hours", pick_up),
    )
    return observe_by_hand(scenario, consignments_of([0, 0], containers=[2, 1]), 0.0)


@pytest.mark.parametrize(
    ("review", "pick_up", "kept"),
    [
        pytest.param(3.0, 0.5, (0.5, 1.0), id="the second review waits"),
        pytest.param(6.0, 0.5, (1.0, 1.0), id="kept to the second"),
        pytest.param(5.99, 0.49, (0.5, 0.0), id="missed by less than a minute"),
        pytest.param(2.9, 0.5, (0.0, 1.0), id="work alone takes longer"),
    ],
)
def test_time_from_ready_to_end_counts(
    review: float, pick_up: float, kept: tuple[float, float]
) -> None:
    customs, port = kept
    assert values(standard_kpis(with_one_reviewer(review, pick_up))) == {
        "standards.kept_share": pytest.approx((2 * customs + 3 * port) / 5),
        "standards.customs.kept_share": customs,
        "standards.port.kept_share": port,
    }


def test_nights_count_too() -> None:
    scenario = tiny(
        ("agencies.customs.hours", "office"),
        (f"{STEPS}.review.standard_hours", 3.0),
    )
    observation = observe_by_hand(scenario, consignments_of([0]), 3.0)
    assert values(standard_kpis(observation))["standards.customs.kept_share"] == 0.0


def test_conveyances_keep_standards_too() -> None:
    scenario = tiny(("workflows.vessel_call.steps.unload.standard_hours", 2.0))
    observation = observe_by_hand(scenario, consignments_of([0]), 0.0)
    assert values(standard_kpis(observation)) == {
        "standards.kept_share": 1.0,
        "standards.port.kept_share": 1.0,
    }


def test_who_is_not_measured_does_not_count() -> None:
    scenario = tiny(
        ("agencies.customs.reviewers", 1),
        (f"{STEPS}.review.standard_hours", 3.0),
        ("experiment.warm_up_days", 1.0),
    )
    observation = observe_by_hand(scenario, consignments_of([0, 0, 1]), 0.0, 24.0)
    assert values(standard_kpis(observation))["standards.customs.kept_share"] == 1.0


def test_flows_are_told_one_by_one() -> None:
    """Nothing of an import takes more than 3 h; the box for the train waits longer than that."""
    observation = both()
    steps = tuple(replace(step, standard_hours=3.0) for step in observation.plan.steps)
    promised = replace(observation, plan=replace(observation.plan, steps=steps))
    found = values(standard_kpis(promised))
    assert found["sea_import.standards.kept_share"] == 1.0
    assert 0 < found["rail_export.standards.kept_share"] < 1
    assert not values(standard_kpis(observation))


def test_without_standards_there_is_nothing_to_keep() -> None:
    assert standard_kpis(replicated("serial")) == []
