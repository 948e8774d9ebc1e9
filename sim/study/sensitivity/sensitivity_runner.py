"""A sensitivity study on a replication runner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.choice.known_values import KnownValues, check_kpi
from sim.study.estimates import Sample
from sim.study.execution.runner import ReplicationRunner
from sim.study.sensitivity.elementary_effects import elementary_effects, morris_table
from sim.study.sensitivity.noise import noise_share
from sim.study.sensitivity.question import SensitivityQuestion
from sim.study.sensitivity.ranking import BASE, Move, pair_table, ranking_table
from sim.study.sensitivity.tornado import ENDS, moves, tornado_table
from sim.study.sensitivity.variance_shares import sobol_table
from sim.study.study_runner import common_experiment

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sensitivity:
    """What was found.

    Attributes:
        question: what was asked.
        unit: of the KPI.
        base: the KPI as written, of the first option.
        confidence: of all intervals.
        replications: of every point.
        tables: by name; the first one has the name of the method.
        noise: share of the differences among points that is luck; NaN where points are compared
            in pairs, whose intervals say it.
    """

    question: SensitivityQuestion
    unit: str
    base: float
    confidence: float
    replications: int
    tables: Mapping[str, pd.DataFrame]
    noise: float


def run_sensitivity(question: SensitivityQuestion, runner: ReplicationRunner) -> Sensitivity:
    """Run what is asked for and estimate.

    Raises:
        InputError: the points cannot be compared, or the KPI is not one that every replication has.
        ExecutionError: replications could not be carried out.
    """
    experiment = common_experiment(question.run)
    numbers = range(experiment.replications)
    names = [point.name for point in question.run.points]
    runner.expect((name, number) for name in names for number in numbers)
    known = KnownValues(runner)
    units = known.units(names[0])
    check_kpi(question.kpi, units)
    found = known.of(question.kpi, dict.fromkeys(names, numbers))
    values = {name: Sample(units[question.kpi], one) for name, one in found.items()}
    tables, noise = _tables(question, values, experiment.confidence)
    return Sensitivity(
        question=question,
        unit=units[question.kpi],
        base=values[names[0]].estimate,
        confidence=experiment.confidence,
        replications=experiment.replications,
        tables=tables,
        noise=noise,
    )


def _tables(
    question: SensitivityQuestion, values: Mapping[str, Sample], confidence: float
) -> tuple[dict[str, pd.DataFrame], float]:
    plan, seed = question.plans[0], question.seed
    if question.method == "ranking":
        return _rankings(question, values, confidence), float("nan")
    stacked = np.stack([values[point.name].values for point in plan.points])
    if question.method == "tornado":
        table = tornado_table(plan, values[plan.start.name], stacked, confidence)
        return {"tornado": table}, float("nan")
    figures = len(plan.names)
    if question.method == "morris":
        effects = elementary_effects(
            plan.places.reshape(-1, figures + 1, figures),
            stacked.reshape(-1, figures + 1, stacked.shape[1]),
        )
        table = morris_table(plan.names, effects, confidence, seed)
        return {"morris": table}, noise_share(stacked)
    means = stacked.mean(axis=1).reshape(figures + 2, -1)
    return {"sobol": sobol_table(plan.names, means, confidence, seed)}, noise_share(stacked)


def _rankings(
    question: SensitivityQuestion, values: Mapping[str, Sample], confidence: float
) -> dict[str, pd.DataFrame]:
    assert question.sense is not None
    options = [plan.start.name for plan in question.plans]
    by_move: dict[Move, list[Sample]] = {BASE: [values[name] for name in options]}
    for place, (figure, end) in enumerate(moves(question.plans[0].names)):
        points = [plan.points[place] for plan in question.plans]
        moved = [
            plan for plan, point in zip(question.plans, points, strict=True)
            if point is not plan.start
        ]  # fmt: skip
        if moved:
            key = (figure, end, moved[0].ends[figure][ENDS.index(end)])
            by_move[key] = [values[point.name] for point in points]
    return {
        "ranking": ranking_table(options, by_move, question.sense, confidence),
        "pairs": pair_table(options, by_move, question.sense, confidence),
    }
