"""Effects of single changes: a few KPIs of several scenarios against one, paired by luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.scenario.errors import InputError, did_you_mean
from sim.study.estimates import Sample, comparison_table
from sim.study.execution.runner import OnProgress
from sim.study.settings import Point, Run, Settings
from sim.study.study_runner import sampled


def measured_effects(
    points: Sequence[Point], kpis: Sequence[str], settings: Settings, on_progress: OnProgress
) -> pd.DataFrame:
    """Run all points and compare these KPIs with those of the first; columns as in ``Study``.

    A KPI that only some have, as of standards that only a reform sets, is undefined in the others.

    Raises:
        InputError: the points cannot be compared, or none has got a KPI.
    """
    samples = sampled(Run(tuple(points), settings, ()), on_progress)
    chosen: dict[str, dict[str, Sample]] = {name: {} for name in samples}
    for kpi in kpis:
        known = [by_kpi[kpi] for by_kpi in samples.values() if kpi in by_kpi]
        if not known:
            names = {name for by_kpi in samples.values() for name in by_kpi}
            home = points[0].written.name
            raise InputError(f"'{home}' has no KPI '{kpi}'{did_you_mean(kpi, sorted(names))}")
        undefined = Sample(known[0].unit, np.full_like(known[0].values, np.nan))
        for name, by_kpi in samples.items():
            chosen[name][kpi] = by_kpi.get(kpi, undefined)
    return comparison_table(chosen, points[0].scenario.experiment.confidence)
