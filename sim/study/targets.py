"""Published figures beside the simulated ones: whether they are met, and at what price."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import pandas as pd

from sim.scenario.target import Sense, Target
from sim.study.estimates import Sample, Samples, difference, level, relative
from sim.study.intervals import Interval
from sim.study.settings import Point

MET_BUT_MISSES_MORE = "met_but_misses_more"
_COLUMNS = (
    "target", "role", "scenario", "kpi", "form", "sense", "unit", "published", "simulated", "low",
    "high", "miss", "probability", "verdict", "fewer_found_by", "fewer_found",
)  # fmt: skip
_TIME_OR_COST = ("h", "CNY", "USD")
_WITHIN_HOURS = ".within_"
_FOUND_SHARE = re.compile(r"detection\.(\w+)\.found_share")


@dataclass(frozen=True)
class _FewerFound:
    """An agency that finds a clearly smaller share of violations, and by how much."""

    agency: str
    difference: float


def target_table(
    points: Sequence[Point],
    samples: Mapping[str, Samples],
    comparison: pd.DataFrame,
    confidence: float,
) -> pd.DataFrame:
    """Lay the targets of all points beside estimates of the run.

    A verdict is ``met`` or ``missed`` where the whole interval lies on one side of the figure, else
    ``undecided``; of a figure to be equal to, ``met`` where the interval covers it. A time or cost
    that is met while an agency finds a clearly smaller share of violations than in the baseline is
    ``met_but_misses_more``. The probability of being met is the confidence in it, by Student's t
    of the level or of the paired difference; undefined for a figure to be equal to.

    Args:
        points: the baseline first.
        samples: KPIs over replications, by point.
        comparison: differences to the baseline, as ``comparison_table`` has them.
        confidence: of the intervals.

    Returns:
        One row for a target and a scenario: the columns in ``_COLUMNS``; ``miss`` is simulated -
        published, ``fewer_found`` the change of the share of violations ``fewer_found_by`` finds.
    """
    rows = []
    for name, target in targets_of(points).items():
        for scenario in _compared(name, target, points):
            found = _estimate(target, samples[scenario], samples[points[0].name], confidence)
            if found is not None:
                fewer = _fewer_found(scenario, comparison, 1 - confidence)
                unit = samples[scenario][target.kpi].unit
                verdict, price = _verdict(target, unit, found, fewer)
                rows.append(
                    (name, target.role, scenario, target.kpi, target.form, target.sense,
                     target.unit, target.value, found.estimate, found.low, found.high,
                     found.estimate - target.value, _probability(target, found), verdict,
                     price.agency if price else "", price.difference if price else nan)
                )  # fmt: skip
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
        and not _compared(name, target, points)
    ]


def _compared(name: str, target: Target, points: Sequence[Point]) -> list[str]:
    """Names of the points a target is laid beside: of a goal, those that have it and reforms."""
    if target.role != "goal":
        return [point.name for point in points if point.name in target.scenarios]
    return [
        point.name
        for point in points
        if _is_about(target, point) and point.scenario.reforms and name in point.scenario.targets
    ]


def _is_about(target: Target, point: Point) -> bool:
    return not {point.scenario.name, point.scenario.baseline}.isdisjoint(target.scenarios)


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


def _probability(target: Target, found: Interval) -> float:
    if target.sense == "equal":
        return nan
    at_most = found.probability_at_most(target.value)
    if target.sense == "at_most":
        return at_most
    return float(found.estimate >= target.value) if found.error == 0 else 1 - at_most


def _verdict(
    target: Target, unit: str, found: Interval, fewer: _FewerFound | None
) -> tuple[str, _FewerFound | None]:
    verdict = _side(target.sense, target.value, found)
    if verdict == "met" and fewer and _is_time_or_cost(target, unit):
        return MET_BUT_MISSES_MORE, fewer
    return verdict, None


def _side(sense: Sense, value: float, found: Interval) -> str:
    if isnan(found.low) or isnan(found.high):
        return "undecided"
    if sense == "equal":
        return "met" if found.low <= value <= found.high else "missed"
    low, high = (found.low, found.high) if sense == "at_most" else (-found.high, -found.low)
    bound = value if sense == "at_most" else -value
    return "met" if high <= bound else "missed" if low > bound else "undecided"


def _is_time_or_cost(target: Target, unit: str) -> bool:
    return unit.startswith(_TIME_OR_COST) or _WITHIN_HOURS in target.kpi


def _fewer_found(scenario: str, comparison: pd.DataFrame, alpha: float) -> _FewerFound | None:
    """The greatest clear fall of the share an agency finds; clear means after Holm, too."""
    falls = [
        _FewerFound(match[1], row["difference"])
        for row in comparison[comparison["scenario"] == scenario].to_dict("records")
        if (match := _FOUND_SHARE.fullmatch(row["kpi"]))
        and row["high"] < 0
        and row["p_holm"] < alpha
    ]
    return min(falls, key=lambda fall: fall.difference, default=None)
