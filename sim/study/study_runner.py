"""A study from its points to its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario.errors import InputError
from sim.scenario.traffic import Experiment
from sim.study.benefit import benefit_table
from sim.study.comparison.full_table import full_comparison
from sim.study.estimates import collect, kpi_table, observed_hours
from sim.study.executors import OnProgress, run_replications
from sim.study.inputs import load_inputs
from sim.study.replication import Replication
from sim.study.settings import Run
from sim.study.study import Study
from sim.study.targets import target_table
from sim.traffic.targeting import check_models

_LEVELS = np.round(np.arange(0.01, 1.0, 0.01), 2)
_DISTRIBUTION_MEASURES = ("overall_clearance_time", "declaration_to_release")


def run_study(run: Run, on_progress: OnProgress) -> Study:
    """Run all replications of all points and estimate every KPI.

    Args:
        run: points, the baseline first, and settings.
        on_progress: told how many replications of how many are done.

    Raises:
        InputError: the points cannot be compared.
    """
    experiment = run.points[0].scenario.experiment
    by_point = replicated(run, on_progress)
    samples = {name: collect(replications) for name, replications in by_point.items()}
    kpis = kpi_table(samples, experiment.confidence)
    comparison = full_comparison(samples, experiment.confidence)
    return Study(
        points=run.points,
        kpis=kpis,
        comparison=comparison,
        benefits=benefit_table(run.points, samples, experiment.confidence),
        targets=target_table(run.points, samples, comparison, experiment.confidence),
        distributions=_distributions(by_point),
        replications=_replication_table(by_point),
        consignments=_traced(by_point, "consignments"),
        activities=_traced(by_point, "activities"),
    )


def replicated(run: Run, on_progress: OnProgress) -> dict[str, list[Replication]]:
    """Run all replications of all points; return them by the name of the point.

    Raises:
        InputError: the points cannot be compared.
    """
    experiment = _common_experiment(run)
    inputs = load_inputs(point.scenario for point in run.points)
    for point in run.points:
        for flow in point.scenario.traffic.flows.values():
            check_models(point.scenario, inputs.declarations[flow.goods.declarations].scores)
    results = run_replications(
        [point.scenario for point in run.points],
        inputs,
        experiment.replications,
        run.settings,
        on_progress,
    )
    return {
        point.name: [replication[number] for replication in results]
        for number, point in enumerate(run.points)
    }


def _common_experiment(run: Run) -> Experiment:
    """Differences are paired: all points share replications, luck and window."""
    first = run.points[0].scenario.experiment
    for point in run.points[1:]:
        other = point.scenario.experiment
        for field in type(first).model_fields:
            here, there = getattr(first, field), getattr(other, field)
            if here != there:
                raise InputError(
                    f"experiment.{field}: {there} in '{point.name}', {here} in "
                    f"'{run.points[0].name}'; scenarios compared in one run share it"
                )
    return first


def _distributions(by_point: Mapping[str, Sequence[Replication]]) -> pd.DataFrame:
    rows = [
        (scenario, group, measure, level, value)
        for scenario, replications in by_point.items()
        for group, measure in _timed(replications)
        for level, value in _quantiles(observed_hours(replications, f"{group}.{measure}"))
    ]
    return pd.DataFrame(rows, columns=["scenario", "group", "measure", "quantile", "hours"])


def _timed(replications: Sequence[Replication]) -> list[tuple[str, str]]:
    """Groups and measures whose distribution is told, in the order they were measured."""
    keys = dict.fromkeys(key for result in replications for key in result.measures.observed)
    split = (key.partition(".") for key in keys)
    return [(group, measure) for group, _, measure in split if measure in _DISTRIBUTION_MEASURES]


def _quantiles(hours: Sequence[NDArray[np.float64]]) -> list[tuple[float, float]]:
    pooled = np.concatenate(hours)
    if not len(pooled):
        return []
    return list(zip(_LEVELS.tolist(), np.quantile(pooled, _LEVELS).tolist(), strict=True))


def _replication_table(by_point: Mapping[str, Sequence[Replication]]) -> pd.DataFrame:
    rows = [
        (scenario, number, kpi.key, kpi.value)
        for scenario, replications in by_point.items()
        for number, replication in enumerate(replications)
        for kpi in replication.measures.kpis
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "kpi", "value"])


def _traced(by_point: Mapping[str, Sequence[Replication]], table: str) -> pd.DataFrame:
    parts = []
    for scenario, replications in by_point.items():
        for number, replication in enumerate(replications):
            rows = getattr(replication, table)
            if rows is not None:
                rows.insert(0, "replication", number)
                rows.insert(0, "scenario", scenario)
                parts.append(rows)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
