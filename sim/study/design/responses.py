"""What a KPI was at the points of a design, and how sure a mean over some of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from sim.study.design.points import DesignPoint
from sim.study.design.sweep import Sweep
from sim.study.estimates import Sample
from sim.study.intervals import ROUNDING, Interval, t_interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Responses:
    """One KPI at all points that are done and have it.

    Attributes:
        points: in the order of the design.
        samples: of each point.
        lost: how many other points the design has.
        is_sample: whether the points are drawn, so that others might have been.
        confidence: of intervals.
    """

    points: tuple[DesignPoint, ...]
    samples: tuple[Sample, ...]
    lost: int
    is_sample: bool
    confidence: float

    @cached_property
    def values(self) -> Floats:
        """Shape (points, 1 + replications or sections): the estimate of each point goes first."""
        rows = [np.append(sample.estimate, sample.values) for sample in self.samples]
        return np.vstack(rows) if rows else np.empty((0, 1))

    @property
    def means(self) -> Floats:
        """Shape (points,): means, or quantiles of all consignments of a point."""
        return np.asarray(self.values[:, 0])

    def column(self, factor: int) -> list[JsonValue]:
        """Values of a factor, one a point."""
        return [point.values[factor] for point in self.points]

    def interval(self, effect: Floats, drawn: Floats) -> Interval:
        """Interval of an effect, which is a mean over some points.

        Of drawn points it rests on how they differ among themselves, which is the draw and the
        luck; of chosen ones on how the effect differs from replication to replication.

        Args:
            effect: shape (1 + replications or sections,), that of the estimates first.
            drawn: what the estimates of these points differ by from what is expected of them.
        """
        least = ROUNDING * float(np.abs(self.means).max())
        settled = np.where(np.abs(effect) <= least, 0.0, effect)
        spread = np.where(np.abs(drawn) <= least, 0.0, drawn) if self.is_sample else settled[1:]
        return t_interval(spread, self.confidence, float(settled[0]))


def mean_of_known(values: Floats) -> Floats:
    """Mean over rows of what is known in each column; NaN where nothing is."""
    known = ~np.isnan(values)
    number = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def responses_of(sweep: Sweep, kpi: str) -> Responses:
    """Collect what a KPI was; points that left consignments unfinished are left out."""
    by_name = sweep.samples[kpi]
    points = tuple(
        point
        for point in sweep.done
        if point.name not in sweep.stuck and not np.isnan(by_name[point.name].estimate)
    )
    return Responses(
        points=points,
        samples=tuple(by_name[point.name] for point in points),
        lost=len(sweep.points) - 1 - len(points),
        is_sample=sweep.run.design.is_sample,
        confidence=sweep.confidence,
    )
