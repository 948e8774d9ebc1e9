from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.clearance.parameters import effect_of
from sim.measure.cost.ledger import cost_lines
from tests.builders import (
    ASSUMED,
    column,
    consignments_of,
    constant,
    observe_by_hand,
    observe_streams,
    reform,
    spec,
    tiny,
)
from tests.measure.cost.ledgers import by_air_too, fee, fen_of


@pytest.mark.parametrize(
    ("charged", "cny"),
    [
        pytest.param(fee("case"), [10, 10], id="case"),
        pytest.param(fee("case", 10.0, "pickup"), [10, 10], id="case that meets a kind"),
        pytest.param(fee("case", 10.0, "moving"), [10, 0], id="case, only where it is met"),
        pytest.param(fee("container", 10.0, "pickup"), [20, 10], id="container"),
        pytest.param(fee("teu", 10.0, "moving"), [30, 0], id="teu"),
        pytest.param(fee("kg", 0.001, "moving"), [30, 0], id="kilogram, once"),
        pytest.param(fee("duty", 0.02, "moving"), [2.4, 0], id="share of the duty"),
        pytest.param(fee("document"), [50, 30], id="document"),
        pytest.param(fee("data_item", 0.25), [18.25, 18.25], id="data item"),
        pytest.param(fee("visit"), [20, 10], id="visit"),
        pytest.param(fee("hour", 10.0, "pickup", "moving"), [20, 5], id="hour"),
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
    consignments = replace(consignments, duty_fen=column(12_000, 9_900))
    observation = observe_by_hand(scenario, consignments, 0.0)
    assert fen_of(observation)["fee"] == [round(100 * one) for one in cny]


def test_a_reform_brings_the_premium_of_its_guarantee() -> None:
    """Who takes the reform up gives a guarantee and pays a share of the duty for it."""
    guarantee = {"step": "guarantee", "spec": spec("declare", kind="guarantee")}
    premium = {"key": "tariff.fees.premium", "to": fee("duty", 0.02, "guarantee"), **ASSUMED}
    operators, eligible = ({"add": guarantee}, {"parameter": premium}), {"when": ["dutiable"]}
    scenario = tiny(("reforms", {"r": reform(*operators, eligible=eligible)}))
    consignments = consignments_of([0, 0], dutiable=[True, False])
    consignments = replace(consignments, duty_fen=column(12_000, 9_900))
    observation = observe_by_hand(effect_of(scenario).scenario, consignments, 0.0)
    assert fen_of(observation)["premium"] == [240, 0]


def test_box_fees_by_length() -> None:
    consignments = consignments_of([0, 0], containers=[3, 1], forty_foot=[2, 0])
    found = fen_of(observe_by_hand(tiny(), consignments, 0.0))["terminal_handling"]
    assert found == [(775 + 2 * 1155) * 100, 775 * 100]


@pytest.mark.parametrize(
    ("limits", "cny"),
    [
        ({}, [10, 10]),
        ({"flows": ["air_import"]}, [0, 10]),
        ({"modes": ["sea"]}, [10, 0]),
        ({"modes": ["sea", "air"], "flows": ["sea_import"]}, [10, 0]),
    ],
)
def test_fees_of_some_flows_and_modes(limits: dict[str, Any], cny: list[int]) -> None:
    scenario = by_air_too(("tariff.fees", {"fee": fee("case", **limits)}))
    consignments = consignments_of([0, 1], flows={"sea_import": 1, "air_import": 1})
    observation = observe_streams(scenario, consignments, liner_calls=[0.0], flights=[0.0])
    assert fen_of(observation)["fee"] == [100 * one for one in cny]


def test_a_fee_for_no_flow_of_the_scenario_has_no_line() -> None:
    scenario = tiny(("tariff.fees", {"fee": fee("case", modes=["rail"])}))
    assert "fee" not in fen_of(observe_by_hand(scenario, consignments_of([0]), 0.0))


def waived(**fields: Any) -> dict[str, list[int]]:
    """Four consignments moved: nothing wrong; found; not found; a false alarm."""
    charged = fee("container", 10.0, "moving", payee="port", waived_without_finding=True, **fields)
    scenario = tiny(
        ("tariff.fees", {"fee": charged}),
        ("agencies.customs.examination.own_sensitivity", 0.6),
        move=spec("declare", per="container", kind="moving", examines=["customs"]),
    )
    consignments = consignments_of([0] * 4, customs_finding=[False, True, False, True])
    consignments = replace(
        consignments,
        violation={
            "customs": np.array([False, True, True, False]),
            "quarantine": np.zeros(4, dtype=np.bool_),
        },
        finding_luck={"customs": np.array([0.1, 0.5, 0.7, 0.1]), "quarantine": np.zeros(4)},
    )
    observation = observe_by_hand(scenario, consignments, 0.0)
    payees = {line.item: line.payee for line in cost_lines(observation)}
    assert payees["fee"] == "port"
    return {item: fen for item, fen in fen_of(observation).items() if item.startswith("fee")}


def test_a_fee_is_waived_where_nothing_is_found() -> None:
    assert waived() == {"fee": [0, 1000, 0, 1000]}


def test_another_pays_what_is_waived() -> None:
    found = waived(waived_paid_by="government")
    assert found == {"fee": [0, 1000, 0, 1000], "fee_waived": [1000, 0, 1000, 0]}
