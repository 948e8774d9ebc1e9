import pytest

from sim.measure.observation import Observation
from sim.measure.utilisation import pool_kpis, pool_use, yard_kpis
from tests.builders import (
    SHIPPED,
    consignments_of,
    observe_by_hand,
    replicated,
    tiny,
)
from tests.measure.figures import (
    one_reviewer_in_office_hours,
    reviewers_by_roster,
    values,
    with_disruption,
)

HOUR = 3600


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


@pytest.mark.parametrize(
    ("end_of_shift", "busy", "after_hours"),
    [
        pytest.param("finish", 7.0, 2.0, id="all finish"),
        pytest.param("suspend", 7.0, 2.0, id="so they do while anyone is there"),
    ],
)
def test_fewer_in_the_evening(end_of_shift: str, busy: float, after_hours: float) -> None:
    """Three reviews from 15:30 to 18:30, but only one reviewer is there after half past five.

    The vessel comes at 10:30, so they are ready at 15:30.
    """
    scenario = reviewers_by_roster(end_of_shift, office=3, evenings=1)
    observation = observe_by_hand(scenario, consignments_of([0, 0, 0]), 10.5)
    use = pool_use(observation, pool_number(observation, "customs.reviewers"))
    assert use.on_shift == (3 * 37.5 + 3.5) * HOUR
    assert (use.on_shift_busy, use.after_hours) == (busy * HOUR, after_hours * HOUR)


@pytest.mark.parametrize(
    ("end_of_shift", "busy", "after_hours"),
    [
        pytest.param("finish", 1.5, 1.5, id="finish"),
        pytest.param("suspend", 3.0, 0.0, id="suspend"),
    ],
)
def test_an_outage_takes_hours_away(end_of_shift: str, busy: float, after_hours: float) -> None:
    """A review begins at 08:30; from ten the reviewers are out for two hours, then have lunch."""
    scenario = with_disruption(one_reviewer_in_office_hours(end_of_shift), "outage", 10.0, 2.0)
    observation = observe_by_hand(scenario, consignments_of([0]), 0.0)
    use = pool_use(observation, pool_number(observation, "customs.reviewers"))
    assert use.on_shift == (37.5 - 2) * HOUR
    assert (use.on_shift_busy, use.after_hours) == (busy * HOUR, after_hours * HOUR)
    review = observation.steps_with("name", "review")[observation.plan.step]
    assert observation.trace.end[review].tolist() == [
        (11.5 if end_of_shift == "finish" else 15.0) * HOUR
    ]


def pool_number(observation: Observation, name: str) -> int:
    return [pool.name for pool in observation.plan.pools].index(name)


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


def test_a_yard_is_no_examination_site() -> None:
    with_yard = tiny(("port.facilities.yard_slots.area_m2", 5000.0))
    found = values(yard_kpis(observe_by_hand(with_yard, consignments_of([0]), 0.0)))
    assert found["site_area"] == 11600 + 15200


def test_sites_without_a_stated_area_have_none() -> None:
    sites = ("customs_site", "quarantine_site")
    changes = [(f"port.facilities.{site}.area_m2", None) for site in sites]
    found = yard_kpis(observe_by_hand(tiny(*changes), consignments_of([0]), 0.0))
    assert "site_area" not in values(found)


@pytest.mark.parametrize(("name", "area"), [("serial", 26800.0), ("joint_inspection", 20000.0)])
def test_area_of_the_examination_sites(name: str, area: float) -> None:
    assert values(yard_kpis(replicated(name)))["site_area"] == area


def test_who_never_leaves_the_yard_is_there_to_the_end() -> None:
    scenario = tiny(("agencies.customs.reviewers", 0))
    observation = observe_by_hand(scenario, consignments_of([0], [2]), 0.0)
    found = values(yard_kpis(observation))
    assert found["yard.teu.peak"] == 2
    assert found["yard.teu.mean"] == pytest.approx(2 * (168 - 3) / 168, rel=1e-15)
