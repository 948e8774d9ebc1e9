"""Agencies side by side gain the shorter of two waits, not both, and less with shared officers.

In turn, a consignment spends the time of one agency and then that of the other; side by side, the
longer of the two. Where the same officers do the work of both, the work itself stays in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import pandas as pd
from matplotlib.figure import Figure

from sim.scenario.hours import Weekday
from sim.study.study import Study
from studies.interactions.consignments import hours_saved, measured, work_hours
from studies.interactions.drawing import Look, draw_bars, draw_lines, entitle, panels
from studies.interactions.estimates import Row, over_replications, table
from studies.interactions.experiment import (
    Data,
    Effort,
    composed,
    scenario,
    simulate,
    with_reform,
)
from studies.interactions.pooled_lines import pooling

OFFICERS = {33: (18, 15), 28: (15, 13), 24: (12, 12)}
"""Reviewers of customs and of quarantine by their number together."""
QUARANTINE_STEPS = (
    "declare_quarantine",
    "review_quarantine",
    "review_quarantine_correction",
    "issue_clearance_form",
)
CUSTOMS_STEPS = (
    "declare_customs",
    "review_customs_automatically",
    "review_customs_manually",
    "review_customs_manually_correction",
    "pay_duty",
)
_EVERY_DAY = ", ".join(f"{day}: ['00:00-24:00']" for day in get_args(Weekday))
DAY_AND_NIGHT = tuple(f"hours.{name}.week={{{_EVERY_DAY}}}" for name in ("office", "business"))
"""Traders and agencies are always there."""
UNHURRIED = (*DAY_AND_NIGHT, "agencies.customs.reviewers=500", "agencies.quarantine.reviewers=500")
"""Nobody queues and nobody sleeps."""
_SIDES = {"serial": (), "parallel": ("parallel_agencies",)}
_BARS = {"hours": Look("", "#1d5f9e")}
_PLACES = {
    "quarantine": "quarantine's\npart",
    "customs": "customs'\npart",
    "shorter": "the shorter\nof the two",
    "saved": "what is saved,\nsimulated",
}
_LINES = {
    "own": Look("each agency has its own", "#0072b2"),
    "shared": Look("the same for both agencies", "#d55e00"),
}


def measure(effort: Effort, officers: Sequence[int] = tuple(OFFICERS)) -> pd.DataFrame:
    """Hours saved by going side by side, of what is declared to both and not examined."""
    return table([*_unhurried(effort), *_by_officers(effort, officers)])


def parts_and_saving(effort: Effort) -> pd.DataFrame:
    """Hours of each agency's part, of the shorter, and saved, where nobody queues or sleeps."""
    points = composed("compare=[serial,parallel_agencies]", *UNHURRIED)
    study = simulate(points, effort, traced=True)
    saved = hours_saved_by(study, "serial", "parallel_agencies")
    quarantine = work_hours(study, "serial", *QUARANTINE_STEPS).reindex(saved.index)
    customs = work_hours(study, "serial", *CUSTOMS_STEPS).reindex(saved.index)
    parts = pd.DataFrame({"quarantine": quarantine, "customs": customs})
    return parts.assign(shorter=parts.min(axis="columns"), saved=saved)


def _unhurried(effort: Effort) -> Iterator[Row]:
    for place, hours in parts_and_saving(effort).items():
        yield Row("unhurried", "hours", str(place), "h", over_replications(hours))


def _by_officers(effort: Effort, officers: Sequence[int]) -> Iterator[Row]:
    for number in officers:
        own = {name: _staffed(number, reforms) for name, reforms in _SIDES.items()}
        pool = pooling(("customs.reviewers", "quarantine.reviewers"), number, "sea_import")
        shared = {name: with_reform(data, "shared", pool) for name, data in own.items()}
        saved = {
            series: hours_saved_by(simulate(points, effort, traced=True), *points)
            for series, points in {"own": own, "shared": shared}.items()
        }
        saved["lost_by_sharing"] = (saved["own"] - saved["shared"]).dropna()
        for series, hours in saved.items():
            yield Row("officers", series, number, "h", over_replications(hours))


def _staffed(officers: int, reforms: Sequence[str]) -> Data:
    data = scenario("serial", reforms)
    for agency, number in zip(("customs", "quarantine"), OFFICERS[officers], strict=True):
        data["agencies"][agency]["reviewers"] = number
    return data


def hours_saved_by(study: Study, serial: str, parallel: str) -> pd.Series[float]:
    """Hours until release saved by each consignment that both review and none examines."""
    before, after = measured(study, serial, parallel)
    concerned = before["quarantine_liable"] & ~before["customs_selected"]
    concerned &= ~before["quarantine_selected"]
    return hours_saved(before, after, "release")[concerned]


def draw(rows: pd.DataFrame) -> Figure:
    """Draw the parts beside what is saved, and what is saved by officers."""
    figure, (left, right) = panels(2)
    draw_bars(left, rows[rows["panel"] == "unhurried"], _BARS, _PLACES)
    entitle(left, "Nobody queues, nobody sleeps", "", "hours of a consignment")
    draw_lines(right, rows[rows["panel"] == "officers"], _LINES)
    right.invert_xaxis()
    entitle(right, "Working hours and lines", "reviewers of both agencies", "hours saved")
    return figure
