"""Joint inspection needs officers of both agencies at once: slower than serial where they miss.

A box is moved, opened and closed once instead of twice. But its examination starts only when both
teams are there and free; a strict line keeps the officers who came first idle until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from matplotlib.figure import Figure

from sim.report.figures.style import MUTED
from studies.interactions.drawing import Look, draw_lines, entitle, panels
from studies.interactions.estimates import Row, difference_of, table
from studies.interactions.experiment import Data, Effort, composed, simulate
from studies.interactions.terminal import INSPECTED

SHIFTS = {
    7.5: ("08:30-12:00", "13:30-17:30"),
    4.0: ("12:00-19:30",),
    3.0: ("14:30-22:00",),
    2.0: ("15:30-23:00",),
    1.0: ("16:30-24:00",),
}
"""Hours of quarantine's examiners by hours a day they share with those of customs."""
EXAMINERS = {14: 12, 12: 8, 11: 6, 10: 5}
"""Examiners of quarantine by those of customs: from plenty to few."""
DISCIPLINES = ("strict", "greedy")
TWICE = "examined_twice.declaration_to_release.mean"
EXAMINED = "examined.declaration_to_release.mean"
_LOOKS = {"strict": Look("strict lines", "#d55e00"), "greedy": Look("greedy lines", "#0072b2")}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def measure(
    effort: Effort,
    disciplines: Sequence[str] = DISCIPLINES,
    shared_hours: Sequence[float] = tuple(SHIFTS),
    customs_examiners: Sequence[int] = tuple(EXAMINERS),
) -> pd.DataFrame:
    """Hours from declaration to release, joint less serial, by shared hours and by officers."""
    by_shift = _by_shift(effort, disciplines, shared_hours)
    return table([*by_shift, *_by_officers(effort, disciplines, customs_examiners)])


def _by_shift(
    effort: Effort, disciplines: Sequence[str], shared_hours: Sequence[float]
) -> Iterator[Row]:
    for discipline in disciplines:
        for shared in shared_hours:
            points = _terminal(discipline)
            for data in points.values():
                _put_on_shift(data, SHIFTS[shared])
            study = simulate(points, effort)
            interval = difference_of(study, "joint_inspection", TWICE)
            yield Row("shifts", discipline, shared, "h", interval)


def _by_officers(
    effort: Effort, disciplines: Sequence[str], customs_examiners: Sequence[int]
) -> Iterator[Row]:
    for discipline in disciplines:
        for customs in customs_examiners:
            points = _terminal(discipline)
            for data in points.values():
                data["agencies"]["customs"]["examiners"] = customs
                data["agencies"]["quarantine"]["examiners"] = EXAMINERS[customs]
            study = simulate(points, effort)
            interval = difference_of(study, "joint_inspection", EXAMINED)
            yield Row("officers", discipline, customs, "h", interval)


def _terminal(discipline: str) -> dict[str, Data]:
    points = composed("compare=[serial,joint_inspection]", *INSPECTED)
    for data in points.values():
        for agency in ("customs", "quarantine"):
            data["agencies"][agency]["discipline"] = discipline
    return points


def _put_on_shift(data: Data, spans: tuple[str, ...]) -> None:
    """Give the examiners of quarantine these hours on weekdays."""
    data["hours"]["late"] = {
        "label": {"en": "Late shift", "zh": "晚班"},
        "holidays": "closed",
        "week": {day: list(spans) for day in _WEEKDAYS},
        "assumption": True,
    }
    data["agencies"]["quarantine"]["role_hours"]["examiners"] = "late"


def draw(rows: pd.DataFrame) -> Figure:
    """Draw the differences by shared hours and by officers."""
    figure, (left, right) = panels(2)
    draw_lines(left, rows[rows["panel"] == "shifts"], _LOOKS)
    entitle(
        left,
        "Examined by both, shifts that miss each other",
        "hours a day that both teams are there",
        "hours, joint less serial",
    )
    draw_lines(right, rows[rows["panel"] == "officers"], _LOOKS)
    entitle(
        right,
        "All that are examined, equal shifts",
        "examiners of customs (those of quarantine fall with them)",
        "hours, joint less serial",
    )
    for axes in (left, right):
        axes.invert_xaxis()
        axes.axhline(0, color=MUTED, linewidth=0.8)
    return figure
