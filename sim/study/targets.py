"""Published figures beside the simulated ones: whether they are met, and at what price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

import pandas as pd

from sim.scenario.target import Target
from sim.study.estimates import Sample, Samples, difference, level, relative
from sim.study.intervals import Interval
from sim.study.settings import Point
from sim.study.verdicts import probability_of, side
from sim.study.vigilance import (
    UNKNOWN,
    FoundShareChange,
    found_share_changes,
    is_conditional,
    price,
)

_COLUMNS = (
    "target", "role", "scenario", "kpi", "form", "sense", "unit", "published", "tolerance",
    "simulated", "low", "high", "miss", "probability", "verdict", "found_by", "found_change",
    "found_low", "found_high",
)  # fmt: skip


def target_table(
    points: Sequence[Point],
    samples: Mapping[str, Samples],
    comparison: pd.DataFrame,
    confidence: float,
) -> pd.DataFrame:
    """Lay the targets of all points beside estimates of the run.

    A verdict is ``met`` or ``missed`` where the whole interval lies on one side of the figure, or
    within or outside its tolerance, else ``undecided``. The probability of being met is the
    confidence in it, by Student's t of the level or of the paired difference. A time or cost that
    reforms meet is plainly ``met`` only where the agencies are shown to find as many violations as
    in the scenario's own baseline, by the margin in the experiment; else the verdict says so. A
    difference or relative change is laid against that baseline only.

    Args:
        points: the baseline first.
        samples: KPIs over replications, by point.
        comparison: differences to the baseline, as ``comparison_table`` has them.
        confidence: of the intervals.

    Returns:
        One row for a target and a scenario: the columns in ``_COLUMNS``; ``miss`` is simulated -
        published; those from ``found_by`` tell of the agency that decides on a verdict about
        violations found, ``found_change`` being the change of its share, with limits.
    """
    rows = []
    for name, target in targets_of(points).items():
        for point in _judged(name, target, points):
            found = _estimate(target, samples[point.name], samples[points[0].name], confidence)
            if found is not None:
                unit = samples[point.name][target.kpi].unit
                verdict, share = _verdict(target, unit, found, point, points[0], comparison)
                rows.append(_row(name, target, point.name, found, verdict, share))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def targets_of(points: Sequence[Point]) -> dict[str, Target]:
    """Targets of all points of a run, by name."""
    return {name: target for point in points for name, target in point.scenario.targets.items()}


def goals_without_reforms(points: Sequence[Point]) -> list[str]:
    """Goals that no scenario of a run has reforms to reach."""
    return [
        name
        for name, target in targets_of(points).items()
        if target.role == "goal"
        and any(_is_about(target, point) for point in points)
        and not _concerned(name, target, points)
    ]


def changes_without_baseline(points: Sequence[Point]) -> dict[str, list[str]]:
    """Changes to a baseline that is not this run's: scenarios left without a row, by target."""
    left_out = {
        name: [
            point.name
            for point in _concerned(name, target, points)
            if not _has_ground(target, point, points[0])
        ]
        for name, target in targets_of(points).items()
    }
    return {name: scenarios for name, scenarios in left_out.items() if scenarios}


def _judged(name: str, target: Target, points: Sequence[Point]) -> list[Point]:
    return [
        point for point in _concerned(name, target, points) if _has_ground(target, point, points[0])
    ]


def _concerned(name: str, target: Target, points: Sequence[Point]) -> list[Point]:
    """Points a target is about: of a goal, those that have it and reforms."""
    if target.role != "goal":
        return [point for point in points if point.name in target.scenarios]
    return [
        point
        for point in points
        if _is_about(target, point) and point.scenario.reforms and name in point.scenario.targets
    ]


def _is_about(target: Target, point: Point) -> bool:
    return not {point.scenario.name, point.scenario.baseline}.isdisjoint(target.scenarios)


def _has_ground(target: Target, point: Point, first: Point) -> bool:
    """Whether the run has what the target is against."""
    return target.form == "level" or (point is not first and _is_baseline(first, point))


def _is_baseline(first: Point, point: Point) -> bool:
    """Whether a point is what another is meant to be compared with: free of reforms."""
    own = point.scenario.baseline or point.scenario.name
    return first.scenario.name == own and not first.scenario.reforms


def _estimate(
    target: Target, samples: Samples, baseline: Samples, confidence: float
) -> Interval | None:
    """What the KPI comes to in the form of the target; None where it is not measured."""
    sample, base = samples.get(target.kpi), baseline.get(target.kpi)
    if sample is None or (target.form != "level" and base is None):
        return None
    return _in_form(target, sample, base, confidence)


def _in_form(target: Target, sample: Sample, base: Sample | None, confidence: float) -> Interval:
    if target.form == "level" or base is None:
        return level(sample, confidence)
    compared = difference if target.form == "difference" else relative
    return compared(sample, base, confidence)


def _verdict(
    target: Target,
    unit: str,
    found: Interval,
    point: Point,
    first: Point,
    comparison: pd.DataFrame,
) -> tuple[str, FoundShareChange | None]:
    verdict = side(target, found)
    if verdict != "met" or not point.scenario.reforms or not is_conditional(target, unit):
        return verdict, None
    if point is first or not _is_baseline(first, point):
        return price([], 0.0)
    experiment = point.scenario.experiment
    shares = found_share_changes(
        point.name, comparison, 1 - experiment.confidence, flow=target.kpi.partition(".")[0]
    )
    return price(shares, experiment.margin)


def _row(
    name: str,
    target: Target,
    scenario: str,
    found: Interval,
    verdict: str,
    share: FoundShareChange | None,
) -> tuple[object, ...]:
    decided_by = share or UNKNOWN
    return (
        name, target.role, scenario, target.kpi, target.form, target.sense, target.unit,
        target.value, target.tolerance.value if target.tolerance else nan, found.estimate,
        found.low, found.high, found.estimate - target.value, probability_of(target, found),
        verdict, decided_by.agency, decided_by.change, decided_by.low, decided_by.high,
    )  # fmt: skip
