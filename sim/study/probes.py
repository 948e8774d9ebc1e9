"""Small runs beside the effects of reforms: one that gives other numbers tells of a new program.

A fingerprint tells what a scenario says, not what the program makes of it. Many changes of a
program move no number; a probe tells those that do, in a second instead of a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.study.settings import Point, Settings
from sim.study.trials import PROBE, Trial, groups, measure_trials

_SMALL = {"replications": 2, "warm_up_days": 0.0, "horizon_days": 2.0, "cool_down_days": 1.0}
_TOLERANCE = 1e-5  # tables have six digits

Probes = Mapping[tuple[str, str], float]


def probe(trials: Iterable[Trial], settings: Settings) -> Probes:
    """Run trials for two days, twice; return each KPI with the reform, by reform and KPI."""
    small = [
        replace(trial, without=_small(trial.without), with_it=_small(trial.with_it))
        for trial in trials
    ]
    tables = [measure_trials(group, settings, _silent) for group in groups(small)]
    return {
        (row["reform"], row["kpi"]): float(row["with"])
        for table in tables
        for _, row in table.iterrows()
    }


def with_probes(effects: pd.DataFrame, found: Probes) -> pd.DataFrame:
    """Effects with what probes of their trials gave."""
    keys = zip(effects["reform"], effects["kpi"], strict=True)
    return effects.assign(**{PROBE: [found[key] for key in keys]})


def moved_trials(trials: Sequence[Trial], effects: pd.DataFrame, settings: Settings) -> list[Trial]:
    """Trials whose probe gives other numbers than when their effect was measured."""
    found = probe(trials, settings)
    keys = zip(effects["reform"], effects["kpi"], strict=True)
    known = dict(zip(keys, effects[PROBE], strict=True))
    return [
        trial
        for trial in trials
        if not all(
            np.isclose(
                found[trial.reform, kpi],
                known[trial.reform, kpi],
                rtol=_TOLERANCE,
                atol=0.0,
                equal_nan=True,
            )
            for kpi in trial.kpis
        )
    ]


def _small(point: Point) -> Point:
    experiment = point.written.experiment.model_copy(update=_SMALL)
    return Point(point.name, point.written.model_copy(update={"experiment": experiment}))


def _silent(done: int, total: int) -> None:
    """Progress that nobody looks at."""
