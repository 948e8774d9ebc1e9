"""A study from its points to its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario.errors import InputError
from sim.scenario.traffic import Experiment
from sim.study.benefit import benefit_table
from sim.study.comparison.full_table import full_comparison
from sim.study.estimates import Sample, collect, kpi_table, observed_hours
from sim.study.execution.account import Account
from sim.study.execution.runner import OnProgress, ReplicationRunner
from sim.study.precision.precise_run import Reached, replicate_until_precise
from sim.study.replication import Replication
from sim.study.settings import Point, Run
from sim.study.study import Study
from sim.study.targets import target_table

_LEVELS = np.round(np.arange(0.01, 1.0, 0.01), 2)
_DISTRIBUTION_MEASURES = ("overall_clearance_time", "declaration_to_release")


@dataclass(frozen=True)
class _Reduced:
    """What remains of the replications of a point; the times of consignments do not."""

    samples: dict[str, Sample]
    distributions: list[tuple[str, str, str, float, float]]
    replications: pd.DataFrame
    consignments: list[pd.DataFrame]
    activities: list[pd.DataFrame]


def run_study(run: Run, on_progress: OnProgress) -> Study:
    """Run all replications of all points and estimate every KPI.

    There are as many replications as the experiment says, or as the run's rule of precision finds.

    Args:
        run: points, the baseline first, and settings.
        on_progress: told how many replications of how many are there.

    Raises:
        InputError: the points cannot be compared, or none has a KPI that is to become precise.
        ExecutionError: replications could not be run, or not be kept.
    """
    experiment = common_experiment(run)
    with ReplicationRunner(run.points, run.settings, on_progress) as runner:
        reached = _until_precise(runner, run, experiment.confidence)
        number = reached.replications if reached else experiment.replications
        parts = {
            name: _reduced(name, replications)
            for name, replications in _replicated(runner, run, number)
        }
    points = tuple(_with_replications(point, number) for point in run.points)
    samples = {name: part.samples for name, part in parts.items()}
    comparison = full_comparison(samples, experiment.confidence)
    distributions = [row for part in parts.values() for row in part.distributions]
    columns = ["scenario", "group", "measure", "quantile", "hours"]
    return Study(
        points=points,
        kpis=kpi_table(samples, experiment.confidence),
        comparison=comparison,
        benefits=benefit_table(points, samples, experiment.confidence),
        targets=target_table(points, samples, comparison, experiment.confidence),
        distributions=pd.DataFrame(distributions, columns=columns),
        replications=_joined([part.replications for part in parts.values()]),
        consignments=_joined([rows for part in parts.values() for rows in part.consignments]),
        activities=_joined([rows for part in parts.values() for rows in part.activities]),
        precision=reached,
        account=Account.of(runner),
    )


def _until_precise(runner: ReplicationRunner, run: Run, confidence: float) -> Reached | None:
    if run.precision is None:
        return None
    names = [point.name for point in run.points]
    return replicate_until_precise(runner, names, run.precision, confidence)


def _with_replications(point: Point, number: int) -> Point:
    """The point with the number of its replications, whoever decided on it."""
    experiment = point.written.experiment
    if experiment.replications == number:
        return point
    found = experiment.model_copy(update={"replications": number})
    return replace(point, written=point.written.model_copy(update={"experiment": found}))


def sampled(run: Run, on_progress: OnProgress) -> dict[str, dict[str, Sample]]:
    """Run all replications of all points; return their samples by point and KPI.

    Raises:
        InputError: the points cannot be compared.
        ExecutionError: replications could not be run, or not be kept.
    """
    number = common_experiment(run).replications
    with ReplicationRunner(run.points, run.settings, on_progress) as runner:
        return {
            name: collect(replications) for name, replications in _replicated(runner, run, number)
        }


def _replicated(
    runner: ReplicationRunner, run: Run, number: int
) -> Iterator[tuple[str, list[Replication]]]:
    """Run everything, then read the replications of one point after another."""
    names = [point.name for point in run.points]
    runner.run((name, replication) for replication in range(number) for name in names)
    for name in names:
        yield name, runner.replications(name, range(number))


def common_experiment(run: Run) -> Experiment:
    """Return what all points share, as their differences are paired: luck and window.

    Raises:
        InputError: they do not share it.
    """
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


def _reduced(name: str, replications: Sequence[Replication]) -> _Reduced:
    return _Reduced(
        samples=collect(replications),
        distributions=[
            (name, group, measure, level, value)
            for group, measure in _timed(replications)
            for level, value in _quantiles(observed_hours(replications, f"{group}.{measure}"))
        ],
        replications=_replication_table(name, replications),
        consignments=_traced(name, replications, "consignments"),
        activities=_traced(name, replications, "activities"),
    )


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


def _replication_table(scenario: str, replications: Sequence[Replication]) -> pd.DataFrame:
    rows = [
        (scenario, number, kpi.key, kpi.value)
        for number, replication in enumerate(replications)
        for kpi in replication.measures.kpis
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "kpi", "value"])


def _traced(scenario: str, replications: Sequence[Replication], table: str) -> list[pd.DataFrame]:
    parts = []
    for number, replication in enumerate(replications):
        rows = getattr(replication, table)
        if rows is not None:
            rows.insert(0, "replication", number)
            rows.insert(0, "scenario", scenario)
            parts.append(rows)
    return parts


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
