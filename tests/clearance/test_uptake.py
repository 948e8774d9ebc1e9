from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.clearance.reforms import Rewriting
from sim.clearance.resources import resources_of
from sim.clearance.uptake import draw_uptake, eligible
from sim.scenario.reform import Eligibility
from sim.scenario.resources import TIERS
from sim.scenario.scenario import Scenario
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, LABEL, reform, shipped, spec

CASES = 500
ENTITIES = np.arange(CASES, dtype=np.int64)
RANDOM = np.random.default_rng(7)
FLAGS = {
    name: RANDOM.random(CASES) < 0.5 for name in ("trusted", "licensed", "dutiable", "named_goods")
}
TIER = RANDOM.integers(len(TIERS), size=CASES)
FLAGS |= {name: number == TIER for number, name in enumerate(TIERS)}
DRAWS = Draws(1, 0)
SHARE = st.floats(0, 1)


def adopted(share: float, name: str = "n", **rest: Any) -> dict[str, Any]:
    content = {"add": {"step": f"step_{name}", "spec": spec("release")}}
    return reform(content, **{"adoption": {"share": share, **ASSUMED}, **rest})


def by_tier(shares: dict[str, float], elsewhere: float = 0.0) -> dict[str, Any]:
    return adopted(0.0, adoption={"share": elsewhere, "by_tier": shares, **ASSUMED})


def with_reforms(**reforms: Any) -> Scenario:
    return shipped("serial", reforms=reforms)


def takers(scenario: Scenario, name: str, workflow: str = "sea_import") -> NDArray[np.bool_]:
    uptakes, index = draw_uptake(Rewriting(scenario), workflow, ENTITIES, FLAGS, DRAWS)
    return np.array([name in uptake for uptake in uptakes])[index]


@given(SHARE, SHARE)
@settings(max_examples=25, deadline=None)
def test_a_higher_share_never_makes_a_case_drop_a_reform(one: float, other: float) -> None:
    low, high = sorted((one, other))
    few = takers(with_reforms(r=adopted(low)), "r")
    many = takers(with_reforms(r=adopted(high)), "r")
    assert not (few & ~many).any()


@given(st.dictionaries(st.sampled_from(TIERS), SHARE), SHARE, st.sampled_from(TIERS), SHARE)
@settings(max_examples=25, deadline=None)
def test_a_higher_share_of_a_tier_never_makes_a_case_drop_a_reform(
    shares: dict[str, float], elsewhere: float, tier: str, other: float
) -> None:
    before = shares.get(tier, elsewhere)
    low, high = sorted((before, other))
    few, many = (
        takers(with_reforms(r=by_tier({**shares, tier: share}, elsewhere)), "r")
        for share in (low, high)
    )
    assert not (few & ~many).any()
    assert (few == many)[~FLAGS[tier]].all()


def test_a_tier_has_a_share_of_its_own_and_the_others_the_common_one() -> None:
    shares = {"advanced_certified": 1.0, "discredited": 0.0}
    taken = takers(with_reforms(r=by_tier(shares, 0.4)), "r")
    assert taken[FLAGS["advanced_certified"]].all()
    assert not taken[FLAGS["discredited"]].any()
    others = FLAGS["general_certified"] | FLAGS["ordinary"]
    assert (taken == takers(with_reforms(r=adopted(0.4)), "r"))[others].all()


@pytest.mark.parametrize(
    ("shares", "elsewhere", "anybody", "everybody"),
    [
        pytest.param({}, 0.0, False, False, id="nobody"),
        pytest.param({}, 1.0, True, True, id="everybody"),
        pytest.param({"ordinary": 0.1}, 0.0, True, False, id="some of one tier"),
        pytest.param({"ordinary": 0.1}, 1.0, True, False, id="not all of one tier"),
        pytest.param(dict.fromkeys(TIERS, 0.0), 0.7, False, False, id="no tier"),
        pytest.param(dict.fromkeys(TIERS, 1.0), 0.0, True, True, id="every tier"),
    ],
)
def test_whether_anybody_and_everybody_adopts_it(
    shares: dict[str, float], elsewhere: float, anybody: bool, everybody: bool
) -> None:
    adoption = with_reforms(r=by_tier(shares, elsewhere)).reforms["r"].adoption
    assert (adoption.by_anybody, adoption.by_everybody) == (anybody, everybody)
    assert takers(with_reforms(r=by_tier(shares, elsewhere)), "r").any() == anybody


@pytest.mark.parametrize(("share", "number"), [(0.0, 0), (1.0, CASES)])
def test_nobody_and_everybody(share: float, number: int) -> None:
    assert takers(with_reforms(r=adopted(share)), "r").sum() == number


def test_about_the_stated_share_takes_it_up() -> None:
    assert takers(with_reforms(r=adopted(0.4)), "r").mean() == pytest.approx(0.4, abs=0.07)


def test_reforms_are_taken_up_independently() -> None:
    scenario = with_reforms(a=adopted(0.5, "a"), b=adopted(0.5, "b"))
    together = (takers(scenario, "a") & takers(scenario, "b")).mean()
    assert together == pytest.approx(0.25, abs=0.06)


def test_another_reform_leaves_the_takers_of_the_first_alone() -> None:
    alone = takers(with_reforms(b=adopted(0.5, "b")), "b")
    beside = takers(with_reforms(a=adopted(0.5, "a"), b=adopted(0.5, "b")), "b")
    assert (alone == beside).all()


def test_only_the_eligible_take_it_up() -> None:
    scenario = with_reforms(r=adopted(1.0, eligible={"when": ["trusted", "not licensed"]}))
    assert (takers(scenario, "r") == (FLAGS["trusted"] & ~FLAGS["licensed"])).all()


@pytest.mark.parametrize(
    ("content", "everybody"),
    [
        pytest.param({"modes": ["sea"]}, True, id="its mode"),
        pytest.param({"modes": ["rail", "air"]}, False, id="another mode"),
        pytest.param({"directions": ["import"]}, True, id="its direction"),
        pytest.param({"directions": ["export"]}, False, id="another direction"),
    ],
)
def test_modes_and_directions(content: dict[str, Any], everybody: bool) -> None:
    taken = takers(with_reforms(r=adopted(1.0, eligible=content)), "r")
    assert (taken == everybody).all()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param({}, np.ones(CASES, dtype=bool), id="everybody"),
        pytest.param({"when": ["dutiable"]}, FLAGS["dutiable"], id="a flag"),
        pytest.param(
            {"any_of": [["trusted", "not licensed"], ["named_goods"]]},
            (FLAGS["trusted"] & ~FLAGS["licensed"]) | FLAGS["named_goods"],
            id="one of two clauses",
        ),
        pytest.param(
            {"when": ["dutiable"], "any_of": [["trusted"], ["licensed"]]},
            FLAGS["dutiable"] & (FLAGS["trusted"] | FLAGS["licensed"]),
            id="a flag and one of two clauses",
        ),
    ],
)
def test_eligibility(content: dict[str, Any], expected: NDArray[np.bool_]) -> None:
    found = eligible(Eligibility.model_validate(content), FLAGS, CASES)
    assert (found == expected).all()


def test_who_takes_up_a_reform_does_not_take_up_one_that_yields_to_it() -> None:
    scenario = with_reforms(a=adopted(0.5, "a"), b=adopted(1.0, "b", order=20, yields_to=["a"]))
    first = takers(scenario, "a")
    assert 0 < first.sum() < CASES
    assert (takers(scenario, "b") == ~first).all()


def test_who_does_not_take_up_a_reform_takes_up_none_that_requires_it() -> None:
    scenario = with_reforms(a=adopted(0.5, "a"), b=adopted(1.0, "b", order=20, requires=["a"]))
    first = takers(scenario, "a")
    assert 0 < first.sum() < CASES
    assert (takers(scenario, "b") == first).all()


def test_uptakes_are_distinct_and_in_order() -> None:
    scenario = with_reforms(b=adopted(0.5, "b"), a=adopted(0.5, "a"))
    uptakes, _ = draw_uptake(Rewriting(scenario), "sea_import", ENTITIES, FLAGS, DRAWS)
    assert sorted(uptakes) == [(), ("a",), ("a", "b"), ("b",)]


def test_a_reform_nobody_adopts_changes_no_pool() -> None:
    pooling = {
        "pool": {
            "pools": ["customs_site", "quarantine_site"],
            "into": "site",
            "label": LABEL,
            "to": {"capacity": 50, **ASSUMED},
        }
    }
    nobody = {"share": 0.0, **ASSUMED}
    before, after = (
        resources_of(with_reforms(**reforms))
        for reforms in ({}, {"r": reform(pooling, adoption=nobody)})
    )
    assert after == before
