from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measure.ranking import area_under_curve
from sim.scenario.errors import InputError
from sim.scenario.resources import TIERS, Selection
from sim.traffic.draws import Draws
from sim.traffic.risk_scores import RowScores
from sim.traffic.targeting import Candidates, Targeted, check_models, target
from tests.builders import declarations, shipped

NUMBER = 200_000
ENTITIES = np.arange(NUMBER, dtype=np.int64)
RATES = np.array([0.0057, 0.03, 0.08, 0.8476])
SHARES = np.array([0.006, 0.018, 0.03, 0.18])
DRAWS = Draws(7, 0)
WAYS = [{"auc": 0.5}, {"auc": 0.75}, {"auc": 0.95}, {"model": "kcs_2020"}]


@cache
def candidates() -> Candidates:
    """Many consignments, their traders in tiers by turns; half of the rows concern the agency."""
    table = declarations()
    row_tier = table.importer % 4
    row_weight = (np.arange(len(table)) % 2).astype(np.float64)
    row = 2 * (DRAWS.uniform("goods", ENTITIES) * (len(table) // 2)).astype(np.int64) + 1
    tier = row_tier[row]
    violating = DRAWS.uniform("violation", ENTITIES) < SHARES[tier]
    return Candidates(ENTITIES, row, tier, violating, SHARES, RATES, row_tier, row_weight)


def targeted(random_share: float, rates: Any = RATES, **rest: Any) -> Targeted:
    spec = Selection(
        rate=dict(zip(TIERS, rates.tolist(), strict=True)),
        random_share=random_share,
        assumption=True,
        **rest,
    )
    among = Candidates(**{**vars(candidates()), "rate": rates})
    return target(spec, "customs", among, declarations().scores, 0.6, DRAWS)


@pytest.mark.parametrize("random_share", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("way", WAYS)
def test_each_tier_is_inspected_at_its_stated_rate(random_share: float, way: Any) -> None:
    selected = targeted(random_share, **way).selected
    tier = candidates().tier
    for number, rate in enumerate(RATES):
        among = selected[tier == number]
        error = np.sqrt(rate * (1 - rate) / len(among))
        assert among.mean() == pytest.approx(rate, abs=4 * error)


def test_listed_tiers_are_inspected_at_their_rates_too() -> None:
    """What goods are like tells nothing about a listed tier; half the rows concern the agency."""
    tier = ENTITIES % 4
    violating = DRAWS.uniform("violation", ENTITIES) < SHARES[tier]
    listed = {"tier": tier, "violating": violating, "row_tier": None}
    among = Candidates(**{**vars(candidates()), **listed})
    spec = Selection(
        rate=dict(zip(TIERS, RATES.tolist(), strict=True)),
        random_share=0.1,
        model="kcs_2020",
        assumption=True,
    )
    selected = target(spec, "customs", among, declarations().scores, 0.6, DRAWS).selected
    for number, rate in enumerate(RATES):
        error = np.sqrt(rate * (1 - rate) / (NUMBER / 4))
        assert selected[tier == number].mean() == pytest.approx(rate, abs=4 * error)


@pytest.mark.parametrize("way", WAYS)
def test_random_selection_hits_no_better_than_chance(way: Any) -> None:
    selected, among = targeted(1.0, **way).selected, candidates()
    hits = among.violating[selected & (among.tier == 3)].mean()
    assert hits == pytest.approx(SHARES[3], abs=0.01)


def test_scores_hit_better_than_chance() -> None:
    violating = candidates().violating
    blind, guided, sharp = (
        targeted(share, auc=auc).selected[violating].mean()
        for share, auc in ((1.0, 0.75), (0.1, 0.75), (0.0, 0.95))
    )
    assert blind < guided < sharp
    assert blind < targeted(0.1, model="kcs_2020").selected[violating].mean()


@pytest.mark.parametrize("rate", [0.0, 1.0])
@pytest.mark.parametrize("random_share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("way", [{"auc": 0.75}, {"model": "kcs_2020"}])
def test_nobody_and_everybody(rate: float, random_share: float, way: Any) -> None:
    assert targeted(random_share, np.full(4, rate), **way).selected.mean() == rate


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("way", WAYS)
def test_a_share_of_each_tier_is_of_low_risk(share: float, way: Any) -> None:
    low_risk, tier = targeted(0.1, low_risk_share=share, **way).low_risk, candidates().tier
    for number in range(len(TIERS)):
        among = low_risk[tier == number]
        error = np.sqrt(share * (1 - share) / len(among))
        assert among.mean() == pytest.approx(share, abs=4 * error)


@pytest.mark.parametrize("way", WAYS)
def test_low_risk_are_the_lowest_scores_of_a_tier(way: Any) -> None:
    found, tier = targeted(0.1, low_risk_share=0.4, **way), candidates().tier
    for number in range(len(TIERS)):
        low, score = found.low_risk[tier == number], found.score[tier == number]
        assert score[low].max() <= score[~low].min()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_selected_by_score_is_not_of_low_risk(way: Any) -> None:
    rates = np.full(4, 0.3)
    found = targeted(0.0, rates, low_risk_share=0.7, **way)
    assert not (found.selected & found.low_risk).any()
    assert (targeted(0.5, rates, low_risk_share=0.7, **way).low_risk == found.low_risk).all()


def test_low_risk_hides_fewer_violations() -> None:
    low_risk, violating = targeted(0.1, low_risk_share=0.5, auc=0.75).low_risk, candidates()
    assert violating.violating[low_risk].mean() < violating.violating[~low_risk].mean() / 2


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(WAYS))
@settings(max_examples=12, deadline=None)
def test_a_higher_share_of_low_risk_leaves_nobody_out(one: float, other: float, way: Any) -> None:
    low, high = sorted((one, other))
    few, many = (targeted(0.1, low_risk_share=share, **way).low_risk for share in (low, high))
    assert not (few & ~many).any()


def test_a_model_separates_violations_as_it_separates_fraud() -> None:
    scores = declarations().scores["kcs_2020"]
    found = area_under_curve(targeted(0.1, model="kcs_2020").score, candidates().violating)
    assert found == pytest.approx(area_under_curve(scores.score, scores.fraud), abs=0.03)
    assert 0.7 < found < 0.9


def test_goods_keep_their_own_score_where_it_fits() -> None:
    scores, among = declarations().scores["kcs_2020"], candidates()
    fits = scores.fraud[among.row] == among.violating
    found = targeted(0.1, model="kcs_2020").score
    assert (found[fits] == scores.score[among.row][fits]).all()
    assert 0.7 < fits.mean() < 0.9


def test_a_tier_whose_traders_have_no_goods_stops_nothing() -> None:
    among = Candidates(**{**vars(candidates()), "row_tier": candidates().row_tier * 0})
    spec = Selection(
        rate=dict.fromkeys(TIERS, 0.1), random_share=0.1, model="kcs_2020", assumption=True
    )
    assert len(target(spec, "customs", among, declarations().scores, 0.6, DRAWS).selected)


def with_model(name: str) -> Any:
    return shipped(
        "serial",
        agencies__customs__selection={
            "rate": {"ordinary": 0.1}, "random_share": 0.1, "model": name, "assumption": True,
        },
    )  # fmt: skip


def test_a_model_must_have_scored_the_table() -> None:
    check_models(with_model("kcs_2020"), declarations().scores)
    check_models(shipped("serial"), {})
    with pytest.raises(InputError) as raised:
        check_models(with_model("kcs_2021"), declarations().scores)
    assert str(raised.value) == (
        "agencies.customs.selection.model: unknown model 'kcs_2021'; allowed: kcs_2020; "
        "did you mean 'kcs_2020'?"
    )


def test_a_model_needs_rows_of_both_outcomes() -> None:
    clean = RowScores(np.zeros(3), np.zeros(3, dtype=np.bool_))
    with pytest.raises(InputError) as raised:
        check_models(with_model("kcs_2020"), {"kcs_2020": clean})
    assert str(raised.value) == (
        "agencies.customs.selection.model: 'kcs_2020' needs rows with fraud and rows without"
    )


@pytest.mark.parametrize(
    ("way", "given"), [({}, "neither"), ({"auc": 0.7, "model": "kcs_2020"}, "both")]
)
def test_a_selection_has_one_score(way: dict[str, Any], given: str) -> None:
    selection = {"rate": {"ordinary": 0.1}, "random_share": 0.1, "assumption": True, **way}
    with pytest.raises(InputError) as raised:
        shipped("serial", agencies__customs__selection=selection)
    assert str(raised.value) == (
        f"agencies.customs.selection: needs exactly one of 'auc' and 'model', given {given}"
    )
