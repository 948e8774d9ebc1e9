"""Effects of single changes: a few KPIs of several scenarios against one, paired by luck."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario.errors import InputError, did_you_mean
from sim.scenario.scenario import Scenario
from sim.study.estimates import Sample, collect, comparison_table
from sim.study.executors import OnProgress
from sim.study.settings import Point, Run, Settings
from sim.study.study_runner import replicated

_WORDS = {"label", "description", "source", "calibrated_to", "assumption", "targets"}
_DIGITS = 16


def measured_effects(
    points: Sequence[Point], kpis: Sequence[str], settings: Settings, on_progress: OnProgress
) -> pd.DataFrame:
    """Run all points and compare these KPIs with those of the first; columns as in ``Study``.

    A KPI that only some have, as of standards that only a reform sets, is undefined in the others.

    Raises:
        InputError: the points cannot be compared, or none has got a KPI.
    """
    found = replicated(Run(tuple(points), settings, ()), on_progress)
    samples = {name: collect(replications) for name, replications in found.items()}
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


def fingerprint(*scenarios: Scenario) -> str:
    """Return the start of a SHA-256 of all that scenarios as written say, but for mere words.

    Labels, sources and targets change no result. The order of steps may, so it counts.
    """
    written = [scenario.model_dump(mode="json", exclude_unset=True) for scenario in scenarios]
    data = [_figures(content) for content in written]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def _figures(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _figures(value) for key, value in content.items() if key not in _WORDS}
    if isinstance(content, list):
        return [_figures(item) for item in content]
    return content
