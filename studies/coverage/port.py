"""The whole program on a port whose times are known: nobody waits for anybody.

Trucks come at random, each with a box; customs examines it, then quarantine, for exponential times
and without limit of staff. A reform halves the time of customs. What is reported after ten
replications is compared with what is known, experiment by experiment, each with a seed of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sim.scenario.validate import build_scenario
from sim.study.estimates import comparison_table, kpi_table
from sim.study.intervals import Interval
from sim.study.settings import Point, Run, Settings
from sim.study.study_runner import sampled
from studies.coverage.experiments import Answer, counted
from studies.coverage.means import p90_of_sum
from studies.interactions.experiment import Data
from studies.interactions.poisson_yard import poisson_yard

_REPLICATIONS = 10
_CUSTOMS = {"before": 4.0, "after": 2.0}
_QUARANTINE = 1.0
_PER_HOUR = 5.0
_FIGURES = {
    "mean": "all.overall_clearance_time.mean",
    "P90": "all.overall_clearance_time.p90",
}
_EXPERIMENT = {
    "replications": _REPLICATIONS,
    "warm_up_days": 0.0,
    "horizon_days": 1.0,
    "cool_down_days": 1.0,
    "traced_replications": 0,
}


def measure(experiments: int = 120) -> pd.DataFrame:
    """Run the program again and again; one row a figure, as in the other tables of coverage."""
    yards = {name: _yard(hours) for name, hours in _CUSTOMS.items()}
    truths = dict(_truths())
    intervals: dict[str, list[Interval]] = {case: [] for case in truths}
    for seed in range(experiments):
        for case, interval in _reported(yards, seed):
            intervals[case].append(interval)
    rows = [counted(case, _REPLICATIONS, truth, intervals[case]) for case, truth in truths.items()]
    return pd.DataFrame(rows, columns=list(Answer._fields))


def _yard(customs_hours: float) -> Data:
    """A yard of two examinations in turn, by whoever is wanted."""
    data = poisson_yard(_PER_HOUR, 0.5, _QUARANTINE, ("", ""))
    steps = data["workflows"]["road_import"]["steps"]
    for step in (steps["examine_customs"], steps["examine_quarantine"]):
        del step["uses"], step["when"]
    steps["examine_customs"]["duration"]["mean"] = customs_hours
    steps["examine_quarantine"]["after"] = ["examine_customs"]
    steps["release"]["after"] = ["examine_quarantine"]
    return data


def _truths() -> Iterator[tuple[str, float]]:
    p90s = {name: p90_of_sum(hours, _QUARANTINE) for name, hours in _CUSTOMS.items()}
    means = {name: hours + _QUARANTINE for name, hours in _CUSTOMS.items()}
    for figure, exact in {"mean": means, "P90": p90s}.items():
        yield f"{figure} before", exact["before"]
        yield f"{figure} after", exact["after"]
        yield f"difference of {figure}", exact["after"] - exact["before"]
        yield f"relative change of {figure}", exact["after"] / exact["before"] - 1


def _reported(yards: dict[str, Data], seed: int) -> Iterator[tuple[str, Interval]]:
    """What one experiment reports: intervals by case."""
    points = tuple(_point(name, yard, seed) for name, yard in yards.items())
    settings = Settings("serial", 1, Path())
    found = sampled(Run(points, settings, ()), lambda *_: None)
    samples = {name: {key: kpis[key] for key in _FIGURES.values()} for name, kpis in found.items()}
    confidence = points[0].scenario.experiment.confidence
    levels = kpi_table(samples, confidence)
    changes = comparison_table(samples, confidence)
    for figure, key in _FIGURES.items():
        for name in yards:
            level = levels[(levels["scenario"] == name) & (levels["kpi"] == key)]
            yield f"{figure} {name}", _interval(level, "mean")
        change = changes[changes["kpi"] == key]
        yield f"difference of {figure}", _interval(change, "difference")
        yield f"relative change of {figure}", _interval(change, "relative", "relative_")


def _interval(table: pd.DataFrame, estimate: str, prefix: str = "") -> Interval:
    (row,) = table.to_dict("records")
    return Interval(row[estimate], row[f"{prefix}low"], row[f"{prefix}high"], row["n"])


def _point(name: str, yard: Data, seed: int) -> Point:
    experiment = {**yard["experiment"], **_EXPERIMENT, "seed": seed}
    return Point(name, build_scenario({**yard, "experiment": experiment}))
