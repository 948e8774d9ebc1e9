"""Arrivals whose rate changes over time, by exact inversion of the cumulative rate.

Arrivals are drawn in operational time, in which the rate is even, and mapped to the clock by the
inverse of the cumulative rate (Cinlar 1975). So the rate never freezes at the last arrival, and a
season or a surge moves arrivals without touching their luck.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.arrivals import Factors, Profile
from sim.scenario.hours import WEEKDAYS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
HOUR, DAY = 3600, 86_400
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_OF_DAY = np.repeat(np.arange(12), _MONTH_DAYS)


@dataclass(frozen=True)
class CumulativeRate:
    """A piecewise linear cumulative rate.

    Attributes:
        ticks: shape (n,), rising times in ticks, the first is 0.
        total: shape (n,), never falling: what has accumulated by then.
    """

    ticks: Floats
    total: Floats

    def clock(self, operational: Floats) -> Ints:
        """Return the ticks at which these totals, none above the last one, are reached.

        While nothing arrives the total stands still; what falls on it waits for its end.
        """
        return np.asarray(np.rint(np.interp(operational, self.total, self.ticks)), dtype=np.int64)


def cumulative(ticks: Ints | Floats, rates: Floats) -> CumulativeRate:
    """Accumulate rates per tick, one between each two of the times."""
    total = np.concatenate([[0.0], np.cumsum(np.diff(ticks) * rates)])
    return CumulativeRate(np.asarray(ticks, dtype=np.float64), total)


def profile_rates(profile: Profile, hours: int) -> Floats:
    """Shape (hours,): arrivals per tick in each hour of the run; a plain day has ``per_day``."""
    hour = np.arange(hours)
    by_hour = np.array(profile.hours) / sum(profile.hours)
    by_weekday = np.array([profile.weekdays.get(day, 1.0) for day in WEEKDAYS])
    per_hour = profile.per_day * by_hour[hour % 24] * by_weekday[hour // 24 % 7]
    return np.asarray(per_hour / HOUR)


def month_factors(months: Factors | None, first_day: int, days: int) -> Floats:
    """Shape (days,): seasonal factor of each day of the run; a year has 365 days.

    Args:
        months: factors of January to December, or None for an even year.
        first_day: day of the year on which the run begins, from 0.
        days: how many.
    """
    if months is None:
        return np.ones(days)
    return np.array(months)[_MONTH_OF_DAY[(first_day + np.arange(days)) % 365]]
