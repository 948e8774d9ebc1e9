"""Consignments of traced replications side by side: the same ones, under the same luck."""

from __future__ import annotations

import pandas as pd

from sim.study.study import Study

HOUR = 3600
KEY = ["replication", "case"]


def measured(study: Study, *points: str) -> list[pd.DataFrame]:
    """Consignments measured in all of these scenarios, by replication and case, in equal order."""
    chosen = study.consignments[study.consignments["measured"]]
    frames = [chosen[chosen["scenario"] == point].set_index(KEY) for point in points]
    common = frames[0].index
    for frame in frames[1:]:
        common = common.intersection(frame.index)
    return [frame.loc[common] for frame in frames]


def hours_between(consignments: pd.DataFrame, start: str, end: str) -> pd.Series[float]:
    """Hours from one milestone of each consignment to another."""
    ticks = consignments[end].astype("float64") - consignments[start].astype("float64")
    return ticks / HOUR


def hours_saved(before: pd.DataFrame, after: pd.DataFrame, milestone: str) -> pd.Series[float]:
    """Hours by which each consignment reaches a milestone earlier."""
    return (before[milestone].astype("float64") - after[milestone].astype("float64")) / HOUR


def last_end(study: Study, point: str, step: str) -> pd.Series[float]:
    """Tick at which the last activity of a step of each consignment ended, by replication and case.

    Consignments without the step are not in it.
    """
    activities = study.activities
    chosen = activities[(activities["scenario"] == point) & (activities["step"] == step)]
    return chosen.groupby(KEY)["end"].max().astype("float64")


def work_hours(study: Study, point: str, *steps: str) -> pd.Series[float]:
    """Hours from start to end of steps, summed over each consignment that has any of them."""
    activities = study.activities
    chosen = activities[(activities["scenario"] == point) & activities["step"].isin(steps)]
    hours = (chosen["end"] - chosen["start"]) / HOUR
    return hours.groupby([chosen[key] for key in KEY]).sum()
