"""Declaring in advance: nothing gained with late papers, and what is opened is not let go.

The shipped reform does two things: traders prepare before the vessel comes, and declare before it
comes. Beside it stands a reform that does only the first. What lies between the two is what the
declaration in advance is worth by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

import pandas as pd
from matplotlib.figure import Figure

from sim.study.study import Study
from studies.interactions.consignments import hours_between, hours_saved, last_end, measured
from studies.interactions.drawing import Look, draw_bars, entitle, panels
from studies.interactions.estimates import Row, over_replications, table
from studies.interactions.experiment import Data, Effort, scenario, simulate

REFORM = "advance_declaration"
ON_ARRIVAL = ("declare_quarantine", "declare_customs")
"""Steps that wait for the discharge where papers are prepared early and declared on arrival."""
BOOKINGS = ("book_quarantine", "book_customs")
"""Steps that wait for the discharge where nobody books an examination of what is not there."""
GROUPS = {
    "in_time": "papers in time,\nnot opened",
    "late": "papers after\ndischarge",
    "opened": "opened,\nbooked ahead",
    "opened_booked_later": "opened,\nbooked later",
}
"""Consignments that take the reform up; of those opened, only those with papers in time."""
_LEFT = {
    "on_arrival": Look("prepared early, declared on arrival", "#9fb3c8"),
    "in_advance": Look("prepared early, declared in advance", "#0072b2"),
}
_RIGHT = {"saved": Look("", "#0072b2")}


def measure(effort: Effort) -> pd.DataFrame:
    """Hours from discharge to release, and hours saved by declaring in advance, by group."""
    before, after, group = cases(simulate(points(), effort, traced=True))
    shipped = [
        row for name in ("in_time", "late", "opened") for row in _rows(name, before, after, group)
    ]
    before, after, group = cases(simulate(points(BOOKINGS), effort, traced=True))
    group = group.replace("opened", "opened_booked_later")
    return table([*shipped, *_rows("opened_booked_later", before, after, group)])


def cases(study: Study) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series[str]]:
    """Consignments that prepare early, declared on arrival and in advance, and their group."""
    before, after = measured(study, "on_arrival", "in_advance")
    ready = [
        last_end(study, "in_advance", step).reindex(after.index)
        for step in ("prepare_documents", "obtain_permit")
    ]
    late = pd.concat(ready, axis="columns").max(axis="columns") >= after["discharge"]
    opened = after["customs_opened"] | after["quarantine_opened"]
    group = pd.Series("in_time", after.index).mask(opened, "opened").mask(late, "late")
    adopted = after["reforms"].astype(str).str.contains(REFORM)
    return before[adopted], after[adopted], group[adopted]


def points(waiting: Sequence[str] = (), words: Sequence[str] = ()) -> dict[str, Data]:
    """Return the terminal with both reforms.

    Args:
        waiting: steps that wait for the discharge under both.
        words: overrides.
    """
    in_advance = _with_waiting(scenario("serial", [REFORM], words), waiting)
    return {"on_arrival": _with_waiting(in_advance, ON_ARRIVAL), "in_advance": in_advance}


def _with_waiting(data: Data, steps: Sequence[str]) -> Data:
    """Let steps of those who take the reform up wait for the discharge."""
    changed = deepcopy(data)
    changed["reforms"][REFORM]["operators"] += [
        {"only": ["sea_import"], "set": {"step": step, "to": {"needs": ["discharge"]}}}
        for step in steps
    ]
    return changed


def _rows(
    name: str, before: pd.DataFrame, after: pd.DataFrame, group: pd.Series[str]
) -> Iterator[Row]:
    inside = group == name
    for series, consignments in (("on_arrival", before), ("in_advance", after)):
        left = hours_between(consignments[inside], "discharge", "release")
        yield Row("left", series, name, "h", over_replications(left))
    saved = hours_saved(before, after, "release")[inside]
    yield Row("saved", "saved", name, "h", over_replications(saved))


def draw(rows: pd.DataFrame) -> Figure:
    """Draw what is left after the discharge, and what declaring in advance saves."""
    figure, (left, right) = panels(2, [1.4, 1.0])
    draw_bars(left, rows[rows["panel"] == "left"], _LEFT, GROUPS)
    entitle(left, "From discharge to release", "", "hours")
    draw_bars(right, rows[rows["panel"] == "saved"], _RIGHT, GROUPS)
    entitle(right, "Saved by declaring in advance", "", "hours")
    return figure
