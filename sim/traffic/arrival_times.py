"""When the conveyances of a stream arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from sim.scenario.arrivals import Factors, LinerCalls, Profile, Timetable
from sim.scenario.errors import InputError
from sim.scenario.hours import WEEKDAYS, clock_minutes
from sim.traffic.disruptions import surged
from sim.traffic.distributions import sample, ticks
from sim.traffic.draws import Draws
from sim.traffic.rates import DAY, HOUR, CumulativeRate, cumulative, month_factors, profile_rates

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_WEEK = 7 * DAY


@dataclass(frozen=True)
class ArrivalTimes:
    """Arrivals of one stream, in order of their identity. Times in ticks.

    Attributes:
        entity: identity by which draws are keyed: the number of the call or of the run.
        arrival: time of arrival, as planned for one that is cancelled.
        timetable: its time in the timetable; the arrival where there is none.
        cancelled: whether it does not come.
    """

    entity: Ints
    arrival: Ints
    timetable: Ints
    cancelled: NDArray[np.bool_]


def draw_arrivals(
    where: str,
    arrivals: LinerCalls | Profile | Timetable,
    last: int,
    first_day: int,
    surge: Sequence[tuple[int, int, float]],
    draws: Draws,
) -> ArrivalTimes:
    """Draw the conveyances of a stream that arrive before a time.

    Args:
        where: the key of the stream, for errors.
        arrivals: as in the scenario.
        last: ticks before which arrivals count.
        first_day: day of the year on which tick 0 falls, from 0.
        surge: windows in ticks with factors on the rate; a timetable keeps its runs.
        draws: those of the stream.

    Raises:
        InputError: conveyances arrive all at once.
    """
    match arrivals:
        case LinerCalls():
            season = _season(arrivals.months, last, first_day)
            is_even = arrivals.months is None and not surge
            return _calls(where, arrivals, None if is_even else surged(season, surge), last, draws)
        case Profile():
            rate = surged(_hourly(arrivals, last, first_day), surge)
            return _poisson(rate, last, draws)
        case Timetable():
            return _runs(arrivals, last, draws)
        case _:
            assert_never(arrivals)


def _season(months: Factors | None, last: int, first_day: int) -> CumulativeRate:
    days = -(-last // DAY)
    return cumulative(np.arange(days + 1) * DAY, month_factors(months, first_day, days))


def _hourly(profile: Profile, last: int, first_day: int) -> CumulativeRate:
    days = -(-last // DAY)
    season = np.repeat(month_factors(profile.months, first_day, days), 24)
    return cumulative(np.arange(24 * days + 1) * HOUR, profile_rates(profile, 24 * days) * season)


def _calls(
    where: str, calls: LinerCalls, rate: CumulativeRate | None, last: int, draws: Draws
) -> ArrivalTimes:
    """Renewal arrivals; a season or a surge stretches and squeezes the time between them."""

    def gaps(entity: Ints) -> Floats:
        hours = sample(calls.interarrival, draws.uniform("interarrival", entity))
        return ticks(hours).astype(np.float64)

    end = float(last) if rate is None else float(rate.total[-1])
    operational = _sums_until(where, gaps, end)
    arrival = operational.astype(np.int64) if rate is None else rate.clock(operational)
    return _all_come(last, arrival)


def _poisson(rate: CumulativeRate, last: int, draws: Draws) -> ArrivalTimes:
    def gaps(entity: Ints) -> Floats:
        return -np.log1p(-draws.uniform("interarrival", entity))

    arrival = rate.clock(_sums_until("", gaps, float(rate.total[-1])))
    return _all_come(last, arrival)


def _sums_until(where: str, gaps: Callable[[Ints], Floats], end: float) -> Floats:
    """Partial sums of gaps below an end."""
    number = 64
    while True:
        sums = np.cumsum(gaps(np.arange(number, dtype=np.int64)))
        if not sums[-1]:
            raise InputError(f"{where}.arrivals.interarrival: conveyances arrive all at once")
        if sums[-1] >= end:
            return np.asarray(sums[sums < end])
        number *= 2


def _runs(timetable: Timetable, last: int, draws: Draws) -> ArrivalTimes:
    """Runs of a weekly timetable, each with its own deviation; some are cancelled."""
    minutes = [
        24 * 60 * day + clock_minutes(time)
        for day, weekday in enumerate(WEEKDAYS)
        for time in timetable.week.get(weekday, ())
    ]
    early = int(ticks(timetable.early_hours))
    weeks = (last + early) // _WEEK + 1
    planned = (np.arange(weeks)[:, None] * _WEEK + 60 * np.array(minutes)).ravel()
    entity = np.arange(len(planned), dtype=np.int64)
    arrival = planned - early
    if timetable.deviation:
        luck = draws.uniform("deviation", entity)
        arrival = arrival + ticks(sample(timetable.deviation, luck))
    cancelled = draws.uniform("cancelled", entity) < timetable.cancelled_share
    early = arrival < last
    return ArrivalTimes(
        entity[early], np.maximum(0, arrival[early]), planned[early], cancelled[early]
    )


def _all_come(last: int, arrival: Ints) -> ArrivalTimes:
    early = np.flatnonzero(arrival < last)
    times = arrival[early]
    return ArrivalTimes(early, times, times, np.zeros(len(early), dtype=np.bool_))
