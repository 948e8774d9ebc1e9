"""Published figures beside simulated ones, as text fit for any table."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from sim.report.labels import Labels
from sim.report.numbers import (
    MISSING,
    NO_BREAK,
    amount,
    change,
    digits_for,
    interval,
    percent,
    signed,
    signed_percent,
)
from sim.scenario.target import Target
from sim.study.study import Study
from sim.study.targets import changes_without_baseline, goals_without_reforms, targets_of
from sim.study.vigilance import DETECTION_UNDECIDED, MISSES_MORE, NOTHING_MEASURED

ROLES = ("outcome", "calibrated", "input", "goal")
_ALMOST = 0.01


@dataclass(frozen=True)
class ScoreRow:
    """One published figure and the run's answer to it.

    ``tolerance`` is empty where the figure has a direction. ``is_missed`` where the interval lies
    off the figure; a goal that is not reached is no miss of the model.
    """

    role: str
    label: str
    source: str
    scenario: str
    form: str
    unit: str
    published: str
    tolerance: str
    simulated: str
    interval: str
    miss: str
    probability: str
    verdict: str
    is_missed: bool


def score_rows(study: Study, labels: Labels) -> list[ScoreRow]:
    """Rows by role, within a role in the order of the study's table."""
    targets = targets_of(study.points)
    rows = [_row(row, targets, labels) for row in study.targets.to_dict("records")]
    return sorted(rows, key=lambda row: ROLES.index(row.role))


def score_note(study: Study, labels: Labels) -> str:
    """Sentences on what is not in the table: goals, changes, documents without a figure."""
    said = (
        goals_left_out(study, labels),
        changes_left_out(study, labels),
        _no_figure_named(study, labels),
    )
    return " ".join(sentence for sentence in said if sentence)


def goals_left_out(study: Study, labels: Labels) -> str:
    """A sentence on goals that do not apply to any scenario of the run, or nothing."""
    names = goals_without_reforms(study.points)
    return labels.text("goals_left_out", goals=_named(names, study, labels)) if names else ""


def changes_left_out(study: Study, labels: Labels) -> str:
    """A sentence on changes to a baseline that is not this run's, or nothing."""
    left_out = changes_without_baseline(study.points)
    if not left_out:
        return ""
    scenarios = dict.fromkeys(name for names in left_out.values() for name in names)
    return labels.text(
        "changes_left_out",
        figures=_named(left_out, study, labels),
        scenarios="; ".join(labels.point(name) for name in scenarios),
    )


def _named(names: Iterable[str], study: Study, labels: Labels) -> str:
    targets = targets_of(study.points)
    return "; ".join(getattr(targets[name].label, labels.language) for name in names)


def _no_figure_named(study: Study, labels: Labels) -> str:
    documents = dict.fromkeys(point.scenario.document or "" for point in study.points)
    named = "; ".join(document for document in documents if document)
    if not named or targets_of(study.points):
        return ""
    return labels.text("no_figure_named", document=named)


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
        published=_published(row, unit, digits, labels),
        tolerance=_tolerance(row["tolerance"], unit, digits, labels),
        simulated=_value(row["simulated"], row["form"], unit, digits),
        interval=interval(row["low"], row["high"], unit, digits),
        miss=change(row["miss"], unit, digits),
        probability=_probability(row["probability"]),
        verdict=_verdict(row, labels),
        is_missed=row["role"] != "goal" and row["verdict"] == "missed",
    )


def _published(row: Mapping[Hashable, Any], unit: str, digits: int, labels: Labels) -> str:
    figure = _value(row["published"], row["form"], unit, digits)
    if row["sense"] == "equal":
        return figure
    return f"{labels.word('sense', row['sense'])}{NO_BREAK}{figure}"


def _tolerance(tolerance: float, unit: str, digits: int, labels: Labels) -> str:
    if isnan(tolerance):
        return ""
    shown = change(tolerance, unit, digits).removeprefix("+")
    return labels.text("within_tolerance", tolerance=shown)


def _probability(share: float) -> str:
    """Per cent without digits; a rounded certainty is none."""
    if isnan(share):
        return MISSING
    if 0 < share < _ALMOST:
        return f"<{NO_BREAK}{percent(_ALMOST, 0)}"
    if 1 - _ALMOST < share < 1:
        return f">{NO_BREAK}{percent(1 - _ALMOST, 0)}"
    return percent(share, 0)


def _verdict(row: Mapping[Hashable, Any], labels: Labels) -> str:
    verdict = row["verdict"]
    if verdict not in (MISSES_MORE, DETECTION_UNDECIDED):
        return labels.word("verdict", verdict)
    if row["found_by"] == NOTHING_MEASURED:
        return labels.text("met_detection_unknown")
    return labels.text(
        verdict,
        agency=labels.word("agency", row["found_by"]),
        change=change(row["found_change"], "1"),
        low=signed(100 * row["found_low"], 1),
        high=change(row["found_high"], "1", 1),
    )


def _value(value: float, form: str, unit: str, digits: int) -> str:
    if form == "relative":
        return signed_percent(value, digits)
    return change(value, unit, digits) if form == "difference" else amount(value, unit, digits)
