"""What a KPI was at the points of a design, and how sure a mean over some of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from sim.study.design.levels import Mask
from sim.study.design.points import DesignPoint
from sim.study.design.sweep import Sweep
from sim.study.intervals import Interval, t_interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Responses:
    """One KPI at all points that are done and have it.

    Attributes:
        points: in the order of the design.
        values: shape (points, replications).
        is_sample: whether the points are drawn, so that others might have been.
        confidence: of intervals.
    """

    points: tuple[DesignPoint, ...]
    values: Floats
    is_sample: bool
    confidence: float

    @property
    def means(self) -> Floats:
        """Shape (points,)."""
        return np.asarray(np.nanmean(self.values, axis=1))

    def column(self, factor: int) -> list[JsonValue]:
        """Values of a factor, one a point."""
        return [point.values[factor] for point in self.points]

    def interval(self, members: Mask, shifted: Floats) -> Interval:
        """Interval of a mean over some points of how far they are from something.

        Of drawn points it rests on how they differ among themselves, which is the draw and the
        luck; of chosen ones on how their mean differs from replication to replication.

        Args:
            members: shape (points,).
            shifted: shape (points, replications), the distance.
        """
        rows = shifted[members]
        spread = np.nanmean(rows, axis=1) if self.is_sample else np.nanmean(rows, axis=0)
        return t_interval(spread, self.confidence)


def responses_of(sweep: Sweep, kpi: str) -> Responses:
    """Collect what a KPI was; points that left consignments unfinished are left out."""
    by_name = sweep.values[kpi]
    points = tuple(
        point
        for point in sweep.done
        if point.name not in sweep.stuck and not np.isnan(by_name[point.name]).all()
    )
    values = _stacked([by_name[point.name] for point in points])
    return Responses(points, values, sweep.run.design.is_sample, sweep.confidence)


def _stacked(rows: Sequence[Floats]) -> Floats:
    return np.vstack(rows) if rows else np.empty((0, 0))
