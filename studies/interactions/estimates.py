"""Tables of what a study found: estimates with intervals, by panel, series and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sim.study.intervals import Interval, t_interval
from sim.study.study import Study

COLUMNS = ("panel", "series", "x", "unit", "estimate", "low", "high", "n")
CONFIDENCE = 0.95
Place = float | str


@dataclass(frozen=True)
class Row:
    """An estimate, its limits and the replications it rests on."""

    panel: str
    series: str
    x: Place
    unit: str
    interval: Interval


def exact(value: float) -> Interval:
    """A value without chance."""
    return Interval(value, value, value, 0)


def in_percent(share: Interval) -> Interval:
    """The same in hundredths."""
    return replace(share, estimate=100 * share.estimate, low=100 * share.low, high=100 * share.high)


def table(rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a table with the columns of the committed files."""
    return pd.DataFrame(
        [
            (row.panel, row.series, row.x, row.unit, *_figures(row.interval), row.interval.n)
            for row in rows
        ],
        columns=list(COLUMNS),
    )


def _figures(interval: Interval) -> tuple[float, float, float]:
    """Six decimals, so that a file does not depend on the last bits of a machine."""
    low, mean, high = np.round([interval.low, interval.estimate, interval.high], 6).tolist()
    return mean, low, high


def mean_of(study: Study, point: str, kpi: str) -> Interval:
    """A KPI of a scenario of a study."""
    return _found(study.kpis.query("scenario == @point and kpi == @kpi"), "mean")


def difference_of(study: Study, point: str, kpi: str) -> Interval:
    """What a KPI of a scenario has more than that of the baseline, paired by replication."""
    return _found(study.comparison.query("scenario == @point and kpi == @kpi"), "difference")


def _found(rows: pd.DataFrame, estimate: str) -> Interval:
    (row,) = rows.to_dict("records")
    return Interval(row[estimate], row["low"], row["high"], row["n"])


def over_replications(values: pd.Series[float]) -> Interval:
    """Interval of a mean over consignments, from its means by replication.

    Args:
        values: indexed by replication and whatever tells consignments apart.
    """
    means = values.groupby("replication").mean()
    return t_interval(np.array(means, dtype=np.float64), CONFIDENCE)
