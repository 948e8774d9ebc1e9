"""The column of arrivals of a traffic file as ticks: local times, or hours from the start."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.files.cells import Cells
from sim.scenario.errors import InputError
from sim.traffic.distributions import TICKS_PER_HOUR, ticks

_TIME = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?"
_ZONE = r".*\d\d:\d\d\S*\s?(Z|[+-]\d\d:?\d\d)"
_ADVICE = "write it as 2024-01-05 08:30 or as hours from the start"
# A simulation is months or years long; more hours than this are a mistake, and overflow as ticks.
_MOST_HOURS = 1_000_000


def arrival_ticks(cells: Cells, column: str, start: date | None) -> NDArray[np.int64]:
    """Return shape (n,), ticks from the start; rows before it, or out of order, are refused.

    Args:
        cells: the table.
        column: ISO times without a zone throughout, or hours throughout; the first cell tells.
        start: the Monday at whose 00:00 the simulation starts, if it is tied to a date.

    Raises:
        InputError: times in the file but no start, or all of them before it; a start that is no
            Monday.
    """
    if start is not None and start.weekday() != 0:
        raise InputError(f"start date: {start} is a {start:%A}; a simulation starts on a Monday")
    given = cells.text(column)
    if "-" in given.iloc[0][1:] and "e" not in given.iloc[0].lower():
        if start is None:
            raise InputError(
                f"{cells.table.where}: {column}: {given.iloc[0]!r} is a time, but the scenario has "
                "no start date"
            )
        arrival = _from_times(cells, column, given, start)
    else:
        arrival = ticks(np.nan_to_num(cells.numbers(column, 0, _MOST_HOURS)))
    earlier = np.concatenate([[False], arrival[1:] < arrival[:-1]])
    cells.refuse(
        column,
        earlier,
        lambda at: f"{given[at]} is before {given[at - 1]} in the row above; sort by arrival",
    )
    return arrival


def _from_times(cells: Cells, column: str, given: pd.Series[str], start: date) -> NDArray[np.int64]:
    zoned = given.str.fullmatch(_ZONE).to_numpy(dtype=bool)
    cells.refuse(
        column, zoned, lambda at: f"{given[at]!r} has a zone; write the local time of the port"
    )
    shaped = given.str.fullmatch(_TIME).to_numpy(dtype=bool)
    times = pd.to_datetime(given.where(shaped), format="ISO8601", errors="coerce")
    unknown = times.isna().to_numpy()
    cells.refuse(column, unknown, lambda at: f"{given[at]!r} is not a time; {_ADVICE}")
    _refuse_another_start(cells.table.where, column, times, start)
    hours = ((times - pd.Timestamp(start)) / pd.Timedelta(hours=1)).to_numpy()
    cells.refuse(column, hours < 0, lambda at: f"{given[at]} is before the start, {start}")
    cells.refuse(
        column, hours > _MOST_HOURS, lambda at: f"{given[at]} is more than a century later"
    )
    # A row that is refused anyway stands in for the one above, so that the one below is not blamed.
    known = pd.Series(np.where(unknown, np.nan, hours)).ffill().fillna(0.0).to_numpy()
    return np.asarray(np.rint(known * TICKS_PER_HOUR), dtype=np.int64)


def _refuse_another_start(
    where: str, column: str, times: pd.Series[pd.Timestamp], start: date
) -> None:
    """Say once, not row by row, that a file and the scenario are about different times."""
    first, last = times.min(), times.max()
    if last < pd.Timestamp(start):
        monday = first.date() - timedelta(days=first.weekday())
        raise InputError(
            f"{where}: {column}: all times, {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}, are "
            f"before experiment.start_date, {start}; did you mean '{monday}'?"
        )
