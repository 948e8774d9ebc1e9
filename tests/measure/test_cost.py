from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.measure.cost import banded, cost_kpis, cost_lines, net_fen
from sim.measure.observation import Observation
from sim.scenario.tariff import PAYERS, DailyCharge
from tests.builders import (
    ASSUMED,
    LABEL,
    SHIPPED,
    column,
    consignments_of,
    constant,
    observe_by_hand,
    reform,
    replicate,
    replicated,
    shipped,
    spec,
    tiny,
)
from tests.measure.figures import one_reviewer_in_office_hours, values

DAY = 86_400


def lines_of(observation: Observation) -> dict[str, list[int]]:
    return {line.item: line.fen.tolist() for line in cost_lines(observation)}


@pytest.mark.parametrize(
    ("days", "cny"),
    [(0, 0), (1, 0), (4, 0), (5, 10), (6, 20), (10, 60), (11, 80), (12, 100), (21, 280)],
)
def test_storage_at_the_edges_of_its_bands(days: int, cny: float) -> None:
    charge = shipped("serial").tariff.daily_charges["storage"]
    assert banded(charge, column(days)).tolist() == [cny]


@pytest.mark.parametrize(
    ("days", "cny"),
    [(10, 0), (11, 40), (20, 400), (21, 480), (40, 2000), (41, 2160), (50, 3600)],
)
def test_detention_at_the_edges_of_its_bands(days: int, cny: float) -> None:
    charge = shipped("serial").tariff.daily_charges["detention"]
    assert banded(charge, column(days)).tolist() == [cny]


def test_days_before_the_first_band_are_free() -> None:
    bands = [{"from_day": 3, "rate": 7.0}]
    charge = DailyCharge.model_validate(
        {"label": LABEL, "payer": "trader", "bands": bands, **ASSUMED}
    )
    assert banded(charge, column(1, 2, 3, 5)).tolist() == [0, 0, 7, 21]


@pytest.mark.parametrize(
    ("hours", "cny"),
    [
        pytest.param(0.5, 10.0, id="half an hour"),
        pytest.param(24.0, 10.0, id="a day to the second"),
        pytest.param(24.0 + 1 / 3600, 20.0, id="a second more"),
    ],
)
def test_a_started_day_is_a_day(hours: float, cny: float) -> None:
    charge = {
        "label": LABEL,
        "payer": "trader",
        "bands": [{"from_day": 1, "rate": 10.0}],
        **ASSUMED,
    }
    scenario = tiny(
        ("tariff.daily_charges", {"storage": charge}),
        ("workflows.sea_import.steps.declare.duration", constant(0.0)),
        ("workflows.sea_import.steps.review.duration", constant(0.0)),
        ("workflows.sea_import.steps.pick_up.duration", constant(hours)),
    )
    consignments = consignments_of([0], containers=[2], forty_foot=[1])
    assert lines_of(observe_by_hand(scenario, consignments, 0.0))["storage"] == [cny * 3 * 100]


def fee(per: str, amount: float = 10.0, payer: str = "trader", *kinds: str) -> dict[str, Any]:
    return {
        "label": LABEL,
        "payer": payer,
        "amount": amount,
        "per": per,
        "kinds": list(kinds),
        **ASSUMED,
    }


@pytest.mark.parametrize(
    ("charged", "cny"),
    [
        pytest.param(fee("case"), [10, 10], id="case"),
        pytest.param(fee("case", 10.0, "trader", "pickup"), [10, 10], id="case that meets a kind"),
        pytest.param(
            fee("case", 10.0, "trader", "moving"), [10, 0], id="case, only where it is met"
        ),
        pytest.param(fee("container", 10.0, "trader", "pickup"), [20, 10], id="container"),
        pytest.param(fee("teu", 10.0, "trader", "moving"), [30, 0], id="teu"),
        pytest.param(fee("document"), [50, 30], id="document"),
        pytest.param(fee("data_item", 0.25), [18.25, 18.25], id="data item"),
        pytest.param(fee("visit"), [20, 10], id="visit"),
        pytest.param(fee("hour", 10.0, "trader", "pickup", "moving"), [20, 5], id="hour"),
    ],
)
def test_fees_by_their_basis(charged: dict[str, Any], cny: list[float]) -> None:
    steps = "workflows.sea_import.steps"
    scenario = tiny(
        ("tariff.fees", {"fee": charged}),
        (f"{steps}.declare.documents", 3),
        (f"{steps}.declare.data_items", 73),
        (f"{steps}.pick_up.visits", 1),
        move=spec(
            "declare",
            per="container",
            kind="moving",
            when=["customs_selected"],
            duration=constant(0.5),
            documents=1,
        ),
    )
    consignments = consignments_of(
        [0, 0], containers=[2, 1], forty_foot=[1, 1], customs_selected=[True, False]
    )
    observation = observe_by_hand(scenario, consignments, 0.0)
    assert lines_of(observation)["fee"] == [round(100 * one) for one in cny]


def test_box_fees_by_length() -> None:
    consignments = consignments_of([0, 0], containers=[3, 1], forty_foot=[2, 0])
    found = lines_of(observe_by_hand(tiny(), consignments, 0.0))["terminal_handling"]
    assert found == [(775 + 2 * 1155) * 100, 775 * 100]


def test_carrying_cost_of_goods_by_the_day() -> None:
    consignments = replace(consignments_of([0]), value_fen=column(24_000_000))
    observation = observe_by_hand(tiny(), consignments, 0.0)
    assert lines_of(observation)["carrying"] == [24_000_000 * 85 // 24_000]


def test_vessel_hours_are_shared_among_crane_moves() -> None:
    scenario = tiny(
        ("tariff.vessel_hour.rate", 1000.0),
        ("traffic.conveyances.liner_calls.other_unload_moves", 5.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 2.0),
    )
    consignments = consignments_of([0, 0, 1], containers=[2, 1, 3])
    found = lines_of(observe_by_hand(scenario, consignments, 0.0, 10.0))["vessel_hours"]
    assert found == [80_000, 40_000, 120_000]


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
    assert lines_of(observation)["wages_customs"] == [round(100 * one) for one in cny]
    assert lines_of(observation)["wages_maritime"] == [0, 0]


def test_boarding_officers_are_shared_among_crane_moves() -> None:
    scenario = tiny(
        ("workflows.vessel_call.steps.sail.uses", {"border.boarding_officers": 2}),
        ("traffic.conveyances.liner_calls.other_unload_moves", 6.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 0.0),
    )
    consignments = consignments_of([0, 0], containers=[1, 3])
    observation = observe_by_hand(scenario, consignments, 0.0)
    assert lines_of(observation)["wages_border"] == [1600, 4800]


def test_pooling_officers_leaves_their_wages() -> None:
    content = {
        "pools": ["customs.reviewers", "quarantine.reviewers"],
        "into": "officers",
        "label": LABEL,
        "to": ASSUMED,
    }
    scenario = tiny(("reforms", {"r": reform({"pool": content})}))
    found = lines_of(observe_by_hand(scenario, consignments_of([0]), 0.0))
    assert sum(fen[0] for item, fen in found.items() if item.startswith("wages")) == 24_000


@cache
def ledger(name: str) -> tuple[Any, dict[str, float]]:
    lines = cost_lines(replicated(name))
    return lines, values(cost_kpis(replicated(name), lines))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_total_is_the_sum_over_payers_and_over_items(name: str) -> None:
    lines, kpis = ledger(name)
    observation = replicated(name)
    everyone = observation.measured
    teu = int(observation.consignments.teu[everyone].sum())
    total = sum(int(line.fen[everyone].sum()) for line in lines)
    items = [key for key in kpis if key.startswith("cost.item.")]
    payers = [f"cost.{payer}.per_teu" for payer in PAYERS]
    assert len(items) == len(lines) == len({line.item for line in lines})
    for keys in (items, payers, ["cost.outlays.per_teu"]):
        assert round(sum(kpis[key] for key in keys) * 100 * teu, 3) == total
    received = [key for key in kpis if key.startswith("cost.received.")]
    net = sum(kpis[key] for key in payers) - sum(kpis[key] for key in received)
    assert kpis["cost.total.per_teu"] == pytest.approx(net, rel=1e-12)
    assert round(kpis["cost.total.per_teu"] * 100 * teu, 3) == int(net_fen(lines)[everyone].sum())
    assert kpis["cost.received.port.per_teu"] > 0
    assert all((line.fen >= 0).all() and line.fen.dtype == np.int64 for line in lines)


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


def handling_fen(name: str) -> Any:
    lines, _ = ledger(name)
    return np.sum([line.fen for line in lines if line.item in ("moving", "unstuffing")], axis=0)


@pytest.mark.parametrize("name", ["joint_inspection", "joint_inspection_recognition"])
def test_joint_inspection_saves_600_cny_a_teu_of_what_both_select(name: str) -> None:
    consignments = replicated("serial").consignments
    flags = consignments.flags
    twice = flags["customs_selected"] & flags["quarantine_selected"]
    saved = handling_fen("serial") - handling_fen(name)
    assert (saved == 60_000 * consignments.teu * twice).all()
    key = "examined_twice.handling_fee_per_teu"
    assert ledger("serial")[1][key] == 1200.0
    assert ledger(name)[1][key] == 600.0


def test_costs_of_the_examined_are_of_the_examined_alone() -> None:
    lines, kpis = ledger("serial")
    observation = replicated("serial")
    for group in ("examined", "examined_twice"):
        members = observation.groups[group]
        fen = int(net_fen(lines)[members].sum())
        teu = observation.consignments.teu[members].sum()
        assert kpis[f"{group}.cost.total.per_teu"] == pytest.approx(fen / 100 / teu, rel=1e-12)
    assert kpis["examined_twice.cost.total.per_teu"] > kpis["cost.total.per_teu"]
