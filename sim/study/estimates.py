"""From replications to estimates of every KPI, and to paired comparisons with the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measure.times import HOUR
from sim.study.intervals import Interval, holm, paired, relative_interval, t_interval, within
from sim.study.quantiles import LEVELS, sectioned_quantiles
from sim.study.replication import Replication

Floats = NDArray[np.float64]

# Units of shares, which go from 0 to the whole.
_WHOLE = {"1": 1.0, "per 1000": 1000.0}
_COUNTS = ("consignments", "conveyances")


@dataclass(frozen=True)
class Sample:
    """A KPI over replications, or over sections of them for a quantile.

    Attributes:
        unit: of the values.
        values: shape (replications,) or (sections,).
        center: the pooled estimate of a quantile; None for a mean.
    """

    unit: str
    values: Floats
    center: float | None = None

    @property
    def estimate(self) -> float:
        """The reported figure; not a number where no replication has one."""
        if self.center is not None:
            return self.center
        return nan if np.isnan(self.values).all() else float(np.nanmean(self.values))


Samples = Mapping[str, Sample]


def collect(replications: Sequence[Replication]) -> dict[str, Sample]:
    """Gather the KPIs of one scenario, in the order they were measured, then quantiles."""
    kinds = {kpi.key: kpi for result in replications for kpi in result.measures.kpis}
    values = [{kpi.key: kpi.value for kpi in result.measures.kpis} for result in replications]
    samples = {
        key: Sample(kpi.unit, np.array([row.get(key, kpi.absent) for row in values]))
        for key, kpi in kinds.items()
    }
    for key in dict.fromkeys(key for result in replications for key in result.measures.observed):
        hours = observed_hours(replications, key)
        for name, level in LEVELS.items():
            pooled, sections = sectioned_quantiles(hours, level)
            samples[f"{key}.{name}"] = Sample("h", sections, pooled)
    return samples


def observed_hours(replications: Sequence[Replication], key: str) -> list[Floats]:
    """Hours of every consignment by replication, for a ``group.measure``."""
    nothing = np.empty(0, dtype=np.int32)
    return [result.measures.observed.get(key, nothing) / HOUR for result in replications]


def kpi_table(samples: Mapping[str, Samples], confidence: float) -> pd.DataFrame:
    """Estimates with intervals: scenario, kpi, unit, mean, low, high, n."""
    rows = []
    for scenario, kpis in samples.items():
        for key, sample in kpis.items():
            interval = level(sample, confidence)
            rows.append(
                (
                    scenario,
                    key,
                    sample.unit,
                    interval.estimate,
                    interval.low,
                    interval.high,
                    interval.n,
                )
            )
    return pd.DataFrame(rows, columns=["scenario", "kpi", "unit", "mean", "low", "high", "n"])


def level(sample: Sample, confidence: float) -> Interval:
    """Student's t interval; of a share or a count cut to what is possible."""
    interval = t_interval(sample.values, confidence, sample.center)
    if sample.unit not in (*_WHOLE, *_COUNTS):
        return interval
    return within(interval, 0.0, _WHOLE.get(sample.unit, np.inf))


def difference(sample: Sample, base: Sample, confidence: float) -> Interval:
    """Interval of the difference to another sample, paired; of a share cut to what is possible."""
    centers = _centers(sample, base)
    center = float(paired(*centers)) if centers else None
    interval = t_interval(paired(sample.values, base.values), confidence, center)
    if sample.unit not in _WHOLE:
        return interval
    return within(interval, -_WHOLE[sample.unit], _WHOLE[sample.unit])


def possible_change(low: Floats, high: Floats, unit: str) -> tuple[Floats, Floats]:
    """Limits of differences, cut to what is possible where they are of shares."""
    whole = _WHOLE.get(unit, np.inf)
    return np.clip(low, -whole, whole), np.clip(high, -whole, whole)


def relative(sample: Sample, base: Sample, confidence: float) -> Interval:
    """Interval of the change as a share of another sample, paired."""
    return relative_interval(sample.values, base.values, confidence, _centers(sample, base))


def _centers(sample: Sample, base: Sample) -> tuple[float, float] | None:
    if sample.center is None or base.center is None:
        return None
    return sample.center, base.center


def comparison_table(samples: Mapping[str, Samples], confidence: float) -> pd.DataFrame:
    """Differences to the first scenario, paired by replication; Holm over scenarios by KPI."""
    baseline, *others = samples
    rows = [
        _compared(scenario, baseline, key, samples[scenario][key], base, confidence)
        for key, base in samples[baseline].items()
        for scenario in others
        if key in samples[scenario]
    ]
    table = pd.DataFrame(rows, columns=list(_COMPARISON_COLUMNS))
    table["p_holm"] = table.groupby("kpi", sort=False)["p_value"].transform(
        lambda p_values: holm(p_values.to_numpy())
    )
    order = {scenario: number for number, scenario in enumerate(others)}
    table = table.sort_values("scenario", key=lambda names: names.map(order), kind="stable")
    return table[[*_COMPARISON_COLUMNS[:-1], "p_holm", "n"]].reset_index(drop=True)


_COMPARISON_COLUMNS = (
    "scenario", "baseline", "kpi", "unit", "baseline_mean", "mean", "difference", "low", "high",
    "relative", "relative_low", "relative_high", "p_value", "n",
)  # fmt: skip


def _compared(
    scenario: str, baseline: str, key: str, sample: Sample, base: Sample, confidence: float
) -> tuple[object, ...]:
    absolute = difference(sample, base, confidence)
    share = relative(sample, base, confidence)
    return (
        scenario,
        baseline,
        key,
        sample.unit,
        base.estimate,
        sample.estimate,
        absolute.estimate,
        absolute.low,
        absolute.high,
        share.estimate,
        share.low,
        share.high,
        absolute.p_value,
        absolute.n,
    )
