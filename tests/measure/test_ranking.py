import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measure.ranking import area_under_curve

SCORED = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1, 3, 2, 4], 0.75), ([1, 1, 1, 1], 0.5)],
)
def test_two_clean_and_two_found(scores: list[float], expected: float) -> None:
    found = np.array([False, False, True, True])
    assert area_under_curve(np.array(scores, dtype=float), found) == expected


@given(SCORED)
def test_it_is_the_share_of_pairs_in_order(scored: list[tuple[int, bool]]) -> None:
    scores, found = (np.array(column) for column in zip(*scored, strict=True))
    pairs = [(high > low) + (high == low) / 2 for high in scores[found] for low in scores[~found]]
    area = area_under_curve(scores.astype(float), found)
    assert area == pytest.approx(np.mean(pairs)) if pairs else np.isnan(area)
