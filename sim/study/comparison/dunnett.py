"""Many scenarios against one baseline: simultaneous intervals and p-values, after Dunnett.

Dunnett (JASA 50, 1955) takes independent groups of one variance. Scenarios under common random
numbers are neither, so that the test is laid on the paired differences, each with its own standard
error, and the law of the largest of the t statistics is that of their signs turned round at random
(``sign_flips``). It assumes that differences are about symmetric over replications. Limits and
p-values are kept between those of one comparison alone and those of Bonferroni, which hold whatever
the dependence is, and are taken where there are too few values for patterns of signs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.study.comparison.sign_flips import LargestT

Floats = NDArray[np.float64]
MOST_TURNED = 50
"""Scenarios whose signs are turned round; with more, Bonferroni's bound is taken."""

LEAST_VALUES = 10
"""Replications, or sections, that have patterns of signs enough: 512 with ten."""


_ROUNDING = 1e-9
"""Of a difference, which is smaller than the levels that were rounded."""


@dataclass(frozen=True)
class Simultaneous:
    """What holds for all comparisons of a family at once; arrays have shape (scenarios,).

    Attributes:
        reach: half-width of the intervals; NaN where there is no standard error.
        p_values: of a difference of zero; NaN likewise.
    """

    reach: Floats
    p_values: Floats


def simultaneous(differences: Floats, estimates: Floats, confidence: float) -> Simultaneous:
    """Compare every scenario with the baseline.

    A difference that is the same in every replication is certain and counts in no family.

    Args:
        differences: to the baseline, shape (scenarios, replications or sections); NaN where there
            is no value.
        estimates: of the differences, shape (scenarios,): their means, or pooled quantiles.
        confidence: that all intervals together cover.
    """
    numbers = np.isfinite(differences).sum(axis=1)
    errors = np.array([_standard_error(row[np.isfinite(row)]) for row in differences])
    reach = np.where(errors == 0, 0.0, np.nan)
    p_values = np.where(errors == 0, np.where(estimates == 0, 1.0, 0.0), np.nan)
    varied = np.flatnonzero(errors > 0)
    if len(varied):
        statistics = np.abs(estimates[varied]) / errors[varied]
        multiples, found = _family(differences[varied], statistics, numbers[varied], confidence)
        reach[varied] = multiples * errors[varied]
        p_values[varied] = found
    return Simultaneous(reach, p_values)


def _standard_error(values: Floats) -> float:
    """Of a mean; nought where values differ by rounding alone."""
    if len(values) < 2:
        return float("nan")
    error = float(values.std(ddof=1)) / float(np.sqrt(len(values)))
    return error if error > _ROUNDING * float(np.abs(values).max()) else 0.0


def _family(
    differences: Floats, statistics: Floats, numbers: NDArray[np.int64], confidence: float
) -> tuple[Floats, Floats]:
    """Multiples of the standard errors, and p-values, of differences that vary."""
    size, freedom = len(statistics), numbers - 1
    alone = 2 * np.asarray(special.stdtr(freedom, -statistics), dtype=np.float64)
    bound = np.minimum(1.0, size * alone)
    tail = (1 - confidence) / (2 * size)
    widest = -np.asarray(special.stdtrit(freedom, tail), dtype=np.float64)
    if size > MOST_TURNED or numbers.min() < LEAST_VALUES or np.isnan(differences).any():
        return widest, bound
    narrowest = -float(special.stdtrit(freedom[0], (1 - confidence) / 2))
    largest = LargestT(differences)
    multiple = min(max(narrowest, largest.quantile(confidence)), float(widest[0]))
    exceeding = np.array([largest.exceeds(float(statistic)) for statistic in statistics])
    return np.full(size, multiple), np.clip(exceeding, alone, bound)
