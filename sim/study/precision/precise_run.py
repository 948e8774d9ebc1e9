"""Replications of all scenarios until a rule says that there are enough, or the ceiling is met.

Numbers of replications are the same on any machine: the rule looks at the same figures, however
many are run side by side. The results are those of a run that was told that number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

import pandas as pd

from sim.study.intervals import Interval
from sim.study.precision.figures import Figures, Runner, Watched, watched
from sim.study.precision.rules import Asked, Precision, Watch

_COLUMNS = (
    "scenario", "kpi", "unit", "estimate", "half_width", "relative_half_width", "asked",
    "asked_as", "is_met", "n",
)  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """How far a run by a rule came.

    Attributes:
        replications: of every scenario.
        by_ceiling: whether the ceiling ended it, not the rule.
        since: replications from which all was precise enough at every look; None where it is not.
        table: scenario, kpi, unit, estimate, half_width, relative_half_width, asked, asked_as
            (relative or absolute), is_met, n (values the interval rests on). One row a scenario and
            KPI that was asked for.
    """

    replications: int
    by_ceiling: bool
    since: int | None
    table: pd.DataFrame


def replicate_until_precise(
    runner: Runner, points: Sequence[str], precision: Precision, confidence: float
) -> Reached:
    """Run batches of replications of all points until a rule stops, or its ceiling.

    A KPI that has no value in any replication so far has nothing to become precise.

    Raises:
        InputError: no point has got a KPI; one replication of each has been run by then.
        ExecutionError: replications could not be run.
    """
    runner.expect((name, number) for name in points for number in range(precision.minimum))
    runner.run((name, 0) for name in points)
    kpis = watched(runner, points, precision.kpis)
    figures, watch = Figures(runner, kpis), Watch(precision)

    def intervals(number: int) -> dict[Watched, Interval]:
        return {one: figures.interval(one, number, confidence) for one in kpis}

    for batch in precision.batches():
        numbers = range(batch.start - 1, batch.stop - 1)
        runner.run((name, number) for number in numbers for name in points)
        figures.read(numbers)
        for number in precision.looks(batch):
            found = intervals(number)
            all_met = all(_is_met(precision.kpis[one.kpi], found[one]) for one in kpis)
            if watch.is_enough(number, all_met):
                return Reached(number, False, watch.since, _table(found, precision))
    found = intervals(precision.ceiling)
    return Reached(precision.ceiling, True, watch.since, _table(found, precision))


def _is_met(asked: Asked, interval: Interval) -> bool:
    return isnan(interval.estimate) or asked.is_met(interval.estimate, _half_width(interval))


def _half_width(interval: Interval) -> float:
    return (interval.high - interval.low) / 2


def _table(found: dict[Watched, Interval], precision: Precision) -> pd.DataFrame:
    rows = [_row(one, interval, precision.kpis[one.kpi]) for one, interval in found.items()]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _row(one: Watched, interval: Interval, asked: Asked) -> tuple[object, ...]:
    half_width = _half_width(interval)
    relative = half_width / abs(interval.estimate) if interval.estimate else nan
    return (
        one.point,
        one.kpi,
        one.unit,
        interval.estimate,
        half_width,
        relative,
        asked.relative if asked.absolute is None else asked.absolute,
        "relative" if asked.absolute is None else "absolute",
        _is_met(asked, interval),
        interval.n,
    )
