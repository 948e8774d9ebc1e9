"""Faster officers alone do not halve a time that is mostly preparation by the trader."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import pandas as pd
from matplotlib.figure import Figure

from studies.interactions.drawing import Look, draw_bars, draw_lines, entitle, panels
from studies.interactions.estimates import Row, exact, in_percent, mean_of, table
from studies.interactions.experiment import Data, Effort, scenario, simulate

SPEEDS = (1.0, 2.0, 4.0, 8.0)
AGENCIES = ("customs", "quarantine")
OVERALL = "all.overall_clearance_time.mean"
_TIMES = ("mean", "low", "mode", "high", "value")
_LINES = {
    "naive": Look("naive: all of it is officers' work", "#d55e00", mark="none"),
    "simulated": Look("simulated", "#0072b2"),
    "rest": Look("what is not the officers' part", "#4a5563", "--", mark="none"),
}
_PARTIES = {name: name for name in ("trader", "port", *AGENCIES)}
_BARS = {"share": Look("", "#1d5f9e")}


def measure(effort: Effort, speeds: Sequence[float] = SPEEDS) -> pd.DataFrame:
    """Hours from arrival to release by speed of officers, and the share of each party in them."""
    port = scenario("serial")
    study = simulate({f"{speed:g}": faster(port, speed) for speed in speeds}, effort)
    times = {speed: mean_of(study, f"{speed:g}", OVERALL) for speed in speeds}
    at_first = times[speeds[0]].estimate
    shares = {
        party: mean_of(study, f"{speeds[0]:g}", f"critical.party.{party}") for party in _PARTIES
    }
    rest = 1 - sum(shares[agency].estimate for agency in AGENCIES)
    return table(
        [
            *(Row("speed", "simulated", speed, "h", time) for speed, time in times.items()),
            *(Row("speed", "naive", speed, "h", exact(at_first / speed)) for speed in speeds),
            *(Row("speed", "rest", speed, "h", exact(at_first * rest)) for speed in speeds),
            *(
                Row("parties", "share", party, "%", in_percent(share))
                for party, share in shares.items()
            ),
        ]
    )


def faster(port: Data, speed: float) -> Data:
    """Return the port with all work of customs and quarantine done so many times as fast."""
    data = deepcopy(port)
    for workflow in data["workflows"].values():
        for step in workflow["steps"].values():
            if step["party"] in AGENCIES:
                duration = step["duration"]
                duration.update({key: duration[key] / speed for key in _TIMES if key in duration})
    return data


def draw(rows: pd.DataFrame) -> Figure:
    """Draw whose time it is, and the time over the speed of officers."""
    figure, (left, right) = panels(2, [1.0, 1.3])
    draw_bars(left, rows[rows["panel"] == "parties"], _BARS, _PARTIES)
    entitle(left, "Who the release waits for", "", "per cent; the rest are agencies at the vessel")
    draw_lines(right, rows[rows["panel"] == "speed"], _LINES, legend="center right")
    right.set_ylim(bottom=0)
    entitle(right, "Faster officers", "speed of all officers, as a multiple", "hours to release")
    return figure
