from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats

from sim.scenario.duration import Distribution
from sim.traffic.distributions import lognormal, sample, ticks

ADAPTER: TypeAdapter[Distribution] = TypeAdapter(Distribution)
GRID = (np.arange(400_000) + 0.5) / 400_000
SIGMA = np.sqrt(np.log1p(0.8**2))


def distribution(**fields: Any) -> Distribution:
    return ADAPTER.validate_python({**fields, "assumption": True})


class MixedExponentials(stats.rv_continuous):
    """Nine in ten have a mean of 0.5, the others one of 3.5."""

    def _cdf(self, x: Any) -> Any:
        return 0.9 * -np.expm1(-x / 0.5) + 0.1 * -np.expm1(-x / 3.5)


MIXED = MixedExponentials(a=0.0)


FAMILIES = [
    pytest.param({"dist": "exponential", "mean": 2.0}, stats.expon(scale=2.0), id="exponential"),
    pytest.param(
        {"dist": "erlang", "shape": 4, "mean": 8.0}, stats.gamma(4, scale=2.0), id="erlang"
    ),
    pytest.param(
        {"dist": "gamma", "shape": 0.7, "mean": 1.4}, stats.gamma(0.7, scale=2.0), id="gamma"
    ),
    pytest.param(
        {
            "dist": "hyperexponential",
            "first_share": 0.9,
            "first_mean": 0.5,
            "second_mean": 3.5,
        },
        MIXED,
        id="hyperexponential",
    ),
    pytest.param(
        {"dist": "lognormal", "mean": 18.7, "cv": 0.8},
        stats.lognorm(SIGMA, scale=18.7 * np.exp(-(SIGMA**2) / 2)),
        id="lognormal",
    ),
    pytest.param({"dist": "uniform", "low": 1.0, "high": 4.0}, stats.uniform(1, 3), id="uniform"),
    pytest.param(
        {"dist": "triangular", "low": 1.0, "mode": 1.5, "high": 3.5},
        stats.triang(0.2, 1, 2.5),
        id="triangular",
    ),
    pytest.param(
        {"dist": "triangular", "low": 1.0, "mode": 1.0, "high": 3.0},
        stats.triang(0, 1, 2),
        id="triangular, mode at low",
    ),
    pytest.param(
        {"dist": "triangular", "low": 1.0, "mode": 3.0, "high": 3.0},
        stats.triang(1, 1, 2),
        id="triangular, mode at high",
    ),
]


@pytest.mark.parametrize(("fields", "expected"), FAMILIES)
def test_quantiles_mean_and_variance(fields: dict[str, Any], expected: Any) -> None:
    hours = sample(distribution(**fields), GRID)
    np.testing.assert_allclose(hours[::1000], expected.ppf(GRID[::1000]), rtol=1e-9)
    assert hours.mean() == pytest.approx(expected.mean(), rel=1e-4)
    assert hours.var() == pytest.approx(expected.var(), rel=5e-3)


def test_a_constant_does_not_vary() -> None:
    assert sample(distribution(dist="constant", value=1.5), GRID[:3]).tolist() == [1.5] * 3


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        pytest.param({"dist": "lognormal", "mean": 2.0, "cv": 0.0}, 2.0, id="lognormal"),
        pytest.param({"dist": "uniform", "low": 2.0, "high": 2.0}, 2.0, id="uniform"),
    ],
)
def test_without_spread_it_is_the_mean(fields: dict[str, Any], value: float) -> None:
    assert np.allclose(sample(distribution(**fields), GRID[::1000]), value, rtol=1e-15)


@pytest.mark.parametrize(("fields", "expected"), FAMILIES)
@given(lucks=st.lists(st.floats(2**-53, 1 - 2**-53), min_size=2, max_size=2))
def test_hours_rise_with_the_uniforms(
    fields: dict[str, Any], expected: Any, lucks: list[float]
) -> None:
    low, high = sample(distribution(**fields), np.array(sorted(lucks)))
    assert 0 <= low <= high < np.inf
    assert expected.support()[0] <= low
    assert high <= expected.support()[1]


def test_lognormal_by_mean_and_coefficient_of_variation() -> None:
    found = lognormal(50.0, 0.4, GRID)
    assert found.mean() == pytest.approx(50, rel=1e-4)
    assert found.std() / found.mean() == pytest.approx(0.4, rel=1e-3)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(1.0, 3600), (0.0, 0), (0.5 / 3600, 0), (1.5 / 3600, 2), (0.6 / 3600, 1), (-0.25, -900)],
)
def test_ticks_are_whole_seconds_to_the_nearest(hours: float, expected: int) -> None:
    assert ticks(hours) == expected
    assert ticks([hours]).dtype == np.int64
