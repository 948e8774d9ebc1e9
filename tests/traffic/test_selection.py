from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from sim.scenario.resources import TIERS, Selection
from sim.traffic.draws import Draws
from sim.traffic.selection import binormal_distance, risk_scores, score_threshold, select

NUMBER = 200_000
ENTITIES = np.arange(NUMBER, dtype=np.int64)
RATES = np.array([0.0057, 0.03, 0.08, 0.8476])
SHARES = np.array([0.006, 0.018, 0.03, 0.18])
DRAWS = Draws(7, 0)


def area_under_curve(scores: Any, positive: Any) -> float:
    """Mann and Whitney's share of pairs in the right order."""
    number = int(positive.sum())
    ranks = rankdata(scores)[positive].sum() - number * (number + 1) / 2
    return float(ranks / (number * (len(scores) - number)))


@pytest.mark.parametrize("auc", [0.5, 0.6, 0.75, 0.95])
def test_scores_rank_violations_with_the_stated_area(auc: float) -> None:
    violating = DRAWS.uniform("violation", ENTITIES) < 0.3
    scores = risk_scores(DRAWS, "customs", ENTITIES, 0.6) + binormal_distance(auc) * violating
    assert area_under_curve(scores, violating) == pytest.approx(auc, abs=0.005)


def test_scores_of_two_agencies_correlate_as_stated() -> None:
    for correlation in (0.0, 0.6, 1.0):
        first, second = (
            risk_scores(DRAWS, agency, ENTITIES, correlation)
            for agency in ("customs", "quarantine")
        )
        assert np.corrcoef(first, second)[0, 1] == pytest.approx(correlation, abs=0.01)
        assert first.mean() == pytest.approx(0, abs=0.01)
        assert first.std() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("rate", "expected"), [(0.0, float("inf")), (1.0, float("-inf")), (-0.1, float("inf"))]
)
def test_thresholds_of_none_and_all(rate: float, expected: float) -> None:
    assert score_threshold(rate, 0.03, 1.0) == expected


def test_threshold_of_a_normal_is_its_quantile() -> None:
    assert score_threshold(0.025, 0.0, 1.0) == pytest.approx(1.959963984540054, abs=1e-9)
    assert score_threshold(0.025, 1.0, 1.0) == pytest.approx(2.959963984540054, abs=1e-9)


@given(st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6), st.floats(0, 1), st.floats(0, 4))
def test_a_higher_rate_never_raises_the_threshold(
    one: float, other: float, share: float, distance: float
) -> None:
    low, high = sorted((one, other))
    loose, strict = (score_threshold(rate, share, distance) for rate in (high, low))
    assert loose <= strict + 1e-9


def selected(random_share: float, auc: float, rates: Any = RATES) -> tuple[Any, Any, Any]:
    """Selected, violating and tier of many consignments, a quarter in each tier."""
    spec = Selection(
        rate=dict(zip(TIERS, rates.tolist(), strict=True)),
        random_share=random_share,
        auc=auc,
        assumption=True,
    )
    tier = ENTITIES % 4
    violating = DRAWS.uniform("violation", ENTITIES) < SHARES[tier]
    chosen = select(
        spec,
        SHARES,
        violating,
        tier,
        rates,
        risk_scores(DRAWS, "customs", ENTITIES, 0.6),
        DRAWS.uniform("random", ENTITIES),
    )
    return chosen, violating, tier


@pytest.mark.parametrize("random_share", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("auc", [0.5, 0.75, 0.95])
def test_each_tier_is_inspected_at_its_stated_rate(random_share: float, auc: float) -> None:
    chosen, _, tier = selected(random_share, auc)
    for number, rate in enumerate(RATES):
        error = np.sqrt(rate * (1 - rate) / (NUMBER / 4))
        assert chosen[tier == number].mean() == pytest.approx(rate, abs=4 * error)


def test_random_selection_hits_no_better_than_chance() -> None:
    chosen, violating, tier = selected(1.0, 0.95)
    assert violating[chosen & (tier == 3)].mean() == pytest.approx(SHARES[3], abs=0.01)


def test_scores_hit_better_than_chance() -> None:
    blind, guided, sharp = (
        chosen[violating].mean()
        for chosen, violating, _ in (selected(1.0, 0.75), selected(0.1, 0.75), selected(0.0, 0.95))
    )
    assert blind < guided < sharp


@pytest.mark.parametrize("rate", [0.0, 1.0])
@pytest.mark.parametrize("random_share", [0.0, 0.3, 1.0])
def test_nobody_and_everybody(rate: float, random_share: float) -> None:
    chosen, _, _ = selected(random_share, 0.75, np.full(4, rate))
    assert chosen.mean() == rate
