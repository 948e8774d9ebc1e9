"""Working hours over time: the weekly pattern, with holidays where the hours follow them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.clearance.capacity import WEEK, Capacity, Spans, combined, one_within
from sim.scenario.dates import days_between
from sim.scenario.hours import MINUTES_PER_DAY, WEEKDAYS, Hours, span_minutes
from sim.scenario.resources import Roster
from sim.scenario.scenario import Scenario

_TICKS_PER_MINUTE = 60


def working_hours(scenario: Scenario) -> dict[str, Capacity]:
    """Return all working hours by name, as one unit that is there while they are open."""
    kept_as = _special_days(scenario)
    return {name: _open_unit(hours, kept_as) for name, hours in scenario.hours.items()}


def rostered(roster: Roster, hours: Mapping[str, Capacity]) -> Capacity:
    """Return the units of a roster over time; where its hours overlap the units add up."""
    numbers = tuple(roster.values())
    return combined(
        lambda is_open: sum(number * unit for number, unit in zip(numbers, is_open, strict=True)),
        [hours[name] for name in roster],
    )


def _special_days(scenario: Scenario) -> dict[int, str]:
    """What each day that is not like others is kept as, by its number from the start."""
    start = scenario.experiment.start_date
    days = {
        days_between(start, day): holiday.kept_as
        for holiday in scenario.holidays.values()
        for day in holiday.dates
    }
    return {day: kept_as for day, kept_as in days.items() if day >= 0}


def _open_unit(hours: Hours, kept_as: Mapping[int, str]) -> Capacity:
    weekly = one_within(_spans(hours, WEEKDAYS), WEEK)
    if not kept_as or hours.holidays == "keeps":
        return Capacity(weekly)
    weeks = max(kept_as) // len(WEEKDAYS) + 1
    days = [kept_as.get(day, weekday) for day, weekday in enumerate(WEEKDAYS * weeks)]
    return Capacity(weekly, one_within(_spans(hours, days), weeks * WEEK), weeks * WEEK)


def _spans(hours: Hours, days: Sequence[str]) -> Spans:
    """Open spans in ticks from the first of some days; each is kept as a weekday or ``closed``."""
    open_on: Mapping[str, Sequence[str]] = {str(day): spans for day, spans in hours.week.items()}
    return tuple(
        (
            (day * MINUTES_PER_DAY + start) * _TICKS_PER_MINUTE,
            (day * MINUTES_PER_DAY + end) * _TICKS_PER_MINUTE,
        )
        for day, kept_as in enumerate(days)
        for start, end in map(span_minutes, open_on.get(kept_as, ()))
    )
