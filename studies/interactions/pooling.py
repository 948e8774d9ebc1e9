"""Two lines made one, against Erlang's formula: what pooling gains depends on load and balance.

Two teams with the same load wait less as one, though nobody works faster. A yard smaller than the
two it replaces still does where these were loaded unequally, and does not where they were not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from sim.study.intervals import Interval, t_interval
from studies.interactions.drawing import Look, draw_lines, entitle, panels
from studies.interactions.erlang import mean_wait
from studies.interactions.estimates import CONFIDENCE, Row, exact, table
from studies.interactions.experiment import Data, Effort, simulate, with_reform
from studies.interactions.poisson_yard import poisson_yard
from studies.interactions.pooled_lines import pooling

TEAMS = ("customs.examiners", "quarantine.examiners")
OFFICERS = 4
INSPECTION_HOURS = 0.5
LOADS = (0.6, 0.7, 0.8, 0.9)
SITES = ("customs_site", "quarantine_site")
BAYS = (29, 38)
POOLED_BAYS = 50
STAY_HOURS = 3.0
BOXES_PER_HOUR = 15.0
SHARES = (0.35, 0.45, 0.5, 0.55, 0.6)
_WAITING = ("party.customs.waiting", "party.quarantine.waiting")
_LOOKS = {
    "apart": Look("apart, simulated", "#d55e00", line="none"),
    "apart_theory": Look("apart, Erlang C", "#d55e00", mark="none"),
    "pooled": Look("pooled, simulated", "#0072b2", line="none"),
    "pooled_theory": Look("pooled, Erlang C", "#0072b2", mark="none"),
}


def measure(
    effort: Effort, loads: Sequence[float] = LOADS, shares: Sequence[float] = SHARES
) -> pd.DataFrame:
    """Mean hours in line, simulated and exact, of two teams by load and two yards by balance."""
    return table([*_teams(effort, loads), *_yards(effort, shares)])


def _teams(effort: Effort, loads: Sequence[float]) -> Iterator[Row]:
    for load in loads:
        per_hour = 2 * OFFICERS * load / INSPECTION_HOURS
        apart = poisson_yard(per_hour, 0.5, INSPECTION_HOURS, TEAMS)
        for agency in ("customs", "quarantine"):
            apart["agencies"][agency]["examiners"] = OFFICERS
        theory = {
            "apart": mean_wait(per_hour / 2, INSPECTION_HOURS, OFFICERS),
            "pooled": mean_wait(per_hour, INSPECTION_HOURS, 2 * OFFICERS),
        }
        yield from _rows("teams", load, _simulated(apart, TEAMS, 2 * OFFICERS, effort), theory)


def _yards(effort: Effort, shares: Sequence[float]) -> Iterator[Row]:
    for share in shares:
        apart = poisson_yard(BOXES_PER_HOUR, share, STAY_HOURS, SITES)
        for site, bays in zip(SITES, BAYS, strict=True):
            apart["port"]["facilities"][site]["capacity"] = bays
        of_each = [
            part * mean_wait(part * BOXES_PER_HOUR, STAY_HOURS, bays)
            for part, bays in zip((share, 1 - share), BAYS, strict=True)
        ]
        theory = {
            "apart": sum(of_each),
            "pooled": mean_wait(BOXES_PER_HOUR, STAY_HOURS, POOLED_BAYS),
        }
        yield from _rows("yards", share, _simulated(apart, SITES, POOLED_BAYS, effort), theory)


def _simulated(
    apart: Data, pools: tuple[str, str], units: int, effort: Effort
) -> dict[str, Interval]:
    """Mean hours in line of all boxes, in two lines and in one."""
    pooled = with_reform(apart, "pooled", pooling(pools, units, "road_import"))
    values = simulate({"apart": apart, "pooled": pooled}, effort, cool_down=1.0).replications
    waits = values[values["kpi"].isin(_WAITING)]
    by_replication = waits.groupby(["scenario", "replication"])["value"].sum()
    return {
        point: t_interval(by_replication[point].to_numpy(), CONFIDENCE)
        for point in ("apart", "pooled")
    }


def _rows(
    panel: str, x: float, waits: Mapping[str, Interval], theory: Mapping[str, float]
) -> Iterator[Row]:
    for series, wait in waits.items():
        yield Row(panel, series, x, "h", wait)
        yield Row(panel, f"{series}_theory", x, "h", exact(theory[series]))


def draw(rows: pd.DataFrame) -> Figure:
    """Draw waits over the load of two teams, and over the balance of two yards."""
    figure, (left, right) = panels(2)
    draw_lines(left, rows[rows["panel"] == "teams"], _LOOKS)
    entitle(
        left,
        f"Two teams of {OFFICERS}, or one of {2 * OFFICERS}",
        "load of each team",
        "hours in line",
    )
    draw_lines(right, rows[rows["panel"] == "yards"], _LOOKS)
    entitle(
        right,
        f"Yards of {BAYS[0]} and {BAYS[1]} bays, or one of {POOLED_BAYS}",
        "share of boxes for the smaller yard",
        "hours in line",
    )
    return figure
