import pytest

from sim.measure.utilisation import pool_kpis, yard_kpis
from tests.builders import (
    SHIPPED,
    consignments_of,
    observe_by_hand,
    replicated,
    tiny,
)
from tests.measure.figures import one_reviewer_in_office_hours, values


def test_a_pool_that_is_always_open() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0], containers=[2]), 0.0)
    found = values(pool_kpis(observation))
    assert found["pool.gate_lanes.utilisation"] == 1 / (6 * 168)
    assert found["pool.gate_lanes.busy_hours_per_day"] == pytest.approx(1 / 7, rel=1e-15)
    assert found["pool.berths.utilisation"] == 4 / (4 * 168)
    assert found["pool.gate_lanes.overtime_hours_per_day"] == 0
    assert "pool.cranes.utilisation" not in found


@pytest.mark.parametrize(
    ("end_of_shift", "open_hours", "overtime"),
    [
        pytest.param("finish", 4.5, 1.5, id="work is finished after hours"),
        pytest.param("suspend", 6.0, 0.0, id="work is suspended"),
    ],
)
def test_a_pool_with_working_hours(end_of_shift: str, open_hours: float, overtime: float) -> None:
    scenario = one_reviewer_in_office_hours(end_of_shift)
    found = values(pool_kpis(observe_by_hand(scenario, consignments_of([0, 0]), 0.0)))
    pool = "pool.customs.reviewers"
    assert found[f"{pool}.utilisation"] == pytest.approx(open_hours / 37.5, rel=1e-15)
    assert found[f"{pool}.busy_hours_per_day"] == pytest.approx(6 / 7, rel=1e-15)
    assert found[f"{pool}.overtime_hours_per_day"] == pytest.approx(overtime / 7, rel=1e-15)


def test_only_what_falls_into_the_window_counts() -> None:
    scenario = one_reviewer_in_office_hours()
    experiment = scenario.experiment.model_copy(update={"warm_up_days": 10 / 24})
    scenario = scenario.model_copy(update={"experiment": experiment})
    found = values(pool_kpis(observe_by_hand(scenario, consignments_of([0, 0]), 0.0)))
    assert found["pool.customs.reviewers.utilisation"] == pytest.approx(3 / 37.5, rel=1e-15)
    assert found["pool.customs.reviewers.busy_hours_per_day"] == pytest.approx(4.5 / 7, rel=1e-15)


def test_units_never_given_back_count_as_held_to_the_end() -> None:
    scenario = tiny(("workflows.vessel_call.steps.sail.returns", {}))
    found = values(pool_kpis(observe_by_hand(scenario, consignments_of([0]), 0.0)))
    assert found["pool.berths.utilisation"] == 8.5 / (4 * 168)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_pool_is_busier_than_it_can_be(name: str) -> None:
    found = values(pool_kpis(replicated(name)))
    shares = [value for key, value in found.items() if key.endswith("utilisation")]
    assert len(shares) >= 12
    assert all(0 < share <= 1 for share in shares)
    assert min(found.values()) >= 0


def test_teu_in_the_yard() -> None:
    scenario = tiny(("agencies.customs.reviewers", 1))
    consignments = consignments_of([0, 0, 1], containers=[2, 1, 1], forty_foot=[1, 0, 1])
    observation = observe_by_hand(scenario, consignments, 0.0, 6.0)
    found = values(yard_kpis(observation))
    held = 3 * 5.5 + 1 * 8.5 + 2 * (14.5 - 9.0)
    assert found["yard.teu.peak"] == 4
    assert found["yard.teu.mean"] == pytest.approx(held / 168, rel=1e-15)
    assert found["site_area"] == 11600 + 15200


@pytest.mark.parametrize(
    ("second", "peak"),
    [
        pytest.param(5.5, 1, id="comes as the other leaves"),
        pytest.param(5.49, 2, id="comes a little earlier"),
    ],
)
def test_a_box_that_leaves_makes_room_before_one_comes(second: float, peak: int) -> None:
    observation = observe_by_hand(tiny(), consignments_of([0, 1]), 0.0, second)
    assert values(yard_kpis(observation))["yard.teu.peak"] == peak


def test_what_stood_in_the_yard_before_the_window_counts() -> None:
    scenario = tiny(("experiment.warm_up_days", 0.25))
    observation = observe_by_hand(scenario, consignments_of([0], containers=[3]), 0.0)
    found = values(yard_kpis(observation))
    assert found["yard.teu.peak"] == 3
    assert found["yard.teu.mean"] == pytest.approx(3 * 2.5 / 168, rel=1e-15)


@pytest.mark.parametrize(("name", "area"), [("serial", 26800.0), ("joint_inspection", 20000.0)])
def test_area_of_the_examination_sites(name: str, area: float) -> None:
    assert values(yard_kpis(replicated(name)))["site_area"] == area
