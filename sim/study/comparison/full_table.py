"""The comparison of a run in full: paired differences, and what else is known of each.

Which direction is an improvement is not known here: columns say lower and higher, not better.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.study.comparison.dunnett import simultaneous
from sim.study.comparison.pairing import correlation, variance_reduction
from sim.study.comparison.share_of_replications import Shares, lower_and_higher, shares
from sim.study.estimates import Sample, Samples, comparison_table, possible_change
from sim.study.intervals import paired

Floats = NDArray[np.float64]


class _Further(NamedTuple):
    """What is added to a row; counts become shares once all rows are there."""

    dunnett_low: float
    dunnett_high: float
    p_dunnett: float
    correlation: float
    variance_reduction: float
    confidence_lower: float
    lower: int
    higher: int
    replications: int


_SHARES = ("share_lower", "share_higher")
FURTHER_COLUMNS = (
    *_Further._fields[:6],
    *(f"{share}{end}" for share in _SHARES for end in ("", "_low", "_high")),
)


def full_comparison(samples: Mapping[str, Samples], confidence: float) -> pd.DataFrame:
    """Compare every scenario with the first, KPI by KPI.

    Returns:
        The columns of ``comparison_table``, then ``FURTHER_COLUMNS``: simultaneous limits and
        p-value over the scenarios of a KPI; correlation with the baseline, and the share of the
        variance that pairing takes away; the confidence in a lower mean, or quantile; the shares
        of replications that are lower and higher, with limits, undefined for quantiles.
    """
    table = comparison_table(samples, confidence)
    baseline = samples[next(iter(samples))]
    found = np.empty((len(table), len(_Further._fields)))
    for kpi, places in table.groupby("kpi", sort=False).indices.items():
        others = [samples[name][str(kpi)] for name in table["scenario"].iloc[places]]
        estimates = table["difference"].to_numpy()[places]
        found[places] = _of_kpi(baseline[str(kpi)], others, estimates, confidence)
    further = dict(zip(_Further._fields, found.T, strict=True))
    for name, counted in zip(_SHARES, ("lower", "higher"), strict=True):
        further |= _columns(name, shares(further[counted], further["replications"], confidence))
    return table.assign(**{name: further[name] for name in FURTHER_COLUMNS})


def _columns(name: str, found: Shares) -> dict[str, Floats]:
    return {name: found.share, f"{name}_low": found.low, f"{name}_high": found.high}


def _of_kpi(
    base: Sample, others: list[Sample], estimates: Floats, confidence: float
) -> list[_Further]:
    differences = np.array([paired(sample.values, base.values) for sample in others])
    at_once = simultaneous(differences, estimates, confidence)
    low, high = possible_change(estimates - at_once.reach, estimates + at_once.reach, base.unit)
    return [
        _Further(
            float(low[place]),
            float(high[place]),
            float(at_once.p_values[place]),
            correlation(sample.values, base.values),
            variance_reduction(sample.values, base.values),
            _confidence_lower(differences[place], float(estimates[place])),
            *(lower_and_higher(differences[place]) if sample.center is None else (0, 0, 0)),
        )
        for place, sample in enumerate(others)
    ]


def _confidence_lower(differences: Floats, estimate: float) -> float:
    """Student's t confidence in a difference below zero: one less the one-sided p-value."""
    known = differences[np.isfinite(differences)]
    if len(known) < 2 or not known.any():
        return float("nan")
    error = known.std(ddof=1) / np.sqrt(len(known))
    if error == 0:
        return float(estimate < 0)
    return float(special.stdtr(len(known) - 1, -estimate / error))
