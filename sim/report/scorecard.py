"""Published figures beside simulated ones, as text fit for any table."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.labels import Labels
from sim.report.numbers import amount, change, digits_for, interval, signed_percent
from sim.scenario.target import Target
from sim.study.study import Study
from sim.study.targets import goals_without_reforms

ROLES = ("outcome", "calibrated", "input", "goal")


@dataclass(frozen=True)
class ScoreRow:
    """One published figure and the run's answer to it.

    ``is_missed`` where the figure lies outside the interval; a goal that is not reached is no miss
    of the model.
    """

    role: str
    label: str
    source: str
    scenario: str
    form: str
    unit: str
    published: str
    simulated: str
    interval: str
    miss: str
    is_missed: bool


def score_rows(study: Study, labels: Labels) -> list[ScoreRow]:
    """Rows by role, within a role in the order of the study's table."""
    targets = {
        name: target for point in study.points for name, target in point.scenario.targets.items()
    }
    rows = [_row(row, targets, labels) for row in study.targets.to_dict("records")]
    return sorted(rows, key=lambda row: ROLES.index(row.role))


def goals_left_out(study: Study, labels: Labels) -> str:
    """A sentence on goals that do not apply to any scenario of the run, or nothing."""
    targets = study.points[0].scenario.targets
    names = [
        getattr(targets[name].label, labels.language)
        for name in goals_without_reforms(study.points)
    ]
    return labels.text("goals_left_out", goals="; ".join(names)) if names else ""


def _row(row: Mapping[Hashable, Any], targets: Mapping[str, Target], labels: Labels) -> ScoreRow:
    target = targets.get(row["target"])
    unit = "1" if row["form"] == "relative" else row["unit"]
    digits = digits_for(unit, row["published"], row["simulated"])
    return ScoreRow(
        role=row["role"],
        label=getattr(target.label, labels.language) if target else row["target"],
        source=target.source if target else "",
        scenario=labels.point(row["scenario"]),
        form=row["form"],
        unit="" if unit == "1" else labels.word("unit", unit),
        published=_value(row["published"], row["form"], unit, digits),
        simulated=_value(row["simulated"], row["form"], unit, digits),
        interval=interval(row["low"], row["high"], unit, digits),
        miss=change(row["miss"], unit, digits),
        is_missed=row["role"] != "goal" and not row["low"] <= row["published"] <= row["high"],
    )


def _value(value: float, form: str, unit: str, digits: int) -> str:
    if form == "relative":
        return signed_percent(value, digits)
    return change(value, unit, digits) if form == "difference" else amount(value, unit, digits)
