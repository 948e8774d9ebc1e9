"""Published figures beside the simulated ones."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.scenario.target import Target
from sim.study.settings import Point

_COLUMNS = [
    "target", "role", "scenario", "kpi", "form", "unit", "published", "simulated", "low", "high",
    "miss",
]  # fmt: skip


def target_table(
    points: Sequence[Point], kpis: pd.DataFrame, comparison: pd.DataFrame
) -> pd.DataFrame:
    """Lay the baseline's targets beside estimates of the run; the miss is simulated - published."""
    rows = []
    for name, target in points[0].scenario.targets.items():
        for scenario in _compared(target, points):
            found = _estimate(target, scenario, kpis, comparison)
            if found is not None:
                simulated, low, high = found
                miss = simulated - target.value
                rows.append(
                    (name, target.role, scenario, target.kpi, target.form, target.unit,
                     target.value, simulated, low, high, miss)
                )  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)


def goals_without_reforms(points: Sequence[Point]) -> list[str]:
    """Goals of the baseline's targets that no scenario of a run has reforms to reach."""
    return [
        name
        for name, target in points[0].scenario.targets.items()
        if target.role == "goal"
        and any(_is_about(target, point) for point in points)
        and not _compared(target, points)
    ]


def _compared(target: Target, points: Sequence[Point]) -> list[str]:
    """Names of the points a target is laid beside."""
    if target.role != "goal":
        return [target.scenario]
    return [point.name for point in points if _is_about(target, point) and point.scenario.reforms]


def _is_about(target: Target, point: Point) -> bool:
    return target.scenario in (point.scenario.name, point.scenario.baseline)


def _estimate(
    target: Target, scenario: str, kpis: pd.DataFrame, comparison: pd.DataFrame
) -> tuple[float, float, float] | None:
    table, columns = {
        "level": (kpis, ["mean", "low", "high"]),
        "difference": (comparison, ["difference", "low", "high"]),
        "relative": (comparison, ["relative", "relative_low", "relative_high"]),
    }[target.form]
    chosen = table[(table["scenario"] == scenario) & (table["kpi"] == target.kpi)]
    if chosen.empty:
        return None
    estimate, low, high = chosen.iloc[0][columns]
    return float(estimate), float(low), float(high)
