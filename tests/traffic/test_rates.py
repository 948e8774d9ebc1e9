from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from sim.scenario.arrivals import Profile
from sim.traffic.rates import HOUR, cumulative, month_factors, profile_rates
from tests.builders import ASSUMED

EVEN = [1.0] * 24


def profile(**fields: Any) -> Profile:
    return Profile.model_validate(
        {"kind": "profile", "per_day": 48.0, "hours": EVEN, **ASSUMED, **fields}
    )


Rates = st.lists(
    st.floats(0, 3).filter(lambda rate: rate == 0 or rate > 1e-3), min_size=2, max_size=8
)


@given(Rates, st.floats(0.001, 0.999))
def test_the_clock_inverts_the_integral_of_the_rate(rates: list[float], share: float) -> None:
    """Against a root found on a numerical integral of the rate."""
    ticks = 1000 * np.arange(len(rates) + 1)
    rate = cumulative(ticks, np.array(rates))
    if not rate.total[-1]:
        return
    target = share * float(rate.total[-1])

    def short(time: float) -> float:
        inside = [float(tick) for tick in ticks if tick < time]
        area = sum(
            quad(lambda at: rates[min(int(at // 1000), len(rates) - 1)], start, end)[0]
            for start, end in zip(inside, [*inside, time][1:], strict=True)
        )
        return float(area) - target

    found = brentq(short, 0.0, float(ticks[-1]))
    assert rate.clock(np.array([target])).tolist() == [pytest.approx(found, abs=1.0)]


@given(Rates, st.lists(st.floats(0, 2), min_size=8, max_size=8), st.floats(0, 1))
def test_a_higher_rate_never_makes_anyone_later(
    rates: list[float], more: list[float], share: float
) -> None:
    ticks = 1000 * np.arange(len(rates) + 1)
    low = cumulative(ticks, np.array(rates))
    high = cumulative(ticks, np.array(rates) + np.array(more[: len(rates)]))
    target = np.array([share * low.total[-1]])
    assert high.clock(target) <= low.clock(target)


def test_what_falls_on_a_time_without_arrivals_waits_for_its_end() -> None:
    rate = cumulative(np.array([0, 100, 200, 300]), np.array([1.0, 0.0, 1.0]))
    assert rate.clock(np.array([0.0, 99.0, 100.0, 101.0])).tolist() == [0, 99, 200, 201]


def test_a_rate_that_is_almost_nothing_freezes_nobody() -> None:
    """Sampling by the rate at the last arrival would skip the whole day after such a night."""
    rate = cumulative(np.array([0, 100, 200, 300]), np.array([1.0, 1e-9, 1.0]))
    assert rate.clock(np.array([99.0, 100.5, 150.0])).tolist() == [99, 200, 250]


def test_a_plain_day_has_the_stated_arrivals_spread_by_the_hour() -> None:
    weights = [0.0] * 8 + [1.0, 3.0] + [0.0] * 14
    rates = profile_rates(profile(hours=weights), 48) * HOUR
    assert rates[8:10].tolist() == [12.0, 36.0]
    assert rates[32:34].tolist() == [12.0, 36.0]
    assert rates.sum() == 2 * 48


def test_weekdays_have_factors() -> None:
    rates = profile_rates(profile(weekdays={"tue": 0.5, "sun": 0.0}), 7 * 24) * HOUR
    days = rates.reshape(7, 24).sum(axis=1)
    assert days.tolist() == pytest.approx([48, 24, 48, 48, 48, 48, 0])


def test_months_of_a_run_that_begins_in_the_year() -> None:
    months = tuple(float(month) for month in range(1, 13))
    factors = month_factors(months, 29, 5)
    assert factors.tolist() == [1, 1, 2, 2, 2]
    year = month_factors(months, 0, 365)
    assert np.bincount(year.astype(int))[1:].tolist() == [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]  # fmt: skip
    assert month_factors(months, 363, 3).tolist() == [12, 12, 1]


def test_an_even_year_has_no_factors() -> None:
    assert month_factors(None, 100, 3).tolist() == [1, 1, 1]
