"""Working hours: the weekly pattern a pool or a party keeps."""

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator

from sim.scenario.base import Label, Sourced, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_PER_DAY = 24 * 60

_CLOCK = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")
_SPAN = re.compile(r"^([0-2]\d):([0-5]\d)-([0-2]\d):([0-5]\d)$")


def span_minutes(span: str) -> tuple[int, int]:
    """Turn ``08:30-12:00`` into minutes of the day. ``24:00`` ends a day.

    Raises:
        ValueError: the text is no span of one day.
    """
    match = _SPAN.match(span)
    if match is None:
        raise ValueError(f"'{span}' is not a span of hours; write it as '08:30-12:00', quoted")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = 60 * start_hour + start_minute, 60 * end_hour + end_minute
    if not 0 <= start < end <= MINUTES_PER_DAY:
        raise ValueError(f"'{span}' does not end after it starts within one day")
    return start, end


def clock_minutes(time: str) -> int:
    """Turn ``08:30`` into minutes of the day.

    Raises:
        ValueError: the text is no time of the day.
    """
    match = _CLOCK.match(time)
    if match is None:
        raise ValueError(f"'{time}' is not a time of day; write it as '08:30', quoted")
    return 60 * int(match[1]) + int(match[2])


def _in_order(spans: tuple[str, ...]) -> tuple[str, ...]:
    minutes = [span_minutes(span) for span in spans]
    for (_, end), (start, _) in pairwise(minutes):
        if start < end:
            raise ValueError(f"spans {', '.join(spans)} overlap or are out of order")
    return spans


Spans = Annotated[tuple[Text, ...], AfterValidator(_in_order)]


class Hours(Sourced):
    """Open spans for each weekday; a day not named is closed.

    ``holidays: closed`` follows the calendar of holidays, with its working days at weekends;
    ``keeps`` is the same every week.
    """

    label: Label
    holidays: Literal["keeps", "closed"] = "keeps"
    week: dict[Weekday, Spans]
