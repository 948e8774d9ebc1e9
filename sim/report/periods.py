"""In how many periods a scenario is better than the baseline, and what pairing takes away."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.kpi_families import better
from sim.report.labels import Labels
from sim.report.numbers import interval, percent
from sim.report.results import Results
from sim.report.scoreboard import OVERALL, shown_points, unfinished
from sim.study.study import Study


@dataclass(frozen=True)
class BetterPeriods:
    """Share of replications, periods of the measured length, with its interval."""

    share: str
    interval: str


def better_periods(study: Study, results: Results, kpi: str = OVERALL) -> dict[str, BetterPeriods]:
    """Share of periods in which a KPI is better than in the baseline, the same luck, by scenario.

    Scenarios shown that have the KPI; none that leaves consignments unfinished, whose means are of
    the others only.
    """
    side = "share_lower" if better(kpi) == "lower" else "share_higher"
    stuck = {point.name for point, _ in unfinished(results)}
    rows = _rows(study, kpi)
    return {
        point.name: BetterPeriods(
            percent(rows[point.name][side], 0),
            interval(rows[point.name][f"{side}_low"], rows[point.name][f"{side}_high"], "1", 0),
        )
        for point in shown_points(results)
        if point.name in rows and point.name not in stuck
    }


def better_periods_line(study: Study, results: Results, labels: Labels) -> str:
    """One line on the periods in which overall clearance time is shorter; empty if none is known.

    Scenarios with the same share stand together.
    """
    names: dict[str, list[str]] = {}
    for name, periods in better_periods(study, results).items():
        names.setdefault(periods.share, []).append(labels.point(name))
    shares = "; ".join(f"{share} {', '.join(found)}" for share, found in names.items())
    days = study.points[0].scenario.experiment.horizon_days
    return labels.text("better_periods", days=f"{days:g}", shares=shares) if shares else ""


def variance_taken(study: Study, kpi: str = OVERALL) -> str:
    """Share of the variance of differences that pairing takes away, least to greatest."""
    shares = study.comparison.loc[study.comparison["kpi"] == kpi, "variance_reduction"].dropna()
    if shares.empty:
        return ""
    least, most = percent(shares.min(), 0), percent(shares.max(), 0)
    return least if least == most else f"{least} to {most}"


def _rows(study: Study, kpi: str) -> Mapping[str, Mapping[Hashable, Any]]:
    table = study.comparison[study.comparison["kpi"] == kpi].dropna(subset=["share_lower"])
    return {str(row["scenario"]): row for row in table.to_dict("records")}
