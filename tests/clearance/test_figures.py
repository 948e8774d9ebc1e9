"""Figures in the data of a scenario: found by dotted keys, replaced and multiplied."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.figures import Figure, find_figure
from sim.scenario.errors import InputError
from tests.builders import shipped

DATA = shipped("serial").model_dump(mode="json")
SELECTION = "agencies.customs.selection"
RATE = f"{SELECTION}.rate"
BANDS = "tariff.stay_charges.storage.bands"


def found(key: str) -> Figure:
    return find_figure(deepcopy(DATA), key, "here")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param(f"{SELECTION}.random_share", 0.1, id="a share"),
        pytest.param(f"{BANDS}.1.rate", 20.0, id="in a list"),
        pytest.param(f"{BANDS}.1", {"first": 11, "rate": 20.0}, id="an item of a list"),
        pytest.param("agencies.customs.hours", "office", id="a word"),
        pytest.param("agencies.quarantine.scan", None, id="a block that need not be there"),
        pytest.param("port.facilities.berths.area_m2", None, id="a field left to its default"),
        pytest.param("traffic.traders.appointment_share.discredited", None, id="of a tier"),
        pytest.param("hours.office.week.sat", None, id="of a weekday"),
    ],
)
def test_a_figure_is_found_and_replaced(key: str, value: Any) -> None:
    data = deepcopy(DATA)
    figure = find_figure(data, key, "here")
    assert figure.value == value
    figure.set("other")
    assert find_figure(data, key, "here").value == "other"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        pytest.param(
            f"{SELECTION}.random",
            f"here: {SELECTION}: unknown key 'random'; allowed: assumption, auc, calibrated_to, "
            "low_risk_share, model, random_share, rate, source; did you mean 'random_share'?",
            id="a field that is not there",
        ),
        pytest.param(
            "agencies.custom.examiners",
            "here: agencies: unknown key 'custom'; allowed: border, customs, maritime, quarantine; "
            "did you mean 'customs'?",
            id="an entry that is not there",
        ),
        pytest.param(
            f"{BANDS}.2.rate", f"here: '{BANDS}' is a list of 2, it has no '2'", id="beyond a list"
        ),
        pytest.param(
            f"{BANDS}.rate", f"here: '{BANDS}' is a list of 2, it has no 'rate'", id="of a list"
        ),
        pytest.param(
            "agencies.quarantine.scan.share",
            "here: 'agencies.quarantine.scan' is not there",
            id="in a block that is not there",
        ),
        pytest.param(
            f"{RATE}.ordinary.more",
            f"here: '{RATE}.ordinary' is a value and holds no keys",
            id="below a value",
        ),
    ],
)
def test_a_key_that_leads_nowhere_is_refused(key: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        found(key)
    assert str(caught.value) == message


@pytest.mark.parametrize("table", ["fees", "box_fees", "stay_charges"])
def test_a_block_may_be_a_new_charge(table: str) -> None:
    key = f"tariff.{table}.premium"
    data = deepcopy(DATA)
    figure = find_figure(data, key, "here", is_block=True)
    assert figure.value is None
    figure.set({"amount": 1.0})
    assert find_figure(data, f"{key}.amount", "here").value == 1.0
    with pytest.raises(InputError) as caught:
        found(key)
    assert str(caught.value).startswith(f"here: tariff.{table}: unknown key 'premium'; allowed: ")


@pytest.mark.parametrize("key", ["agencies.coastguard", "port.facilities.shed", "tariff.fee"])
def test_a_block_is_no_other_new_entry(key: str) -> None:
    with pytest.raises(InputError, match="unknown key"):
        find_figure(deepcopy(DATA), key, "here", is_block=True)


@given(st.floats(0, 10))
def test_a_number_and_every_number_of_a_table_are_multiplied(factor: float) -> None:
    rate = found(RATE)
    assert isinstance(rate.value, dict)
    assert rate.changed("times", factor, "here") == {
        tier: found(f"{RATE}.{tier}").changed("times", factor, "here") for tier in rate.value
    }
    assert found(f"{RATE}.ordinary").changed("times", factor, "here") == 0.08 * factor


@pytest.mark.parametrize(("factor", "whole"), [(0.0, 0), (0.5, 7), (1.25, 18), (1.24, 17)])
def test_whole_numbers_stay_whole(factor: float, whole: int) -> None:
    examiners = found("agencies.customs.examiners").changed("times", factor, "here")
    assert examiners == whole
    assert isinstance(examiners, int)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        pytest.param("agencies.quarantine.scan", "is not there", id="nothing"),
        pytest.param(
            f"{BANDS}.0", "is no number and no table of numbers", id="numbers of different kinds"
        ),
        pytest.param(SELECTION, "is no number and no table of numbers", id="a block"),
        pytest.param("agencies.customs.hours", "is no number and no table of numbers", id="a word"),
        pytest.param(
            f"{SELECTION}.assumption", "is no number and no table of numbers", id="yes or no"
        ),
    ],
)
def test_other_things_have_no_factor(key: str, held: str) -> None:
    with pytest.raises(InputError) as caught:
        found(key).changed("times", 2.0, "here")
    assert str(caught.value) == (f"here.times: '{key}' {held}; say what it becomes with 'to'")
