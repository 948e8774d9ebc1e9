"""What two factors of a design do together that they do not do one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isqrt

import numpy as np
import pandas as pd

from sim.study.design.additive import adjusted_effects, adjusted_mean, is_balanced, residuals
from sim.study.design.levels import LEAST_MEMBERS, Group, Level, group_of, levels_of
from sim.study.design.main_effects import Effects
from sim.study.design.responses import Floats, Responses, mean_of_known, responses_of
from sim.study.design.sweep import Sweep

MOST_RANGES = 4
COLUMNS = [
    "kpi", "unit", "factor", "by", "share", "level", "by_level", "values", "by_values", "points",
    "mean", "interaction", "low", "high", "adjusted",
]  # fmt: skip


def interactions(sweep: Sweep) -> pd.DataFrame:
    """Mean of each KPI of interest at every pair of levels of every two factors.

    Returns:
        A row a KPI and pair of levels that any point has, with the columns in ``COLUMNS``:
        ``interaction`` is the mean less what the two main effects add up to, ``low`` and ``high``
        are its limits, ``share`` is the part of the variance among points that it accounts for,
        ``values`` and ``by_values`` are those of the two levels. Where pairs do not balance with
        the other factors they are ``adjusted``: means are those of a model in which these add up,
        NaN where the points cannot tell a pair from them.
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
    groups = [group_of(levels) for levels in split]
    effects = Effects(responses, groups)
    for one, other in combinations(range(len(factors)), 2):
        pair = _Pair(responses, groups, one, other)
        share = effects.share_of(pair.explained())
        start = (kpi, sweep.units[kpi], factors[one].key, factors[other].key, share)
        for place, (a, b) in enumerate(_pairs(split[one], split[other])):
            names = (a.name, b.name, a.values, b.values)
            yield (*start, *names, *pair.cell(place), pair.is_adjusted)


def _pairs(one: Sequence[Level], other: Sequence[Level]) -> list[tuple[Level, Level]]:
    """Pairs of levels that any point has."""
    return [(a, b) for a in one for b in other if (a.members & b.members).any()]


class _Pair:
    """Two factors of a design; a cell is a pair of their levels that any point has."""

    def __init__(self, responses: Responses, groups: Sequence[Group], one: int, other: int) -> None:
        self._responses = responses
        both = np.stack([groups[one], groups[other]])
        self._levels, cells = np.unique(both, axis=1, return_inverse=True)
        self._cells: Group = np.ravel(cells)
        self._beside = [self._cells]
        self._beside += [group for place, group in enumerate(groups) if place not in (one, other)]
        self.is_adjusted = (
            responses.lost > 0
            if responses.is_sample
            else not (is_balanced([*both]) and is_balanced(self._beside))
        )
        self._left = _left_over(responses.values, both)
        self._means, self._found = self._adjusted() if self.is_adjusted else self._plain()

    def cell(self, place: int) -> tuple[float, ...]:
        """Points, mean, interaction and its limits, of a cell."""
        members = self._cells == place
        found = self._responses.interval(self._found[place], self._left[members, 0])
        mean = float(self._means[place])
        return (int(members.sum()), mean, found.estimate, found.low, found.high)

    def explained(self) -> float:
        """Variance among points that all cells account for."""
        weights = np.bincount(self._cells)
        return float(np.average(self._found[:, 0] ** 2, weights=weights))

    def _plain(self) -> tuple[Floats, Floats]:
        means, left = self._responses.means, self._left
        places = range(self._levels.shape[1])
        return (
            np.array([means[self._cells == place].mean() for place in places]),
            np.array([mean_of_known(left[self._cells == place]) for place in places]),
        )

    def _adjusted(self) -> tuple[Floats, Floats]:
        values = self._responses.values
        of_cells = adjusted_effects(self._beside, 0, values)
        mean = adjusted_mean(self._beside, values[:, :1])
        return mean + of_cells[:, 0], residuals([*self._levels], of_cells)


def _left_over(values: Floats, both: Sequence[Group] | Group) -> Floats:
    """Values less the means of all points and the plain effects of both levels."""
    away = values - mean_of_known(values)
    effects = np.zeros_like(away)
    for group in both:
        for level in range(group.max() + 1):
            effects[group == level] += mean_of_known(away[group == level])
    return np.asarray(away - effects)
