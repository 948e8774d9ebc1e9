"""How much each assumed figure of a scenario matters, moved by itself, down and up."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.scenario.scenario import Scenario
from sim.study.assumed import AssumedFigure, assumed_figures, moved, shown
from sim.study.effects import measured_effects
from sim.study.execution.runner import OnProgress
from sim.study.fingerprint import fingerprint
from sim.study.settings import Point, Settings

FACTORS = (0.8, 1.2)
KPIS = ("all.overall_clearance_time.mean", "cost.total.per_teu")
COLUMNS = [
    "scenario", "figure", "written", "factor", "moved", "kpi", "unit", "baseline", "difference",
    "low", "high", "relative", "replications", "sha256",
]  # fmt: skip
_TAKEN = ["kpi", "unit", "baseline_mean", "difference", "low", "high", "relative", "n"]


def current_rows(scenario: Scenario, influence: pd.DataFrame) -> pd.DataFrame:
    """Rows of a scenario as it is now."""
    own = influence["scenario"] == scenario.name
    return influence[own & (influence["sha256"] == fingerprint(scenario))]


def stale_figures(scenario: Scenario, influence: pd.DataFrame) -> list[AssumedFigure]:
    """Assumed figures of a scenario that have not been moved in it as it is now."""
    known = set(current_rows(scenario, influence)["figure"])
    return [figure for figure in assumed_figures(scenario) if figure.name not in known]


def measure_figures(
    baseline: Point, figures: Sequence[AssumedFigure], settings: Settings, on_progress: OnProgress
) -> pd.DataFrame:
    """Move figures one at a time, all in one run.

    Returns:
        A row a figure, factor and KPI, with the columns in ``COLUMNS``; where a factor cannot move
        a figure, one row without a KPI. ``relative`` is a share of the baseline.
    """
    tried = {
        f"{figure.name} {factor}": (figure, factor, moved(baseline.written, figure, factor))
        for figure in figures
        for factor in FACTORS
    }
    points = [Point(name, found.scenario) for name, (_, _, found) in tried.items() if found]
    compared = measured_effects([baseline, *points], KPIS, settings, on_progress)
    sha256 = fingerprint(baseline.written)
    rows: list[tuple[object, ...]] = []
    for name, (figure, factor, found) in tried.items():
        start = (baseline.written.name, figure.name, shown(figure.values), factor)
        if found is None:
            rows.append((*start, *[None] * (len(_TAKEN) + 1), sha256))
            continue
        for _, row in compared[compared["scenario"] == name].iterrows():
            taken = (row[column] for column in _TAKEN)
            rows.append((*start, shown(found.values), *taken, sha256))
    return pd.DataFrame(rows, columns=COLUMNS)
