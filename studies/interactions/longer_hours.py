"""Longer hours of the agencies are worth most to whom is ready at the weekend.

That is who arrives at the weekend only if the papers are ready on arrival. Otherwise the trader
prepares first, in his own hours, and who arrives in the middle of the week is ready at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import pandas as pd
from matplotlib.figure import Figure

from studies.interactions.consignments import hours_saved, measured
from studies.interactions.drawing import Look, draw_bars, entitle, panels
from studies.interactions.estimates import Row, over_replications, table
from studies.interactions.experiment import Data, Effort, scenario, simulate

REFORM, ADVANCE = "extended_hours", "advance_declaration"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKEND = ("Sat", "Sun")
MIDWEEK = ("Tue", "Wed", "Thu")
_DAY = 86_400
_READY = {"prepared_after_arrival": (), "declared_in_advance": (ADVANCE,)}
_LOOKS = {
    "prepared_after_arrival": Look("papers prepared after the arrival", "#9fb3c8"),
    "declared_in_advance": Look("everybody declares in advance", "#0072b2"),
}


def measure(effort: Effort, words: Sequence[str] = ()) -> pd.DataFrame:
    """Hours until release saved by longer hours, by weekday of the vessel's arrival."""
    rows = (_rows(name, reforms, words, effort) for name, reforms in _READY.items())
    return table(chain.from_iterable(rows))


def _rows(name: str, reforms: Sequence[str], words: Sequence[str], effort: Effort) -> Iterator[Row]:
    points = {"office": _port(reforms, words), "longer": _port((*reforms, REFORM), words)}
    before, after = measured(simulate(points, effort, traced=True), *points)
    saved = hours_saved(before, after, "release")
    day = (before["arrival"] // _DAY % 7).map(dict(enumerate(WEEKDAYS)))
    for weekday in WEEKDAYS:
        yield Row("saved", name, weekday, "h", over_replications(saved[day == weekday]))
    mean = {
        days: saved[day.isin(days)].groupby("replication").mean() for days in (WEEKEND, MIDWEEK)
    }
    more = mean[WEEKEND] - mean[MIDWEEK]
    yield Row("weekend_more_than_midweek", name, "all", "h", over_replications(more))


def _port(reforms: Sequence[str], words: Sequence[str]) -> Data:
    data = scenario("serial", reforms, words)
    if ADVANCE in reforms:
        data["reforms"][ADVANCE]["adoption"] = {"share": 1.0, "assumption": True}
    return data


def draw(rows: pd.DataFrame) -> Figure:
    """Draw what is saved by weekday of arrival."""
    figure, (axes,) = panels(1)
    draw_bars(axes, rows[rows["panel"] == "saved"], _LOOKS, {day: day for day in WEEKDAYS})
    entitle(axes, "Saved by longer hours of the agencies", "arrival of the vessel", "hours")
    return figure
