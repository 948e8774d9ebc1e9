"""A made-up study of the real scenarios, near to what a run returns, without running one."""

from collections.abc import Callable, Iterator, Sequence
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
STAGES = {"discharge": 8.3, "preparation": 81.4, "clearance": 13.0, "pickup": 52.4}
STATISTICS = {"mean": 1.0, "median": 0.86, "p90": 1.9, "p95": 2.4}

# Factors on the baseline, in the order of NAMES.
SAME = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
OVERALL = (1.0, 0.93, 0.99, 0.985, 0.80, 0.74)
EXAMINED = (1.0, 0.88, 0.70, 0.63, 0.99, 0.55)
TWICE = (1.0, 0.92, 0.55, 0.47, 1.0, 0.44)
ONCE = (1.0, 1.0, 0.50, 0.50, 1.0, 0.50)
DATA = (1.0, 1.0, 1.0, 1.0, 1.0, 0.72)
COST = (1.0, 0.985, 0.99, 0.985, 0.95, 0.92)
FOUND = (1.0, 1.0, 1.01, 0.97, 1.0, 0.97)

RunOf = Callable[[Study, Path], Run]
Row = tuple[str, str, float, Sequence[float]]


def scenario_point(name: str) -> Point:
    """A ready-made scenario as a run has it."""
    return Point(name, build_run([f"compare=[{name}]"]).points[0].scenario)


def _times() -> Iterator[Row]:
    for group, overall, examined in (
        ("all", 103.0, OVERALL),
        ("examined", 141.0, OVERALL),
        ("examined_twice", 168.0, EXAMINED),
        ("unexamined", 95.0, OVERALL),
    ):
        for statistic, factor in STATISTICS.items():
            yield f"{group}.overall_clearance_time.{statistic}", "h", overall * factor, examined
            moves = {"discharge": SAME, "preparation": OVERALL, "clearance": EXAMINED}
            for stage, hours in STAGES.items():
                key = f"{group}.stage.{stage}.{statistic}"
                yield key, "h", hours * factor, moves.get(stage, SAME)
    hours_by_group = {"all": 13.2, "examined": 52.0, "examined_twice": 71.0, "unexamined": 6.1}
    for group, hours in hours_by_group.items():
        for statistic, factor in STATISTICS.items():
            yield f"{group}.declaration_to_release.{statistic}", "h", hours * factor, EXAMINED
    milestones = {
        "discharge": 8.3, "quarantine_lodgement": 78.0, "lodgement": 90.0, "document_check": 95.0,
        "other_agency_check": 88.0, "examination": 120.0, "duty_paid": 99.0, "release": 103.0,
        "gate_out": 155.0,
    }  # fmt: skip
    for milestone, hours in milestones.items():
        yield f"all.milestone.{milestone}.mean", "h", hours, OVERALL


def _work(point: Point) -> Iterator[Row]:
    steps = point.scenario.workflows["sea_import"].steps
    for place, (name, step) in enumerate(steps.items()):
        share = 0.12 if "not manual_review" not in step.when and step.when else 1.0
        yield f"step.{name}.share", "1", share, SAME
        for kind, hours in (("waiting", 1.5), ("working", 1.0), ("off_shift", 3.0)):
            yield f"step.{name}.{kind}", "h", hours * (1 + place % 5), OVERALL
        yield f"critical.{name}", "1", 0.4 / (1 + (place * 7) % 29), OVERALL
    for party, scale in {
        "carrier": 1,
        "port": 8,
        "trader": 40,
        "customs": 6,
        "quarantine": 9,
    }.items():
        yield f"critical.party.{party}", "1", scale / 64, SAME
        for kind, factor in (("waiting", 0.3), ("working", 0.6), ("off_shift", 1.1)):
            yield f"party.{party}.{kind}", "h", scale * factor, OVERALL
    for group, scale in {
        "all": 0.2,
        "examined": 1.2,
        "examined_twice": 2.0,
        "unexamined": 0.0,
    }.items():
        for measure in ("examinations", "movings", "unstuffings"):
            yield f"{group}.{measure}.mean", measure, scale * 1.7, ONCE
        yield f"{group}.inspector_hours.mean", "h", scale * 1.7, ONCE
        yield f"{group}.data_items.mean", "items", 73 + 96 * min(1, 0.3 + scale), DATA
        yield f"{group}.documents.mean", "documents", 21.0, DATA
        yield f"{group}.visits.mean", "visits", 6.5 + scale, DATA
    for pool, load in {
        "customs.reviewers": 0.35,
        "quarantine.examiners": 0.72,
        "berths": 0.61,
    }.items():
        yield f"pool.{pool}.utilisation", "1", load, EXAMINED
        yield f"pool.{pool}.busy_hours_per_day", "h/day", load * 100, EXAMINED
        yield f"pool.{pool}.overtime_hours_per_day", "h/day", load * 4, EXAMINED


def _money() -> Iterator[Row]:
    for payer, amount in {"trader": 5200, "carrier": 900, "port": 45, "government": 160}.items():
        yield f"cost.{payer}.per_teu", "CNY/TEU", amount, COST
    yield "cost.total.per_teu", "CNY/TEU", 6305, COST
    for item, amount in {
        "carrying": 2900, "terminal_handling": 640, "vessel_call_hours": 900, "storage": 60,
        "moving": 95, "unstuffing": 130, "visits": 210, "wages": 160, "detention": 12,
    }.items():  # fmt: skip
        yield f"cost.item.{item}.per_teu", "CNY/TEU", amount, COST
    yield "examined.cost.total.per_teu", "CNY/TEU", 8200, EXAMINED
    yield "examined_twice.cost.total.per_teu", "CNY/TEU", 9600, TWICE
    yield "examined_twice.handling_fee_per_teu", "CNY/TEU", 1200, ONCE


def _others() -> Iterator[Row]:
    for agency in ("customs", "quarantine"):
        yield f"detection.{agency}.inspection_rate", "1", 0.055, SAME
        yield f"detection.{agency}.hit_rate", "1", 0.071, FOUND
        yield f"detection.{agency}.found_per_thousand", "per 1,000", 4.1, FOUND
        yield f"detection.{agency}.missed_per_thousand", "per 1,000", 16.0, SAME
        yield f"detection.{agency}.found_share", "1", 0.205, FOUND
    yield "examined_twice.movings_per_container", "movings/box", 2.0, ONCE
    yield "quarantine_liable.data_items.mean", "items", 169.0, (1, 1, 1, 1, 1, 105 / 169)
    yield "recognised_share", "1", 0.09, (0, 0, 0, 1, 0, 1)
    yield "yard.teu.mean", "TEU", 5200, OVERALL
    yield "yard.teu.peak", "TEU", 8100, OVERALL
    yield "site_area", "m2", 26800, (1, 1, 20 / 26.8, 20 / 26.8, 1, 20 / 26.8)
    for count, number in {"consignments": 8400, "teu": 22900, "unfinished": 0}.items():
        yield count, count, number, SAME
    yield "something.nobody.named", "furlong", 3.0, SAME


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
    rows = [*_times(), *_work(points[0]), *_money(), *_others()]
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
