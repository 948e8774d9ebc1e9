"""Figures that reforms cannot set, in one line each."""

import pytest

from sim.clearance.parameters import effect_of
from sim.clearance.validate import check_effect
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from tests.builders import (
    Data,
    reform,
    with_value,
)
from tests.clearance.figures_set import (
    FEE,
    NOBODY,
    PREMIUM,
    RANDOM,
    RATE,
    WHERE,
    WRITTEN,
    effect,
    parameter,
    refusal,
    setting,
)


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        pytest.param(
            "agencies.custom.selection.rate",
            {"to": 1.0},
            f"{WHERE}.key: agencies: unknown key 'custom'; "
            "allowed: border, customs, maritime, quarantine; did you mean 'customs'?",
            id="an entry that is not there",
        ),
        pytest.param(
            "tariff.fees.movng.amount",
            {"times": 2.0},
            f"{WHERE}.key: tariff.fees: unknown key 'movng'; allowed: air_examination, "
            "air_waybill, bill_of_lading, crew_hours, data_entry, moving, paper, unstuffing, "
            "visits; did you mean 'moving'?",
            id="a fee that is not there",
        ),
        pytest.param(
            PREMIUM,
            {"to": {**FEE, "payer": "nobody"}},
            f"{WHERE}: {PREMIUM}.payer: input should be 'trader', 'carrier', 'port' or "
            "'government', given 'nobody'",
            id="a new fee that is not valid",
        ),
        pytest.param(
            RATE,
            {"times": 2.0},
            f"{WHERE}: {RATE}.discredited: input should be less than or equal to 1, given 1.6952",
            id="beyond what is valid",
        ),
        pytest.param(
            "agencies.customs.hours",
            {"to": "dayime"},
            f"{WHERE}: agencies.customs.hours: unknown hours 'dayime'; allowed: around_the_clock, "
            "business, daytime, every_day, office, out_of_hours; did you mean 'daytime'?",
            id="a name that points at nothing",
        ),
        pytest.param(
            "hours.business.week",
            {"to": {}},
            f"{WHERE}: workflows.sea_import.steps.exchange_delivery_order.hours: 'business' has no "
            "open hours, the step would never end",
            id="unsound elsewhere",
        ),
        pytest.param(
            "agencies.customs.examiners",
            {"to": 1},
            f"{WHERE}: step 'examine_customs' needs 2 of 'customs.examiners', which has 1",
            id="unsound for a graph",
        ),
    ],
)
def test_a_figure_that_does_not_fit_is_refused(key: str, change: Data, message: str) -> None:
    assert refusal(r=setting(key, **change)) == message


def test_a_key_is_looked_up_even_if_nobody_adopts_the_reform() -> None:
    wrong = setting("agencies.custom.examiners", to=3) | {"adoption": NOBODY}
    assert refusal(r=wrong).startswith(f"{WHERE}.key: agencies: unknown key 'custom'")


def test_the_one_of_several_is_named() -> None:
    fine, wrong = setting(RANDOM, to=0.2, order=1), parameter("hours.business.week", to={})
    found = refusal(a=fine, b=reform(parameter(RATE, times=0.9), wrong))
    assert found.startswith("reforms.b.operators.1.parameter: workflows.sea_import.steps.")


def test_figures_may_be_valid_only_together() -> None:
    ordinary, discredited = "traffic.traders.tier_share.ordinary", "traffic.traders.tier_share"
    half = reform(parameter(ordinary, to=0.417), parameter(f"{discredited}.discredited", to=0.002))
    assert len(effect(r=half).changes) == 2


def test_a_fault_that_was_there_before_blames_no_reform() -> None:
    data = with_value(WRITTEN, "agencies.customs.examiners", 1)
    data["reforms"] = {"r": setting(RANDOM, to=0.2)}
    with pytest.raises(InputError) as caught:
        check_effect(effect_of(build_scenario(data)))
    assert str(caught.value) == (
        "step 'examine_customs' needs 2 of 'customs.examiners', which has 1"
    )


@pytest.mark.parametrize(
    ("reforms", "message"),
    [
        pytest.param(
            {"a": setting(RANDOM, to=0.5), "b": setting(RANDOM, to=0.2, order=11)},
            "reforms.b.operators.0.parameter: would undo what reforms.a.operators.0.parameter did "
            f"to '{RANDOM}'; 'b' can name 'a' in 'yields_to' or in 'conflicts'",
            id="two reforms",
        ),
        pytest.param(
            {"a": setting(RATE, times=0.5), "b": setting(f"{RATE}.ordinary", to=0.2, order=11)},
            "reforms.b.operators.0.parameter: would undo what reforms.a.operators.0.parameter did "
            f"to '{RATE}'; 'b' can name 'a' in 'yields_to' or in 'conflicts'",
            id="a part of what another multiplied",
        ),
        pytest.param(
            {"a": reform(parameter(RANDOM, to=0.5), parameter(RANDOM, to=0.2))},
            "reforms.a.operators.1.parameter: would undo what reforms.a.operators.0.parameter did "
            f"to '{RANDOM}'; say it once",
            id="one reform",
        ),
    ],
)
def test_reforms_that_undo_each_other_are_refused(reforms: dict[str, Data], message: str) -> None:
    assert refusal(**reforms) == message
