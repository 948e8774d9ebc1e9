"""Dates as written in YAML: quoted, year first."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator

from sim.scenario.base import Text

_YEARS = range(1900, 2101)


def _iso_date(given: str) -> str:
    try:
        parsed = date.fromisoformat(given)
    except ValueError:
        parsed = None
    if parsed is None or parsed.isoformat() != given:
        raise ValueError(f"'{given}' is not a date; write it as '2017-01-02', quoted")
    if not _YEARS.start <= parsed.year < _YEARS.stop:
        raise ValueError(f"'{given}' is not from {_YEARS.start} to {_YEARS.stop - 1}")
    return given


def _monday(given: str) -> str:
    day = date.fromisoformat(given)
    if day.weekday():
        raise ValueError(f"a run starts on a Monday, '{given}' is a {day:%A}")
    return given


IsoDate = Annotated[Text, AfterValidator(_iso_date)]
Monday = Annotated[IsoDate, AfterValidator(_monday)]


def days_after(first: str, days: int) -> str:
    """Return the date that many days after another."""
    return (date.fromisoformat(first) + timedelta(days=days)).isoformat()


def days_between(first: str, second: str) -> int:
    """Return the days from one date to another, below 0 if that comes earlier."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def day_of_year(given: str) -> int:
    """Return the number of the day in its year, from 0."""
    return date.fromisoformat(given).timetuple().tm_yday - 1
