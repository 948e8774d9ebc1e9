"""What reforms bring a year, and whether that is worth their cost, by party and in total.

Consignments are the same in every scenario of a replication, so the yearly benefit is the paired
difference of what a party pays less what it receives, annualised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario.tariff import PAYERS, Payer
from sim.study.appraisal import added_cost, payback, present_value
from sim.study.estimates import Samples
from sim.study.intervals import Interval, t_interval
from sim.study.settings import Point

Floats = NDArray[np.float64]
TOTAL = "total"
_COLUMNS = (
    "scenario", "baseline", "payer", "benefit_per_year", "benefit_low", "benefit_high",
    "running_per_year", "net_per_year", "net_low", "net_high", "one_off", "payback_years",
    "payback_low", "payback_high", "present_value", "present_low", "present_high", "n",
)  # fmt: skip


def benefit_table(
    points: Sequence[Point], samples: Mapping[str, Samples], confidence: float
) -> pd.DataFrame:
    """Benefits of every scenario against the first: a row for each party and one for all together.

    Undefined where the measured consignments are not those of the baseline, as where some are
    never finished. The baseline's tariff says how to discount.

    Returns:
        scenario, baseline, payer (or ``total``), benefit_per_year, running_per_year, net_per_year,
        one_off, payback_years, present_value, n; with their limits as in ``_COLUMNS``. In CNY, the
        pay-back in years.
    """
    rows = []
    for point in points[1:]:
        base, other = samples[points[0].name], samples[point.name]
        unknown = 0.0 if _same_consignments(base, other) else nan
        for payer in (*PAYERS, None):
            benefit = _spent(base, payer) - _spent(other, payer) + unknown
            figures = _figures(points[0], point, payer, benefit, confidence)
            rows.append((point.name, points[0].name, payer or TOTAL, *figures))
    types = {name: float for name in _COLUMNS[3:-1]} | {_COLUMNS[-1]: int}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(types)


def _same_consignments(base: Samples, other: Samples) -> bool:
    return all(
        np.array_equal(base[key].values, other[key].values) for key in ("consignments", "teu")
    )


def _spent(samples: Samples, payer: Payer | None) -> Floats:
    """Shape (replications,): CNY a year that a party pays less what it receives, or net of all."""
    paid = samples[f"cost.{payer or TOTAL}.per_year"].values
    received = samples.get(f"cost.received.{payer}.per_year")
    return paid if received is None else paid - received.values


def _figures(
    baseline: Point, point: Point, payer: Payer | None, benefit: Floats, confidence: float
) -> tuple[float, ...]:
    cost = added_cost(baseline.scenario, point.scenario, payer)
    net = benefit - cost.per_year
    value = present_value(net, cost, baseline.scenario.tariff.appraisal)
    gain, left, worth = (t_interval(values, confidence) for values in (benefit, net, value))
    return (
        *_limits(gain),
        cost.per_year,
        *_limits(left),
        cost.one_off,
        *payback(cost.one_off, left),
        *_limits(worth),
        gain.n,
    )


def _limits(interval: Interval) -> tuple[float, float, float]:
    return interval.estimate, interval.low, interval.high
