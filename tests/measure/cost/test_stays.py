from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measure.cost.stays import banded
from sim.scenario.tariff import StayCharge
from tests.builders import (
    column,
    consignments_of,
    constant,
    observe_by_hand,
    observe_streams,
    shipped,
    tiny,
)
from tests.measure.cost.ledgers import by_air_too, fen_of, stay_charge


@pytest.mark.parametrize(
    ("days", "cny"),
    [(0, 0), (1, 0), (4, 0), (5, 10), (6, 20), (10, 60), (11, 80), (12, 100), (21, 280)],
)
def test_storage_at_the_edges_of_its_bands(days: int, cny: float) -> None:
    charge = shipped("serial").tariff.stay_charges["storage"]
    assert banded(charge, column(days)).tolist() == [cny]


@pytest.mark.parametrize(
    ("days", "cny"),
    [(10, 0), (11, 40), (20, 400), (21, 480), (40, 2000), (41, 2160), (50, 3600)],
)
def test_detention_at_the_edges_of_its_bands(days: int, cny: float) -> None:
    charge = shipped("serial").tariff.stay_charges["detention"]
    assert banded(charge, column(days)).tolist() == [cny]


@given(
    bands=st.dictionaries(
        st.integers(1, 40), st.integers(0, 500).map(float), min_size=1, max_size=5
    ),
    days=st.integers(0, 60),
)
def test_a_stay_costs_the_rate_of_each_of_its_days(bands: dict[int, float], days: int) -> None:
    charge = StayCharge.model_validate(stay_charge(*sorted(bands.items())))
    rates = [bands[max((first for first in bands if first <= day), default=0)]
             if any(first <= day for first in bands) else 0.0
             for day in range(1, days + 1)]  # fmt: skip
    assert banded(charge, column(days)).tolist() == [sum(rates)]


def stay_of(pick_up_hours: float, charge: dict[str, Any]) -> int:
    """Fen of one consignment of a forty-foot and a twenty-foot box, from discharge to gate-out."""
    scenario = tiny(
        ("tariff.stay_charges", {"storage": charge}),
        ("workflows.sea_import.steps.declare.duration", constant(0.0)),
        ("workflows.sea_import.steps.review.duration", constant(0.0)),
        ("workflows.sea_import.steps.pick_up.duration", constant(pick_up_hours)),
    )
    consignments = consignments_of([0], containers=[2], forty_foot=[1])
    return fen_of(observe_by_hand(scenario, consignments, 0.0))["storage"][0]


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        pytest.param(0.5, 1, id="half an hour"),
        pytest.param(24.0, 1, id="a day to the second"),
        pytest.param(24.0 + 1 / 3600, 2, id="a second more"),
    ],
)
def test_a_started_day_is_a_day(hours: float, days: int) -> None:
    assert stay_of(hours, stay_charge((1, 10.0))) == days * 10 * 3 * 100


def test_a_started_hour_is_an_hour() -> None:
    assert stay_of(5.25, stay_charge((3, 2.0), started="hour")) == 4 * 2 * 3 * 100


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        ({"per": "case"}, 1),
        ({"per": "teu"}, 3),
        ({"per": "container", "forty_foot_factor": 2.0}, 3),
        ({"per": "container", "forty_foot_factor": 1.5}, 2.5),
        ({"per": "unit_load"}, 0),
        ({"per": "kg"}, 30_000),
    ],
)
def test_a_stay_is_charged_by_its_basis(fields: dict[str, Any], units: float) -> None:
    assert stay_of(5.0, stay_charge((1, 1.0), **fields)) == units * 100


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"stay": "discharge_to_gate_out"}, 2),
        ({"stay": "discharge_to_return", "turn_days": 3.0}, 5),
        ({"stay": "gate_out_to_return", "turn_days": 3.0}, 3),
        ({"stay": "gate_out_to_return", "turn_days": 2.5}, 3),
    ],
)
def test_carriers_count_until_gate_out_or_the_return_of_the_box(
    fields: dict[str, Any], days: int
) -> None:
    assert stay_of(36.0, stay_charge((1, 1.0), **fields)) == days * 3 * 100


def test_unit_loads_pay_by_the_kilogram_and_neither_by_teu_nor_by_container() -> None:
    charges = {
        "kg": stay_charge((4, 0.1), per="kg", modes=["air"]),
        "teu": stay_charge((1, 5.0)),
        "box": stay_charge((1, 5.0), per="container", forty_foot_factor=2.0),
        "unit": stay_charge((1, 7.0), per="unit_load"),
    }
    scenario = by_air_too(("tariff.stay_charges", charges))
    consignments = consignments_of(
        [0, 1], containers=[1, 2], flows={"sea_import": 1, "air_import": 1}
    )
    consignments = replace(consignments, teu=column(1, 0))
    observation = observe_streams(scenario, consignments, liner_calls=[0.0], flights=[0.0])
    found = fen_of(observation)
    days = 4  # 81 hours from discharge to gate-out
    assert found["kg"] == [0, 800 * 10]
    assert found["teu"] == found["box"] == [500, 0]
    assert found["unit"] == [0, 2 * 700 * days]


def test_carrying_cost_of_goods_by_the_day() -> None:
    consignments = replace(consignments_of([0]), value_fen=column(24_000_000))
    observation = observe_by_hand(tiny(), consignments, 0.0)
    assert fen_of(observation)["carrying"] == [24_000_000 * 85 // 24_000]
