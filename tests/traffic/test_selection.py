import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measure.ranking import area_under_curve
from sim.traffic.draws import Draws
from sim.traffic.selection import binormal_distance, normal_scores, score_threshold

NUMBER = 200_000
ENTITIES = np.arange(NUMBER, dtype=np.int64)
DRAWS = Draws(7, 0)


@pytest.mark.parametrize("auc", [0.5, 0.6, 0.75, 0.95])
def test_scores_rank_violations_with_the_stated_area(auc: float) -> None:
    violating = DRAWS.uniform("violation", ENTITIES) < 0.3
    scores = normal_scores(DRAWS, "customs", ENTITIES, 0.6) + binormal_distance(auc) * violating
    assert area_under_curve(scores, violating) == pytest.approx(auc, abs=0.005)


def test_scores_of_two_agencies_correlate_as_stated() -> None:
    for correlation in (0.0, 0.6, 1.0):
        first, second = (
            normal_scores(DRAWS, agency, ENTITIES, correlation)
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
