import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.traffic.draws import Draws
from sim.traffic.risk_scores import (
    RowScores,
    Threshold,
    chosen,
    row_masses,
    scored_like,
    threshold,
)
from tests.builders import column

# Three clean rows, two with fraud.
SCORES = RowScores(
    score=np.array([0.1, 0.2, 0.3, 0.3, 0.9]), fraud=np.array([False, False, False, True, True])
)
MASSES = st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any)


def test_a_row_that_fits_is_kept_and_another_is_one_that_fits() -> None:
    row = column(0, 0, 4, 4, 4, 0)
    violating = np.array([False, True, True, False, False, True])
    luck = np.array([0.5, 0.49, 0.5, 0.0, 0.99, 0.51])
    assert scored_like(SCORES, row, violating, luck).tolist() == [0, 3, 4, 0, 2, 4]


def test_masses_are_how_often_rows_are_scored_like() -> None:
    number = 200_000
    draws, entity = Draws(3, 0), np.arange(number)
    row = (draws.uniform("goods", entity) * 5).astype(np.int64)
    violating = draws.uniform("violation", entity) < 0.3
    like = scored_like(SCORES, row, violating, draws.uniform("row", entity))
    expected = row_masses(SCORES, np.ones(5), 0.3)
    assert np.bincount(like, minlength=5) / number == pytest.approx(expected, abs=0.005)
    assert (SCORES.fraud[like] == violating).all()


@given(st.lists(st.floats(0.01, 5), min_size=5, max_size=5), st.floats(0, 1))
def test_masses_hold_as_many_violations_as_stated(weight: list[float], share: float) -> None:
    mass = row_masses(SCORES, np.array(weight), share)
    assert mass[SCORES.fraud].sum() == pytest.approx(share)
    assert mass.sum() == pytest.approx(1)


@given(MASSES, st.floats(0, 1))
def test_a_threshold_selects_the_rate(weights: list[int], rate: float) -> None:
    mass = np.array(weights) / sum(weights)
    score = np.arange(len(mass)) // 2 / 10
    found = threshold(score, mass, rate)
    selected = mass[score > found.score].sum() + found.part * mass[score == found.score].sum()
    assert selected == pytest.approx(rate)
    assert 0 <= found.part <= 1


def test_none_is_selected_at_no_rate() -> None:
    assert threshold(SCORES.score, np.full(5, 0.2), 0.0) == Threshold(float("inf"), 0.0)


def test_luck_settles_ties_and_tiers_have_their_own_threshold() -> None:
    score = np.array([0.4, 0.5, 0.5, 0.6, 0.5])
    tier = column(0, 0, 0, 0, 1)
    limits = [Threshold(0.5, 0.25), Threshold(0.9, 1.0)]
    luck = np.array([0.0, 0.24, 0.25, 0.99, 0.0])
    assert chosen(score, tier, limits, luck).tolist() == [False, True, False, True, False]
