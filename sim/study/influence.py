"""How much each assumed figure matters, moved by itself, down and up."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sim.study.assumed import AssumedFigure, assumed_figures, moved, shown
from sim.study.effects import measured_effects
from sim.study.execution.runner import OnProgress
from sim.study.fingerprint import fingerprint
from sim.study.settings import Point, Settings

FACTORS = (0.8, 1.2)
TIME = "all.overall_clearance_time.mean"
COLUMNS = [
    "scenario", "figure", "written", "factor", "moved", "kpi", "unit", "baseline", "difference",
    "low", "high", "relative", "replications", "sha256",
]  # fmt: skip
_TAKEN = ["kpi", "unit", "baseline_mean", "difference", "low", "high", "relative", "n"]


@dataclass(frozen=True)
class Survey:
    """Assumed figures that are moved in one scenario: its own, or those of a reform in force.

    Attributes:
        point: the scenario, with the reform where it is about one.
        reform: whose figures are moved; those of the scenario itself where it is none. What a
            reform costs is left out: it changes neither KPI.
    """

    point: Point
    reform: str | None = None

    @property
    def kpis(self) -> tuple[str, str]:
        """Overall clearance time and cost; not all homes of reforms have TEU."""
        return TIME, f"cost.total.per_{'consignment' if self.reform else 'teu'}"

    @cached_property
    def figures(self) -> list[AssumedFigure]:
        """What is moved."""
        found = assumed_figures(self.point.written)
        if self.reform is None:
            return found
        own, cost = f"reforms.{self.reform}.", f"reforms.{self.reform}.cost."
        return [
            figure
            for figure in found
            if figure.name.startswith(own) and not figure.name.startswith(cost)
        ]

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the scenario."""
        return fingerprint(self.point.written)


def current_rows(survey: Survey, influence: pd.DataFrame) -> pd.DataFrame:
    """Rows of a survey as its scenario is now."""
    own = influence["scenario"] == survey.point.written.name
    return influence[own & (influence["sha256"] == survey.sha256)]


def stale_figures(survey: Survey, influence: pd.DataFrame) -> list[AssumedFigure]:
    """Assumed figures that have not been moved in the scenario as it is now."""
    known = set(current_rows(survey, influence)["figure"])
    return [figure for figure in survey.figures if figure.name not in known]


def measure_figures(
    survey: Survey, figures: Sequence[AssumedFigure], settings: Settings, on_progress: OnProgress
) -> pd.DataFrame:
    """Move figures one at a time, all in one run.

    Returns:
        A row a figure, factor and KPI, with the columns in ``COLUMNS``; where a factor cannot move
        a figure, one row without a KPI. ``relative`` is a share of the baseline.
    """
    written = survey.point.written
    tried = {
        f"{figure.name} {factor}": (figure, factor, moved(written, figure, factor))
        for figure in figures
        for factor in FACTORS
    }
    points = [Point(name, found.scenario) for name, (_, _, found) in tried.items() if found]
    effects: dict[Hashable, pd.DataFrame] = {}
    if points:
        compared = measured_effects([survey.point, *points], survey.kpis, settings, on_progress)
        effects = dict(iter(compared.groupby("scenario")))
    rows: list[tuple[object, ...]] = []
    for name, (figure, factor, found) in tried.items():
        start = (written.name, figure.name, shown(figure.values), factor)
        if found is None:
            rows.append((*start, *[None] * (len(_TAKEN) + 1), survey.sha256))
            continue
        for _, row in effects[name].iterrows():
            taken = (row[column] for column in _TAKEN)
            rows.append((*start, shown(found.values), *taken, survey.sha256))
    return pd.DataFrame(rows, columns=COLUMNS)
