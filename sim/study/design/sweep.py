"""A design carried out: one table of all its points and KPIs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.scenario.errors import InputError, did_you_mean
from sim.study.design.outcomes import outcomes
from sim.study.design.points import DesignPoint, DesignRun
from sim.study.estimates import Sample, Samples, collect, difference, level
from sim.study.headline import headline, with_all_found

if TYPE_CHECKING:
    from pydantic import JsonValue

    from sim.study.execution.runner import ReplicationRunner

UNFINISHED = "unfinished"
FIGURES = ["mean", "low", "high", "n", "difference", "difference_low", "difference_high"]


@dataclass(frozen=True)
class Sweep:
    """Results of a design.

    Attributes:
        run: what was asked for.
        points: the baseline first, then those of the design, with what became of them.
        kpis: those of interest.
        units: of these.
        table: point, name, status, cause, a column for each factor by its key, kpi, unit, and
            ``FIGURES``. One row a point and KPI, all KPIs; one without a KPI for a point that is
            not done. Differences are to the baseline, paired.
        samples: by KPI of interest and name of the point; of NaN where a point lacks it.
        confidence: of all intervals.
    """

    run: DesignRun
    points: tuple[DesignPoint, ...]
    kpis: tuple[str, ...]
    units: Mapping[str, str]
    table: pd.DataFrame
    samples: Mapping[str, Mapping[str, Sample]]
    confidence: float

    @cached_property
    def done(self) -> tuple[DesignPoint, ...]:
        """Points of the design that have results, without the baseline."""
        return tuple(point for point in self.points[1:] if point.status == "done")

    @cached_property
    def stuck(self) -> frozenset[str]:
        """Points that left consignments unfinished, whose times and costs tell of the others."""
        left = self.table[(self.table["kpi"] == UNFINISHED) & (self.table["mean"] > 0)]
        return frozenset(left["name"])


def sweep_of(run: DesignRun, runner: ReplicationRunner) -> Sweep:
    """Simulate every point that can be run and estimate every KPI.

    Raises:
        InputError: a KPI of interest that the baseline does not have.
        ExecutionError: the baseline failed, or a point of a design that stops at errors.
    """
    first = run.baseline.point
    assert first is not None
    experiment = first.scenario.experiment
    numbers = range(experiment.replications)
    wanted = [(point.name, number) for number in numbers for point in run.sound]
    runner.expect(wanted)
    _check_kpis(run, runner)
    runner.run(wanted)
    points = outcomes(run, runner.failed | runner.set_aside)
    base = with_all_found(collect(runner.replications(first.name, numbers)))
    kpis = run.design.kpis or headline(list(base))
    of_interest: dict[str, dict[str, Sample]] = {kpi: {} for kpi in kpis}
    rows: list[tuple[object, ...]] = []
    for point in points:
        start = _start(point, len(run.design.factors))
        if point.status != "done":
            rows.append((*start, None, None, *[nan] * len(FIGURES)))
            continue
        samples = with_all_found(collect(runner.replications(point.name, numbers)))
        other = base if point.number else {}
        rows += [(*start, *row) for row in _rows(samples, other, experiment.confidence)]
        for kpi in kpis:
            absent = Sample(base[kpi].unit, np.full(base[kpi].values.shape, np.nan))
            of_interest[kpi][point.name] = samples.get(kpi, absent)
    units = {kpi: base[kpi].unit for kpi in kpis}
    return Sweep(run, points, kpis, units, _table(run, rows), of_interest, experiment.confidence)


def _check_kpis(run: DesignRun, runner: ReplicationRunner) -> None:
    """Look for KPIs that are asked for in one replication, before all others are run."""
    if not run.design.kpis:
        return
    name = run.baseline.name
    runner.run([(name, 0)])
    known = with_all_found(collect(runner.replications(name, [0])))
    for kpi in run.design.kpis:
        if kpi not in known:
            raise InputError(f"kpis: '{name}' has no KPI '{kpi}'{did_you_mean(kpi, sorted(known))}")


def _start(point: DesignPoint, factors: int) -> tuple[object, ...]:
    values = [plain(value) for value in point.values] or [None] * factors
    return (point.number, point.name, point.status, point.cause, *values)


def plain(value: JsonValue) -> JsonValue:
    """A factor's value as one cell: a bundle as its names, anything else that is no number as text.

    No reform at all is called ``none``.
    """
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "+".join(map(str, value)) or "none"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _rows(samples: Samples, base: Samples, confidence: float) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for key, sample in samples.items():
        here = level(sample, confidence)
        figures = (here.estimate, here.low, here.high, here.n)
        rows.append((key, sample.unit, *figures, *_difference(sample, base.get(key), confidence)))
    return rows


def _difference(sample: Sample, base: Sample | None, confidence: float) -> tuple[float, ...]:
    if base is None:
        return (nan, nan, nan)
    found = difference(sample, base, confidence)
    return (found.estimate, found.low, found.high)


def _table(run: DesignRun, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    keys = [factor.key for factor in run.design.factors]
    columns = ["point", "name", "status", "cause", *keys, "kpi", "unit", *FIGURES]
    table = pd.DataFrame(rows, columns=columns)
    typed = {key: _of_one_type(table[key]) for key in keys}
    return table.assign(**typed, n=table["n"].astype("Int64"))


def _of_one_type(column: pd.Series) -> pd.Series:
    """Values of a factor as one type, as Parquet wants it: text where there are several.

    The baseline has no value; whole numbers stay whole all the same.
    """
    typed = column.convert_dtypes()
    if typed.dtype != np.dtype(object):
        return typed
    texts = [value if isinstance(value, str | None) else json.dumps(value) for value in column]
    return pd.Series(texts, column.index, dtype="string")


def point_table(sweep: Sweep) -> pd.DataFrame:
    """One row a point: what it is, and level and interval of each KPI of interest.

    Columns: those of ``table`` up to the factors, then ``<kpi>``, ``<kpi>.low``, ``<kpi>.high``.
    """
    keys = ["point", "name", "status", "cause", *(one.key for one in sweep.run.design.factors)]
    wide = sweep.table[keys].drop_duplicates("point").set_index("point", drop=False)
    for kpi in sweep.kpis:
        rows = sweep.table[sweep.table["kpi"] == kpi].set_index("point")
        for column, figure in ((kpi, "mean"), (f"{kpi}.low", "low"), (f"{kpi}.high", "high")):
            wide[column] = rows[figure]
    return wide.reset_index(drop=True)
