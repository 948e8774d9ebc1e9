"""What each factor of a design does by itself, to each KPI of interest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.study.design.levels import LEAST_MEMBERS, levels_of
from sim.study.design.responses import Floats, Responses, responses_of
from sim.study.design.sweep import Sweep

MOST_RANGES = 6
COLUMNS = [
    "kpi", "unit", "factor", "share", "level", "points", "mean", "effect", "low", "high", "values",
]  # fmt: skip


def main_effects(sweep: Sweep) -> pd.DataFrame:
    """Mean of each KPI of interest at every level of every factor.

    Returns:
        A row a KPI, factor and level, with the columns in ``COLUMNS``: ``effect`` is the mean less
        that of all points, ``low`` and ``high`` are its limits, ``share`` is the part of the
        variance among points that the levels of the factor account for, ``values`` are those of the
        level. None for a KPI that fewer than two points have.
    """
    rows = [row for kpi in sweep.kpis for row in _rows(sweep, kpi)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(sweep: Sweep, kpi: str) -> Iterator[tuple[object, ...]]:
    responses = responses_of(sweep, kpi)
    if len(responses.points) < 2:
        return
    total = deviations(responses)
    ranges = min(MOST_RANGES, max(2, len(responses.points) // LEAST_MEMBERS))
    for place, factor in enumerate(sweep.run.design.factors):
        levels = levels_of(responses.column(place), ranges)
        means = [float(responses.means[level.members].mean()) for level in levels]
        effects = [mean - float(responses.means.mean()) for mean in means]
        share = share_of(effects, [int(level.members.sum()) for level in levels], responses)
        for level, mean in zip(levels, means, strict=True):
            found = responses.interval(level.members, total)
            yield (
                kpi, sweep.units[kpi], factor.key, share, level.name, int(level.members.sum()),
                mean, mean - float(responses.means.mean()), found.low, found.high, level.values,
            )  # fmt: skip


def deviations(responses: Responses) -> Floats:
    """Shape (points, replications): less the mean of all points with the same luck."""
    return np.asarray(responses.values - np.nanmean(responses.values, axis=0))


def share_of(effects: list[float], weights: list[int], responses: Responses) -> float:
    """Part of the variance among points that effects account for, each of so many points."""
    total = float(np.sum((responses.means - responses.means.mean()) ** 2))
    found = sum(weight * effect**2 for effect, weight in zip(effects, weights, strict=True))
    return found / total if total > 0 else 0.0
