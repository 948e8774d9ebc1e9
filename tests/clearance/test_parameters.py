"""Figures of the port that reforms set: which, and in which order."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.parameters import Effect, effect_of
from sim.clearance.resources import resources_of
from sim.clearance.validate import check_effect
from sim.scenario.validate import build_scenario
from sim.traffic.consignments import Consignments
from sim.traffic.draws import Draws
from tests.builders import (
    ASSUMED,
    Data,
    reform,
    shipped,
    spec,
    traffic,
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
    values,
)


def test_a_figure_is_set_and_what_was_there_is_kept() -> None:
    found = effect(r=setting(RANDOM, to=0.5))
    selection = found.scenario.agencies["customs"].selection
    assert selection and selection.random_share == 0.5
    assert values(found) == {RANDOM: (0.1, 0.5)}
    assert found.written.agencies["customs"].selection != selection


def test_nothing_else_changes() -> None:
    found = effect(r=setting(RANDOM, to=0.5))
    expected = with_value(WRITTEN, RANDOM, 0.5)
    expected["reforms"] = {"r": setting(RANDOM, to=0.5)}
    assert found.scenario == build_scenario(expected)


def test_a_block_is_brought_in_and_taken_away() -> None:
    scan = {"share": 0.5, "sensitivity": 0.8, "false_alarm": 0.1, **ASSUMED}
    key = "agencies.quarantine.scan"
    found = effect(a=setting(key, to=scan), b=setting(f"{key}.share", times=0.5, order=11))
    quarantine = found.scenario.agencies["quarantine"].scan
    assert quarantine and (quarantine.share, quarantine.sensitivity) == (0.25, 0.8)
    assert found.changes[0].after == scan
    assert (
        effect(a=setting("agencies.customs.audit", to=None)).scenario.agencies["customs"].audit
        is None
    )


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"at_most": 0.05}, 0.05),
        ({"at_most": 0.3}, 0.1),
        ({"at_least": 0.3}, 0.3),
        ({"at_least": 0.05}, 0.1),
    ],
)
def test_a_limit_changes_what_is_beyond_it(limit: Data, expected: float) -> None:
    selection = effect(r=setting(RANDOM, **limit)).scenario.agencies["customs"].selection
    assert selection and selection.random_share == expected


def test_a_limit_holds_for_all_of_a_table_and_for_what_earlier_reforms_left() -> None:
    at_most = effect(a=setting(RATE, times=2.0 / 3), b=setting(RATE, at_most=0.5, order=11))
    selection = at_most.scenario.agencies["customs"].selection
    assert selection and selection.rate["discredited"] == 0.5
    assert selection.rate["ordinary"] == pytest.approx(0.08 * 2 / 3)
    examiners = effect(r=setting("agencies.customs.examiners", at_least=20))
    assert examiners.scenario.agencies["customs"].examiners == 20


def test_a_new_fee_is_brought_in_and_changed_by_a_later_reform() -> None:
    later = setting(f"{PREMIUM}.amount", times=0.5, order=11)
    found = effect(a=setting(PREMIUM, to=FEE), b=later)
    assert found.scenario.tariff.fees["premium"].amount == 0.01
    assert values(effect(a=setting(PREMIUM, to=FEE))) == {PREMIUM: (None, FEE)}
    assert "premium" not in found.written.tariff.fees


SOME = {"adoption": {"share": 0.4, **ASSUMED}}


def test_a_new_fee_on_steps_may_be_for_some_cases() -> None:
    later = setting(f"{PREMIUM}.amount", times=0.5, order=11)
    found = effect(a=setting(PREMIUM, to=FEE) | SOME, b=setting(PREMIUM, to=FEE) | SOME, c=later)
    assert found.scenario.tariff.fees["premium"].amount == 0.01


@pytest.mark.parametrize(
    ("key", "to"),
    [
        pytest.param(PREMIUM, {**FEE, "kinds": []}, id="on any step"),
        pytest.param("tariff.fees.moving", FEE, id="in the place of another"),
        pytest.param(f"{PREMIUM}.amount", 0.02, id="a part of it"),
    ],
)
def test_other_fees_are_for_all(key: str, to: Any) -> None:
    assert refusal(r=setting(key, to=to) | SOME).startswith(
        f"{WHERE}: a figure is the whole port's, but 'r' has an adoption share of 0.4"
    )


@pytest.mark.parametrize(
    ("key", "factor", "capacity"),
    [
        pytest.param("port.facilities.berths.capacity", 2.0, 8, id="of a facility"),
        pytest.param("agencies.customs.reviewers", 1.5, 27, id="of staff"),
        pytest.param(
            "port.facilities.gate_lanes.capacity",
            2.0,
            {"around_the_clock": 4, "daytime": 2},
            id="by roster",
        ),
    ],
)
def test_capacities_are_raised(key: str, factor: float, capacity: Any) -> None:
    lanes = {"around_the_clock": 2, "daytime": 1}
    data = with_value(WRITTEN, "port.facilities.gate_lanes.capacity", lanes)
    data["reforms"] = {"r": setting(key, times=factor)}
    pools = resources_of(effect_of(build_scenario(data)).scenario).pools
    name = key.removeprefix("port.facilities.").removeprefix("agencies.").removesuffix(".capacity")
    assert pools[name].capacity == capacity


def test_reviewers_at_the_home_office_come_with_a_reform() -> None:
    home = "customs.home_office_reviewers"
    before = shipped("serial")
    assert resources_of(before).pools[home].capacity == 0
    review = {"step": "review_customs_manually", "to": {"uses": {home: 1}}}
    there = reform(parameter(f"agencies.{home}", to=30), {"set": review})
    found = effect(r=there)
    check_effect(found)
    assert resources_of(found.scenario).pools[home].capacity == 30


def test_factors_apply_in_the_order_of_the_reforms() -> None:
    found = effect(late=setting(RANDOM, times=0.5, order=2), early=setting(RANDOM, to=0.8, order=1))
    assert [(change.reform, change.after) for change in found.changes] == [
        ("early", 0.8),
        ("late", 0.4),
    ]


def test_a_reform_that_yields_leaves_the_key_alone() -> None:
    late = reform(
        parameter(RANDOM, to=0.2), parameter(RATE, times=0.5), order=11, yields_to=["early"]
    )
    found = effect(early=setting(RANDOM, to=0.8), late=late)
    assert [(change.reform, change.key) for change in found.changes] == [
        ("early", RANDOM),
        ("late", RATE),
    ]
    alone = effect(early=setting(RANDOM, to=0.8) | {"adoption": NOBODY}, late=late)
    assert values(alone)[RANDOM] == (0.1, 0.2)


def test_the_same_value_may_be_set_twice() -> None:
    found = effect(a=setting(RANDOM, to=0.5), b=setting(RANDOM, to=0.5, order=11))
    assert [(change.before, change.after) for change in found.changes] == [(0.1, 0.5), (0.5, 0.5)]


def test_where_there_leaves_out_what_the_scenario_does_not_have() -> None:
    outage = setting("disruptions.outage.duration_hours", times=0.5, where_there=True)
    share = setting("agencies.customs.scan.share", to=0.9, where_there=True, order=11)
    there = setting(RANDOM, to=0.5, where_there=True, order=12)
    assert values(effect(a=outage, b=share, c=there)) == {RANDOM: (0.1, 0.5)}
    assert "unknown key 'outage'" in refusal(
        r=setting("disruptions.outage.duration_hours", times=0.5)
    )


def test_only_keeps_it_to_scenarios_with_the_workflow() -> None:
    elsewhere = {"only": ["train_run"], **parameter("port.handling.train_run.moves_per_hour", to=9)}
    here = {"only": ["sea_import"], **parameter(RANDOM, to=0.5)}
    both = reform(elsewhere, here, workflows=["train_run", "sea_import"])
    assert values(effect(r=both)) == {RANDOM: (0.1, 0.5)}


KEYS = {
    RANDOM: st.floats(0, 1),
    "agencies.quarantine.examination.own_sensitivity": st.floats(0, 1),
    "traffic.reviews.manual_share.ordinary": st.floats(0, 1),
    "tariff.fees.moving.amount": st.floats(0, 1e6),
    "port.handling.vessel_call.moves_per_hour": st.floats(1, 1e3),
    "agencies.customs.examiners": st.integers(0, 50),
}


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Data]:
    """Some figures, each set to a value or multiplied."""
    keys = draw(st.sets(st.sampled_from(sorted(KEYS)), min_size=1))
    factor = st.builds(lambda times: {"times": times}, st.floats(0.1, 1))
    return {key: draw(KEYS[key].map(lambda to: {"to": to}) | factor) for key in sorted(keys)}


@given(changes())
@settings(max_examples=25, deadline=None)
def test_what_nobody_adopts_leaves_the_scenario_as_it_is(some: dict[str, Data]) -> None:
    operators = [parameter(key, **change) for key, change in some.items()]
    written = shipped("serial", reforms={"r": reform(*operators, adoption=NOBODY)})
    found = effect_of(written)
    assert found.scenario is written
    assert found.changes == ()


@given(changes(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_figures_under_different_keys_commute(some: dict[str, Data], random: Any) -> None:
    def in_order(keys: list[str]) -> Effect:
        orders = enumerate(keys)
        return effect(**{f"r{n}": setting(key, order=n, **some[key]) for n, key in orders})

    listed, shuffled = sorted(some), sorted(some)
    random.shuffle(shuffled)
    first, second = in_order(listed), in_order(shuffled)
    assert values(first) == values(second)
    assert without_reforms(first) == without_reforms(second)


def without_reforms(found: Effect) -> Mapping[str, Any]:
    return found.scenario.model_dump(exclude={"reforms"})


@given(st.floats(0, 1), st.sampled_from(["customs", "quarantine"]))
@settings(max_examples=10, deadline=None)
def test_lower_rates_select_fewer_of_the_same(factor: float, agency: str) -> None:
    before = drawn(effect())
    after = drawn(effect(r=setting(f"agencies.{agency}.selection.rate", times=factor)))
    for name, column in before.flags.items():
        if name.startswith(agency) and name.endswith(("_selected", "_finding")):
            assert not (after.flags[name] & ~column).any()
        elif not name.startswith(agency) and name != "laboratory":
            np.testing.assert_array_equal(after.flags[name], column)
    np.testing.assert_array_equal(after.risk_score[agency], before.risk_score[agency])
    np.testing.assert_array_equal(after.value_fen, before.value_fen)


def drawn(found: Effect) -> Consignments:
    return traffic(found.scenario, Draws(2017, 0))[1]


def test_figures_are_set_before_pools_change() -> None:
    more = {"set": {"pool": "customs.examiners", "to": {"capacity": 20, **ASSUMED}}}
    written = shipped(
        "serial",
        reforms={"a": reform(more, order=1), "b": setting("agencies.customs.examiners", times=2.0)},
    )
    found = effect_of(written)
    assert found.scenario.agencies["customs"].examiners == 28
    assert resources_of(found.scenario).pools["customs.examiners"].capacity == 20


def test_a_reform_of_figures_alone_rewrites_no_workflow() -> None:
    mixed = reform(parameter(RANDOM, to=0.5), {"add": {"step": "n", "spec": spec("release")}})
    scenario = effect(a=setting(RATE, times=0.5), b=mixed | {"order": 11}).scenario
    assert not scenario.reforms["a"].rewrites("sea_import")
    assert scenario.reforms["b"].rewrites("sea_import")
