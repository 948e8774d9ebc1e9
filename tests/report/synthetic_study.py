"""A made-up study of the real scenarios, near to what a run returns, without running one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from sim.command.configuration import build_run
from sim.study.benefit import benefit_table
from sim.study.comparison.full_table import full_comparison
from sim.study.estimates import Sample
from sim.study.settings import Point, Run
from sim.study.study import Study
from sim.study.targets import target_table
from tests.report.synthetic_levels import EXAMINED, ONCE, OVERALL, STAGES, Row, rows_of

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "serial",
    "parallel_agencies",
    "joint_inspection",
    "joint_inspection_recognition",
    "advance_declaration",
    "all_together",
)
REPLICATIONS = 30
RunOf = Callable[[Study, Path], Run]


def scenario_point(name: str) -> Point:
    """A ready-made scenario as a run has it."""
    return Point(name, build_run([f"compare=[{name}]"]).points[0].scenario)


def _replications(points: Sequence[Point], rows: Sequence[Row]) -> pd.DataFrame:
    """Shape (scenarios x replications, KPIs), with luck that scenarios share."""
    random = np.random.default_rng(7)
    names = [point.name for point in points]
    index = pd.MultiIndex.from_product(
        [names, range(REPLICATIONS)], names=["scenario", "replication"]
    )
    columns = {}
    for kpi, _, level, factors in rows:
        shared = random.normal(0, 0.03, REPLICATIONS)
        own = random.normal(0, 0.006, (len(NAMES), REPLICATIONS))[: len(names)]
        factor = np.array([factors[NAMES.index(name)] for name in names])[:, None]
        noise = 0.0 if factors is ONCE and level == 2 else shared + own
        columns[kpi] = (level * factor * (1 + noise) * np.ones(own.shape)).ravel()
    return pd.DataFrame(columns, index=index)


def _with_sums(wide: pd.DataFrame) -> pd.DataFrame:
    """Add the sums that a real run keeps: stages make the time in port, payers the cost."""
    wide = wide.copy()
    for group in ("all", "examined", "examined_twice", "unexamined"):
        stages = [f"{group}.stage.{stage}.mean" for stage in STAGES]
        wide[f"{group}.time_in_port.mean"] = wide[stages].sum(axis=1)
        wide[f"{group}.overall_clearance_time.mean"] = wide[stages[:-1]].sum(axis=1)
    payers = [f"cost.{payer}.per_teu" for payer in ("trader", "carrier", "port", "government")]
    wide["cost.total.per_teu"] = wide[payers].sum(axis=1)
    return wide


def _half_width(values: pd.DataFrame) -> pd.Series:
    quantile = float(stats.t.ppf(0.975, len(values) - 1))
    return quantile * values.std(ddof=1) / np.sqrt(len(values))


def _kpis(points: Sequence[Point], wide: pd.DataFrame, units: dict[str, str]) -> pd.DataFrame:
    parts = []
    for point in points:
        values = wide.loc[point.name]
        mean, half = values.mean(), _half_width(values)
        table = pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half})
        table.insert(0, "unit", pd.Series(units))
        parts.append(table.rename_axis("kpi").reset_index().assign(scenario=point.name))
    columns = ["scenario", "kpi", "unit", "mean", "low", "high", "n"]
    return pd.concat(parts, ignore_index=True).assign(n=REPLICATIONS)[columns]


def _samples(
    points: Sequence[Point], wide: pd.DataFrame, units: dict[str, str]
) -> dict[str, dict[str, Sample]]:
    by_point = {point.name: wide.loc[point.name].to_dict("series") for point in points}
    return {
        name: {str(kpi): Sample(units[kpi], rows.to_numpy()) for kpi, rows in columns.items()}
        for name, columns in by_point.items()
    }


def samples_of(study: Study) -> dict[str, dict[str, Sample]]:
    """KPIs of a study over replications, by scenario."""
    units = dict(zip(study.kpis["kpi"], study.kpis["unit"], strict=True))
    return {
        point.name: {
            str(kpi): Sample(units[kpi], rows["value"].to_numpy())
            for kpi, rows in study.replications[
                study.replications["scenario"] == point.name
            ].groupby("kpi")
        }
        for point in study.points
    }


def with_targets(study: Study) -> Study:
    """The study with its targets laid beside its own figures."""
    table = target_table(study.points, samples_of(study), study.comparison, 0.95)
    return replace(study, targets=table)


def _benefits(points: Sequence[Point]) -> pd.DataFrame:
    """Traders gain, the government pays; the first reform is worth nothing to all together."""
    names = [point.name for point in points]
    samples: dict[str, dict[str, Sample]] = {}
    for place, name in enumerate(names):
        luck = np.linspace(-1e5, 1e5, REPLICATIONS)
        saved = 0 if place == 1 else 4e6 * place + luck * place
        spent = {"trader": 9e7 - saved, "carrier": 5e6, "port": 4e6, "government": 8e6}
        yearly = {payer: money + np.zeros(REPLICATIONS) for payer, money in spent.items()}
        yearly["total"] = sum(yearly.values(), np.zeros(REPLICATIONS))
        samples[name] = {
            f"cost.{payer}.per_year": Sample("CNY/year", money) for payer, money in yearly.items()
        }
        counts = {key: Sample(key, np.ones(REPLICATIONS)) for key in ("consignments", "teu")}
        samples[name] |= counts
    return benefit_table(points, samples, 0.95)


def _distributions(points: Sequence[Point]) -> pd.DataFrame:
    quantiles = np.round(np.arange(0.01, 1.0, 0.01), 2)
    rows = []
    for point in points:
        place = NAMES.index(point.name)
        for group, hours in (("all", 103.0), ("examined", 141.0), ("examined_twice", 168.0),
                             ("unexamined", 95.0)):  # fmt: skip
            for measure, level, factors in (
                ("overall_clearance_time", hours, OVERALL if group == "all" else EXAMINED),
                ("declaration_to_release", hours / 3, EXAMINED),
            ):
                values = stats.lognorm.ppf(quantiles, 0.5, scale=0.86 * level * factors[place])
                rows.extend(
                    (point.name, group, measure, float(quantile), float(value))
                    for quantile, value in zip(quantiles, values, strict=True)
                )
    return pd.DataFrame(rows, columns=["scenario", "group", "measure", "quantile", "hours"])


def synthetic_study(names: Sequence[str] = NAMES) -> Study:
    """A study of the scenarios named, the first being the baseline."""
    points = tuple(scenario_point(name) for name in names)
    rows = rows_of(points[0])
    units = {kpi: unit for kpi, unit, _, _ in rows}
    units |= {f"{group}.time_in_port.mean": "h" for group in ("all", "examined")}
    wide = _with_sums(_replications(points, rows))[list(units)]
    kpis = _kpis(points, wide, units)
    comparison = full_comparison(_samples(points, wide, units), 0.95)
    places = pd.DataFrame({"scenario": points[0].name, "replication": 0, "case": range(5)})
    study = Study(
        points=points,
        kpis=kpis,
        comparison=comparison,
        benefits=_benefits(points),
        targets=pd.DataFrame(),
        distributions=_distributions(points),
        replications=wide.rename_axis("kpi", axis=1).stack().rename("value").reset_index(),
        consignments=places.assign(value_cny=np.arange(5) / 3),
        activities=places.assign(step="discharge", ready=0.1, start=0.2, end=0.3),
    )
    return with_targets(study)
