"""What each factor of a design does by itself, to each KPI of interest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sim.study.design.additive import adjusted_effects, adjusted_mean, is_balanced, residuals
from sim.study.design.levels import LEAST_MEMBERS, Group, group_of, levels_of
from sim.study.design.responses import Floats, Responses, mean_of_known, responses_of
from sim.study.design.sweep import Sweep
from sim.study.intervals import ROUNDING

MOST_RANGES = 6
COLUMNS = [
    "kpi", "unit", "factor", "share", "level", "points", "mean", "effect", "low", "high",
    "adjusted", "values",
]  # fmt: skip


def main_effects(sweep: Sweep) -> pd.DataFrame:
    """Mean of each KPI of interest at every level of every factor.

    Returns:
        A row a KPI, factor and level, with the columns in ``COLUMNS``: ``effect`` is the mean less
        that of all points, ``low`` and ``high`` are its limits, ``share`` is the part of the
        variance among points that the levels of the factor account for, ``values`` are those of the
        level. Where levels do not balance they are ``adjusted``: mean and effect are those of an
        additive model over all levels alike, NaN where the points cannot tell a factor from the
        others. None for a KPI that fewer than two points have.
    """
    rows = [row for kpi in sweep.kpis for row in _rows(sweep, kpi)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(sweep: Sweep, kpi: str) -> Iterator[tuple[object, ...]]:
    responses = responses_of(sweep, kpi)
    if len(responses.points) < 2:
        return
    factors = sweep.run.design.factors
    ranges = min(MOST_RANGES, max(2, len(responses.points) // LEAST_MEMBERS))
    levels = [levels_of(responses.column(place), ranges) for place in range(len(factors))]
    effects = Effects(responses, [group_of(one) for one in levels])
    away = responses.means - responses.means.mean()
    for place, factor in enumerate(factors):
        found, share = effects.of_levels(place), effects.share(place)
        for level, effect in zip(levels[place], found, strict=True):
            limits = responses.interval(effect, away[level.members])
            yield (
                kpi, sweep.units[kpi], factor.key, share, level.name, int(level.members.sum()),
                effects.mean + limits.estimate, limits.estimate, limits.low, limits.high,
                effects.are_adjusted, level.values,
            )  # fmt: skip


class Effects:
    """Effects of factors on a KPI: plain means of levels where these balance, else adjusted ones.

    Points drawn as a sample balance by chance, as long as none is lost.

    Attributes:
        are_adjusted: whether plain means would not do.
        mean: of all points, or of all levels alike.
        variance: among points, or among all combinations of levels alike.
    """

    def __init__(self, responses: Responses, groups: Sequence[Group]) -> None:
        """Take the levels of every factor at each point."""
        self._values, self._groups = responses.values, groups
        self.are_adjusted = responses.lost > 0 if responses.is_sample else not is_balanced(groups)
        self._level = float(np.abs(responses.means).max())
        plain = float(responses.means.mean())
        self.mean, self.variance = plain, float(((responses.means - plain) ** 2).mean())
        if self.are_adjusted:
            mean = float(adjusted_mean(groups, self._values)[0])
            self.mean = plain if np.isnan(mean) else mean
            parts = [self._explained(place) for place in range(len(groups))]
            left = residuals(groups, self._values[:, :1])
            self.variance = sum(parts) + float((left**2).mean())

    def of_levels(self, place: int) -> Floats:
        """Shape (levels, 1 + replications or sections): of one factor, by place."""
        if self.are_adjusted:
            return adjusted_effects(self._groups, place, self._values)
        away = self._values - mean_of_known(self._values)
        group = self._groups[place]
        return np.array([mean_of_known(away[group == level]) for level in range(group.max() + 1)])

    def share(self, place: int) -> float:
        """Part of the variance that the levels of a factor account for; NaN if it is not known."""
        return self.share_of(self._explained(place))

    def share_of(self, explained: float) -> float:
        """What part of the variance an explained one is."""
        is_none = self.variance <= (ROUNDING * self._level) ** 2
        return 0.0 if is_none else explained / self.variance

    def _explained(self, place: int) -> float:
        squares = self.of_levels(place)[:, 0] ** 2
        number = np.bincount(self._groups[place])
        return float(np.average(squares, weights=None if self.are_adjusted else number))
