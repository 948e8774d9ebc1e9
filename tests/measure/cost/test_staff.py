import pytest

from sim.measure.cost.kpis import cost_kpis
from sim.measure.cost.ledger import cost_lines
from sim.measure.pool_course import pool_course, ticks_by_case
from sim.measure.utilisation import use_between
from tests.builders import (
    ASSUMED,
    LABEL,
    SHIPPED,
    consignments_of,
    observe_by_hand,
    reform,
    replicate,
    replicated,
    shipped,
    tiny,
)
from tests.measure.cost.ledgers import fen_of
from tests.measure.figures import one_reviewer_in_office_hours, reviewers_by_roster, values


@pytest.mark.parametrize(
    ("end_of_shift", "factor", "cny"),
    [
        pytest.param("finish", 1.5, [240, 240 + 1.5 * 0.5 * 80], id="overtime"),
        pytest.param("finish", 1.0, [240, 240], id="overtime at the plain wage"),
        pytest.param("suspend", 1.5, [240, 240], id="suspended, no overtime"),
    ],
)
def test_officers_are_paid_for_overtime(end_of_shift: str, factor: float, cny: list[float]) -> None:
    scenario = one_reviewer_in_office_hours(end_of_shift)
    customs = scenario.agencies["customs"].model_copy(update={"overtime_factor": factor})
    scenario = scenario.model_copy(update={"agencies": {**scenario.agencies, "customs": customs}})
    observation = observe_by_hand(scenario, consignments_of([0, 0]), 0.0)
    assert fen_of(observation)["wages_customs"] == [round(100 * one) for one in cny]
    assert fen_of(observation)["wages_maritime"] == [0, 0]


@pytest.mark.parametrize("end_of_shift", ["finish", "suspend"])
def test_overtime_is_paid_where_a_part_of_a_shift_leaves(end_of_shift: str) -> None:
    """Of three reviews from 15:30 to 18:30 two are after hours from 17:30: two thirds of each."""
    scenario = reviewers_by_roster(end_of_shift, office=3, evenings=1)
    observation = observe_by_hand(scenario, consignments_of([0, 0, 0]), 10.5)
    each = round(100 * (240 + 2 / 3 * 0.5 * 80))
    assert fen_of(observation)["wages_customs"] == [each] * 3


@pytest.mark.parametrize("name", SHIPPED)
def test_officers_are_paid_for_all_hours_after_their_shift(name: str) -> None:
    observation = replicated(name)
    plan, trace = observation.plan, observation.trace
    staffed = [number for number, pool in enumerate(plan.pools) if pool.agencies]
    assert len(staffed) >= 8
    for number in staffed:
        course = pool_course(plan, trace, number)
        worked, after_hours = ticks_by_case(course, plan.cases)
        use = use_between(course, 0, course.at[-1])
        assert after_hours.sum() == pytest.approx(use.after_hours, rel=1e-12)
        assert worked.sum() == use.on_shift_at_work + use.after_hours


def test_boarding_officers_are_shared_among_crane_moves() -> None:
    scenario = tiny(
        ("workflows.vessel_call.steps.sail.uses", {"border.boarding_officers": 2}),
        ("traffic.conveyances.liner_calls.other_unload_moves", 6.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 0.0),
    )
    consignments = consignments_of([0, 0], containers=[1, 3])
    observation = observe_by_hand(scenario, consignments, 0.0)
    assert fen_of(observation)["wages_border"] == [1600, 4800]


def test_pooling_officers_leaves_their_wages() -> None:
    content = {
        "pools": ["customs.reviewers", "quarantine.reviewers"],
        "into": "officers",
        "label": LABEL,
        "to": ASSUMED,
    }
    scenario = tiny(("reforms", {"r": reform({"pool": content})}))
    found = fen_of(observe_by_hand(scenario, consignments_of([0]), 0.0))
    assert sum(fen[0] for item, fen in found.items() if item.startswith("wages")) == 24_000


def test_officers_cost_what_their_roster_costs() -> None:
    """Ten times as many in the office, busy or not; those who board stay as many, day and night."""
    few, many = (
        values(cost_kpis(observation, cost_lines(observation)))
        for observation in (
            replicated("serial"),
            replicate(
                shipped(
                    "serial", agencies__customs__examiners=140, agencies__customs__reviewers=180
                )
            ),
        )
    )
    items = ("cost.item.wages_customs.per_teu", "cost.item.idle_customs.per_teu")
    before, after = (sum(kpis[item] for item in items) for kpis in (few, many))
    serial = replicated("serial")
    teu = serial.consignments.teu[serial.measured].sum()
    hours_a_week, wage = 5 * 7.5, 80.0
    more = (140 - 14 + 180 - 18) * hours_a_week * wage / teu
    assert after - before == pytest.approx(more, rel=0.01)
