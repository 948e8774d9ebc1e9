"""Looking up one number of a study: a level, or its difference to the baseline."""

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.report.numbers import digits_for
from sim.study.settings import Point
from sim.study.study import Study

_CHANGE_COLUMNS = (
    "unit",
    "difference",
    "low",
    "high",
    "relative",
    "relative_low",
    "relative_high",
    "p_holm",
)


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its interval."""

    unit: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """A paired difference to the baseline with its interval and adjusted p-value."""

    unit: str
    difference: float
    low: float
    high: float
    relative: float
    relative_low: float
    relative_high: float
    p_holm: float
    alpha: float

    @property
    def is_clear(self) -> bool:
        """Whether zero is excluded after the correction for several scenarios."""
        if self.low <= 0 <= self.high:
            return False
        is_constant = math.isnan(self.p_holm) and self.low == self.high
        return is_constant or self.p_holm < self.alpha

    @property
    def is_none(self) -> bool:
        """Whether every replication gave the same as in the baseline."""
        return self.difference == self.low == self.high == 0


@dataclass(frozen=True)
class Results:
    """The KPIs and comparisons of a study by scenario and key."""

    points: tuple[Point, ...]
    confidence: float
    estimates: dict[tuple[str, str], Estimate] = field(repr=False)
    changes: dict[tuple[str, str], Change] = field(repr=False)

    @property
    def baseline(self) -> Point:
        """The first scenario, against which the others are laid."""
        return self.points[0]

    @property
    def others(self) -> tuple[Point, ...]:
        """All scenarios but the baseline."""
        return self.points[1:]

    def estimate(self, scenario: str, kpi: str) -> Estimate | None:
        """Level of a KPI, if the study has it."""
        return self.estimates.get((scenario, kpi))

    def mean(self, scenario: str, kpi: str) -> float:
        """Mean of a KPI, or not a number."""
        found = self.estimate(scenario, kpi)
        return found.mean if found else math.nan

    def digits(self, kpi: str) -> int:
        """Digits of a KPI, alike in all scenarios."""
        found = [level for point in self.points if (level := self.estimate(point.name, kpi))]
        return digits_for(found[0].unit, *(level.mean for level in found)) if found else 0

    def change(self, scenario: str, kpi: str) -> Change | None:
        """Difference of a KPI to the baseline, if the study has it."""
        return self.changes.get((scenario, kpi))

    def has(self, kpi: str) -> bool:
        """Whether any scenario has the KPI."""
        return any((point.name, kpi) in self.estimates for point in self.points)

    def keys(self, prefix: str, suffix: str = "") -> list[str]:
        """KPIs of any scenario by the beginning and end of their keys, in the table's order."""
        found = (
            kpi for _, kpi in self.estimates if kpi.startswith(prefix) and kpi.endswith(suffix)
        )
        return list(dict.fromkeys(found))


def results_of(study: Study) -> Results:
    """Index a study; rows without a number are left out."""
    confidence = study.points[0].scenario.experiment.confidence
    estimates = {
        (row["scenario"], row["kpi"]): Estimate(
            **{name: row[name] for name in ("unit", "mean", "low", "high")}
        )
        for row in _rows(study.kpis, "mean")
    }
    changes = {
        (row["scenario"], row["kpi"]): Change(
            **{name: row[name] for name in _CHANGE_COLUMNS}, alpha=1 - confidence
        )
        for row in _rows(study.comparison, "difference")
    }
    return Results(study.points, confidence, estimates, changes)


def _rows(table: pd.DataFrame, needed: str) -> list[dict[Hashable, Any]]:
    return table.dropna(subset=[needed]).to_dict("records")
