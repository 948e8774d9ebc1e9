"""What two factors of a design do together that they do not do one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import isqrt

import numpy as np
import pandas as pd

from sim.study.design.levels import LEAST_MEMBERS, Level, levels_of
from sim.study.design.main_effects import deviations, share_of
from sim.study.design.responses import Floats, Responses, responses_of
from sim.study.design.sweep import Sweep

MOST_RANGES = 4
COLUMNS = [
    "kpi", "unit", "factor", "by", "share", "level", "by_level", "values", "by_values", "points",
    "mean", "interaction", "low", "high",
]  # fmt: skip


def interactions(sweep: Sweep) -> pd.DataFrame:
    """Mean of each KPI of interest at every pair of levels of every two factors.

    Returns:
        A row a KPI and pair of levels that any point has, with the columns in ``COLUMNS``:
        ``interaction`` is the mean less what the two main effects add up to, ``low`` and ``high``
        are its limits, ``share`` is the part of the variance among points that it accounts for,
        ``values`` and ``by_values`` are those of the two levels.
    """
    rows = [row for kpi in sweep.kpis for row in _rows(sweep, kpi)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(sweep: Sweep, kpi: str) -> Iterator[tuple[object, ...]]:
    responses = responses_of(sweep, kpi)
    if len(responses.points) < 2:
        return
    factors = sweep.run.design.factors
    ranges = min(MOST_RANGES, max(2, isqrt(len(responses.points) // LEAST_MEMBERS)))
    split = [levels_of(responses.column(place), ranges) for place in range(len(factors))]
    for one, other in combinations(range(len(factors)), 2):
        left = _left_over(responses, split[one], split[other])
        cells = _cells(responses, split[one], split[other], left)
        share = share_of(
            [float(cell[2]) for cell in cells], [int(cell[0]) for cell in cells], responses
        )
        names = ((a.name, b.name, a.values, b.values) for a, b in _pairs(split[one], split[other]))
        start = (kpi, sweep.units[kpi], factors[one].key, factors[other].key, share)
        yield from ((*start, *pair, *cell) for pair, cell in zip(names, cells, strict=True))


def _left_over(responses: Responses, one: list[Level], other: list[Level]) -> Floats:
    """Shape (points, replications): less the means of all points and the effects of both levels."""
    left = deviations(responses)
    effects = np.zeros_like(left)
    for levels in (one, other):
        for level in levels:
            effects[level.members] += np.nanmean(left[level.members], axis=0)
    return np.asarray(left - effects)


def _pairs(one: list[Level], other: list[Level]) -> list[tuple[Level, Level]]:
    return [(a, b) for a in one for b in other if (a.members & b.members).any()]


def _cells(
    responses: Responses, one: list[Level], other: list[Level], left: Floats
) -> list[tuple[float, ...]]:
    """Points, mean, interaction and its limits, of each pair of levels."""
    cells: list[tuple[float, ...]] = []
    for a, b in _pairs(one, other):
        members = a.members & b.members
        found = responses.interval(members, left)
        mean = float(responses.means[members].mean())
        estimate = float(np.nanmean(left[members]))
        cells.append((int(members.sum()), mean, estimate, found.low, found.high))
    return cells
