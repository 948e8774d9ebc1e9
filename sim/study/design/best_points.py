"""The point of a design that is best on each KPI, and how many it cannot be told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.study.design.pareto import Better
from sim.study.design.points import DesignPoint
from sim.study.design.responses import responses_of
from sim.study.design.sweep import Sweep
from sim.study.estimates import difference, level
from sim.study.intervals import Interval


@dataclass(frozen=True)
class BestPoint:
    """A point that no other is better than on one KPI.

    Attributes:
        kpi: its key.
        unit: of the figures.
        point: the best one.
        level: its mean, or its quantile.
        change: from the baseline, paired.
        ties: how many points are not clearly worse, paired.
        of: how many points are ranked.
    """

    kpi: str
    unit: str
    point: DesignPoint
    level: Interval
    change: Interval
    ties: int
    of: int


def best_points(sweep: Sweep, better: Mapping[str, Better]) -> list[BestPoint]:
    """The best point on each KPI that has a better direction and any point to rank."""
    found = (_best(sweep, kpi, direction) for kpi, direction in better.items())
    return [best for best in found if best]


def _best(sweep: Sweep, kpi: str, direction: Better) -> BestPoint | None:
    responses = responses_of(sweep, kpi)
    if not responses.points:
        return None
    sign = 1 if direction == "lower" else -1
    place = int(np.argmin(sign * responses.means))
    own, base = responses.samples[place], sweep.samples[kpi][sweep.run.baseline.name]
    behind = [difference(other, own, sweep.confidence) for other in responses.samples]
    worse = [one.low > 0 if direction == "lower" else one.high < 0 for one in behind]
    return BestPoint(
        kpi,
        sweep.units[kpi],
        responses.points[place],
        level(own, sweep.confidence),
        difference(own, base, sweep.confidence),
        len(worse) - sum(worse) - 1,
        len(worse),
    )
