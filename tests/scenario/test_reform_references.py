"""How reforms stand to others, and who can adopt them."""

from typing import Any

import pytest

from sim.scenario.errors import InputError
from tests.builders import ASSUMED, reform, shipped

BOARDING = {"cancel": {"steps": ["board_customs"]}}
BY_TIER = {"adoption": {"share": 0.5, "by_tier": {"advanced_certified": 0.9}, **ASSUMED}}


def refusal(**reforms: Any) -> str:
    with pytest.raises(InputError) as caught:
        shipped("serial", reforms=reforms)
    return str(caught.value)


def test_conveyances_have_no_tier() -> None:
    both = ["sea_import", "vessel_call"]
    assert refusal(r=reform(BOARDING, workflows=both, **BY_TIER)) == (
        "reforms.r.adoption.by_tier: 'vessel_call' is a workflow of conveyances, which have no "
        "tier; put it into a reform of its own"
    )


def test_workflows_of_conveyances_that_are_not_there_do_not_matter() -> None:
    cancelled = {"cancel": {"steps": ["collect_equipment_receipt"]}}
    scenario = shipped(
        "serial",
        reforms={"r": reform(cancelled, workflows=["sea_import", "train_run"], **BY_TIER)},
    )
    assert scenario.reforms["r"].adoption.by_tier == {"advanced_certified": 0.9}


def test_a_tier_is_one_of_four() -> None:
    adoption = {"share": 0.5, "by_tier": {"trusted": 0.9}, **ASSUMED}
    assert refusal(r=reform(BOARDING, adoption=adoption)).startswith(
        "reforms.r.adoption.by_tier.trusted: input should be 'advanced_certified', "
    )


def test_it_stands_after_what_it_requires() -> None:
    assert refusal(a=reform(BOARDING, order=5), b=reform(BOARDING, order=4, requires=["a"])) == (
        "reforms.b.order: 4 must be above that of 'a' (5)"
    )
