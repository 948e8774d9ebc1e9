"""Ready earlier for the same train: what clearance gains is lost in the wait for the departure.

Exports come for the train they are booked on: ready sooner, they wait longer for it. Transit boxes
come at any hour; one that is ready sooner either waits longer or wins a whole gap between trains,
if there is a wagon left. And a box is not ready when it is cleared, if its wagon is not yet booked.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from sim.study.study import Study
from studies.interactions.consignments import HOUR, hours_saved, last_end, measured
from studies.interactions.drawing import Look, draw_bars, entitle, panels
from studies.interactions.estimates import Row, in_percent, over_replications, table
from studies.interactions.experiment import Data, Effort, scenario, simulate

PORT, REFORM = "lianyungang_rail", "advance_declaration"
READY = {
    "sea_rail_transit": ("transfer", "book_train"),
    "rail_export": ("issue_seal_paper", "store"),
}
"""Steps that a box has behind it when it is ready to board, by flow."""
WAGONS = {"shipped": 50, "plenty": 200}
COOL_DOWN_DAYS = 14.0
_LOOKS = {
    "released": Look("released earlier", "#9fb3c8"),
    "ready": Look("ready for a train earlier", "#56b4e9"),
    "departed": Look("departed earlier", "#0072b2"),
}
_PLACES = {
    "rail_export.shipped": "exports,\nbooked",
    "sea_rail_transit.shipped": "transit,\n50 wagons",
    "sea_rail_transit.plenty": "transit,\n200 wagons",
}
_SHARES = {"same_train": Look("", "#4a5563")}
SAME_TRAIN_HOURS = 2.0
"""Departures nearer to each other than this are those of one train."""


def measure(effort: Effort) -> pd.DataFrame:
    """Hours by which boxes are released, ready and gone earlier, and shares on the same train."""
    rows: list[Row] = []
    for name, wagons in WAGONS.items():
        study = simulate(points(wagons), effort, traced=True, cool_down=COOL_DOWN_DAYS)
        for flow in READY:
            rows += _rows(f"{flow}.{name}", gains(study, flow))
    return table(row for row in rows if row.x in _PLACES)


def points(wagons: int) -> dict[str, Data]:
    """Return the port before, and with everybody declaring in advance, and trains so long."""
    before, after = scenario(PORT), scenario(PORT, [REFORM])
    after["reforms"][REFORM]["adoption"] = {"share": 1.0, "assumption": True}
    for data in (before, after):
        data["workflows"]["train_run"]["steps"]["close_loading"]["offers"]["train_slots"] = wagons
    return {"before": before, "after": after}


def gains(study: Study, flow: str) -> pd.DataFrame:
    """Hours by which each consignment of a flow is released, ready to board and gone earlier."""
    before, after = measured(study, "before", "after")
    inside = before["flow"] == flow
    before, after = before[inside], after[inside]
    ready = [_ready(study, point, flow).reindex(before.index) for point in ("before", "after")]
    return pd.DataFrame(
        {
            "released": hours_saved(before, after, "release"),
            "ready": (ready[0] - ready[1]) / HOUR,
            "departed": hours_saved(before, after, "departure"),
        }
    )


def _ready(study: Study, point: str, flow: str) -> pd.Series[float]:
    ends = [last_end(study, point, f"{flow}.{step}") for step in READY[flow]]
    return pd.concat(ends, axis="columns").max(axis="columns")


def _rows(place: str, hours: pd.DataFrame) -> Iterator[Row]:
    for series in _LOOKS:
        yield Row("hours", series, place, "h", over_replications(hours[series]))
    lost = hours["ready"] - hours["departed"]
    yield Row("hours", "lost_to_the_timetable", place, "h", over_replications(lost))
    same = hours["departed"].abs() < SAME_TRAIN_HOURS
    yield Row("trains", "same_train", place, "%", in_percent(over_replications(same.astype(float))))


def draw(rows: pd.DataFrame) -> Figure:
    """Draw hours gained on the way to the departure, and who takes the same train as before."""
    figure, (left, right) = panels(2, [1.5, 1.0])
    draw_bars(left, rows[rows["panel"] == "hours"], _LOOKS, _PLACES)
    entitle(left, "Declared in advance, Lianyungang's trains", "", "hours")
    draw_bars(right, rows[rows["panel"] == "trains"], _SHARES, _PLACES)
    entitle(right, "On the same train as before", "", "per cent of consignments")
    return figure
