"""What reforms bring a year, and whether that is worth their cost, by party and in total.

Consignments are the same in every scenario of a replication, so the yearly benefit is the paired
difference of what a party pays less what it receives, annualised. Where a reform changes what
arrives, as with steadier calls of vessels, it is the paired difference for each consignment of a
flow, times the consignments of that flow in the baseline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario.tariff import PAYERS, Payer
from sim.study.appraisal import added_cost, payback, present_value
from sim.study.estimates import Samples
from sim.study.intervals import Interval, paired, t_interval
from sim.study.settings import Point

Floats = NDArray[np.float64]
TOTAL = "total"
PAIRED: Final = "paired"
AT_BASELINE_VOLUME: Final = "at_baseline_volume"
Basis = Literal["paired", "at_baseline_volume", "unfinished", "other_flows"]
_YEAR_DAYS = 365
_COLUMNS = (
    "scenario", "baseline", "payer", "basis", "benefit_per_year", "benefit_low", "benefit_high",
    "running_per_year", "net_per_year", "net_low", "net_high", "one_off", "payback_years",
    "payback_low", "payback_high", "present_value", "present_low", "present_high", "n",
)  # fmt: skip


def benefit_table(
    points: Sequence[Point], samples: Mapping[str, Samples], confidence: float
) -> pd.DataFrame:
    """Benefits of every scenario against the first: a row for each party and one for all together.

    Its basis is ``paired`` where both measure as many consignments and TEU, and
    ``at_baseline_volume`` where other traffic arrives. It is undefined where that is so or counts
    differ and some consignments are never finished (``unfinished``), or where flows are not those
    of the baseline (``other_flows``). The baseline's tariff says how to discount.

    Returns:
        scenario, baseline, payer (or ``total``), basis, benefit_per_year, running_per_year,
        net_per_year, one_off, payback_years, present_value, n; with their limits as in
        ``_COLUMNS``. In CNY, the pay-back in years.
    """
    rows = []
    for point in points[1:]:
        base, other = samples[points[0].name], samples[point.name]
        basis = _basis(points[0], point, base, other)
        for payer in (*PAYERS, None):
            benefit = _benefit(points[0], base, other, payer, basis)
            figures = _figures(points[0], point, payer, benefit, confidence)
            rows.append((point.name, points[0].name, payer or TOTAL, basis, *figures))
    types = {name: float for name in _COLUMNS[4:-1]} | {_COLUMNS[-1]: int}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(types)


def _basis(baseline: Point, point: Point, base: Samples, other: Samples) -> Basis:
    if all(np.array_equal(base[key].values, other[key].values) for key in ("consignments", "teu")):
        return PAIRED
    if point.scenario.traffic.flows.keys() != baseline.scenario.traffic.flows.keys():
        return "other_flows"
    some_unfinished = any(samples["unfinished"].values.any() for samples in (base, other))
    return "unfinished" if some_unfinished else AT_BASELINE_VOLUME


def _benefit(
    baseline: Point, base: Samples, other: Samples, payer: Payer | None, basis: Basis
) -> Floats:
    """Shape (replications,): CNY a year that a party pays less in another scenario."""
    if basis == PAIRED:
        return _spent(base, payer, "", "per_year") - _spent(other, payer, "", "per_year")
    if basis != AT_BASELINE_VOLUME:
        return np.full_like(base["consignments"].values, nan)
    flows = baseline.scenario.traffic.flows
    prefixes = [f"{flow}." for flow in flows] if len(flows) > 1 else [""]
    saved = sum(
        (_saved_at_volume(base, other, payer, prefix) for prefix in prefixes),
        np.zeros_like(base["consignments"].values),
    )
    return saved * _YEAR_DAYS / baseline.scenario.experiment.horizon_days


def _saved_at_volume(base: Samples, other: Samples, payer: Payer | None, prefix: str) -> Floats:
    """Shape (replications,): CNY for the baseline's consignments of a flow, which may be none."""
    before, after = (_spent(samples, payer, prefix, "per_consignment") for samples in (base, other))
    volume = base[f"{prefix}consignments"].values
    return np.where(volume == 0, 0.0, paired(before, after) * volume)


def _spent(samples: Samples, payer: Payer | None, prefix: str, per: str) -> Floats:
    """Shape (replications,): CNY that a party pays less what it receives, or net of all."""
    paid = samples[f"{prefix}cost.{payer or TOTAL}.{per}"].values
    received = samples.get(f"{prefix}cost.received.{payer}.{per}")
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
