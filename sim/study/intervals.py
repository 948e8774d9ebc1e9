"""Confidence intervals over replications: means, paired differences, ratios, quantiles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""A share of the level below which a difference is no more than that of sums in another order."""


@dataclass(frozen=True)
class Interval:
    """An estimate, its confidence limits, the number it rests on and the p-value of zero.

    ``error`` is the standard error of the estimate.
    """

    estimate: float
    low: float
    high: float
    n: int
    p_value: float = float("nan")
    error: float = float("nan")

    def probability_at_most(self, value: float) -> float:
        """Confidence in a true value of at most this one: Student's t about the estimate.

        It is the confidence distribution of the estimate (Xie & Singh, International Statistical
        Review 81, 2013), or one less the one-sided p-value. NaN where nothing can be said.
        """
        if isnan(self.error):
            return nan
        if self.error == 0:
            return float(self.estimate <= value)
        return float(special.stdtr(self.n - 1, (value - self.estimate) / self.error))


def paired(values: Floats | float, base: Floats | float) -> Floats:
    """Differences of values with the same luck; what rounding alone made is none.

    A difference of 1e-16 in every replication would else be one for certain. NaN stays NaN.
    """
    difference = np.subtract(values, base)
    level = np.maximum(np.abs(values), np.abs(base))
    return np.where(np.abs(difference) <= ROUNDING * level, 0.0, difference)


def t_interval(values: Floats, confidence: float, center: float | None = None) -> Interval:
    """Student's t interval of the mean of independent values; NaN values are left out.

    Args:
        values: shape (n,), one a replication or section.
        confidence: of the interval, such as 0.95.
        center: an estimate to put in the middle, such as a pooled quantile, instead of the mean.
    """
    kept = values[~np.isnan(values)]
    n = len(kept)
    if n == 0:
        return Interval(float("nan") if center is None else center, *(float("nan"),) * 2, 0)
    estimate = float(kept.mean()) if center is None else center
    if n == 1:
        return Interval(estimate, float("nan"), float("nan"), 1)
    error = float(kept.std(ddof=1)) / np.sqrt(n)
    reach = float(special.stdtrit(n - 1, (1 + confidence) / 2)) * error
    p_value = _p_value(estimate, error, n)
    return Interval(estimate, estimate - reach, estimate + reach, n, p_value, error)


def within(interval: Interval, least: float, most: float) -> Interval:
    """Cut an interval to the range of what it estimates, such as 0 to 1 for a share.

    The true value is never outside that range, so that nothing is lost that the interval covers:
    its confidence stays what it was. NaN limits stay NaN.
    """
    low, high = np.clip([interval.low, interval.high], least, most).tolist()
    return replace(interval, low=low, high=high)


def _p_value(estimate: float, error: float, n: int) -> float:
    if error == 0:
        return 1.0 if estimate == 0 else 0.0
    return float(2 * special.stdtr(n - 1, -abs(estimate) / error))


def relative_interval(
    values: Floats,
    base: Floats,
    confidence: float,
    centers: tuple[float, float] | None = None,
) -> Interval:
    """Interval of the ratio of two estimates − 1, for paired values, by the delta method.

    Args:
        values: shape (n,), one a replication or section.
        base: shape (n,), of the baseline.
        confidence: of the interval.
        centers: the two estimates, such as pooled quantiles, instead of the means.
    """
    kept = ~(np.isnan(values) | np.isnan(base))
    values, base = values[kept], base[kept]
    if centers is None and len(values):
        centers = float(values.mean()), float(base.mean())
    if centers is None or centers[1] == 0:
        return Interval(*(float("nan"),) * 3, len(values))
    is_same = not paired(*centers)
    quotient = 1.0 if is_same else centers[0] / centers[1]
    residuals = paired(values, quotient * base) / centers[1]
    return t_interval(residuals, confidence, center=quotient - 1)


def holm(p_values: Floats) -> Floats:
    """Holm's step-down adjusted p-values (Holm 1979); NaN stay NaN and do not count."""
    adjusted = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known], kind="stable")]
    factors = len(order) - np.arange(len(order))
    stepped = np.maximum.accumulate(p_values[order] * factors)
    adjusted[order] = np.minimum(1.0, stepped)
    return adjusted
