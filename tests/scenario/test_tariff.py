import re
from typing import Any

import pytest

from sim.scenario.errors import InputError
from tests.builders import ASSUMED, LABEL, reform, tiny
from tests.measure.cost.ledgers import fee, stay_charge


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        pytest.param(
            "tariff.fees.moving.payee",
            "trader",
            "tariff.fees.moving: payee: 'trader' pays already and cannot be paid",
            id="pays itself",
        ),
        pytest.param(
            "tariff.fees.moving.waived_paid_by",
            "government",
            "tariff.fees.moving: 'waived_paid_by' needs 'waived_without_finding: true'",
            id="pays what is not waived",
        ),
        pytest.param(
            "tariff.fees.moving.flows",
            ["sea_imports"],
            "tariff.fees.moving.flows: unknown flow 'sea_imports'; allowed: sea_import; "
            "did you mean 'sea_import'?",
            id="flow",
        ),
        pytest.param(
            "tariff.fees.moving.modes",
            ["see"],
            "tariff.fees.moving.modes.0: input should be 'sea', 'rail', 'air' or 'road', "
            "given 'see'; did you mean 'sea'?",
            id="mode",
        ),
        pytest.param(
            "tariff.fees.storage",
            fee("case"),
            "tariff.stay_charges.storage: there is one in tariff.fees",
            id="item twice",
        ),
        pytest.param(
            "tariff.conveyance_hours",
            {"vesel_call": {"label": LABEL, "payer": "carrier", "rate": 1.0, **ASSUMED}},
            "tariff.conveyance_hours.vessel_call: missing; priced are: vesel_call",
            id="conveyance without a price",
        ),
        pytest.param(
            "tariff.stay_charges.storage",
            stay_charge((5, 1.0), (5, 2.0)),
            "tariff.stay_charges.storage: bands start at [5, 5]; they must rise",
            id="bands",
        ),
        pytest.param(
            "tariff.stay_charges.storage",
            stay_charge((1, 1.0), stay="gate_out_to_return"),
            "tariff.stay_charges.storage: turn_days: a stay 'gate_out_to_return' needs it",
            id="no time to return",
        ),
        pytest.param(
            "tariff.stay_charges.storage",
            stay_charge((1, 1.0), turn_days=3.0),
            "tariff.stay_charges.storage: turn_days: a stay 'yard' does not take it",
            id="time to return from the yard",
        ),
        pytest.param(
            "tariff.stay_charges.storage",
            stay_charge((1, 1.0), forty_foot_factor=2.0),
            "tariff.stay_charges.storage: forty_foot_factor: a charge by teu does not take it",
            id="forty feet by TEU",
        ),
    ],
)
def test_a_price_that_does_not_fit_gets_one_line(key: str, value: Any, message: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        tiny((key, value))


@pytest.mark.parametrize(
    ("cost", "message"),
    [
        ({}, "needs 'one_off' or 'per_year', in CNY"),
        ({"per_year": 1.0, "life_years": 3.0}, "'life_years' is for what 'one_off' buys"),
    ],
)
def test_a_cost_of_a_reform_costs_something(cost: dict[str, Any], message: str) -> None:
    operator = {"set": {"step": "declare", "to": {"documents": 1, **ASSUMED}}}
    item = {"label": LABEL, "payer": "port", **ASSUMED, **cost}
    with pytest.raises(InputError, match=f"^{re.escape(f'reforms.r.cost.x: {message}')}$"):
        tiny(("reforms", {"r": reform(operator, cost={"x": item})}))
