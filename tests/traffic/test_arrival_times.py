from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy.stats import chisquare

from sim.scenario.arrivals import Arrivals
from sim.scenario.errors import InputError
from sim.traffic.arrival_times import ArrivalTimes, draw_arrivals
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, constant

HOUR, DAY = 3600, 86_400


def arrive(
    days: float = 14,
    first_day: int = 0,
    surge: tuple[tuple[int, int, float], ...] = (),
    seed: int = 1,
    **fields: Any,
) -> ArrivalTimes:
    arrivals: Any = TypeAdapter(Arrivals).validate_python({**ASSUMED, **fields})
    return draw_arrivals(
        "traffic.conveyances.x", arrivals, round(days * DAY), first_day, surge, Draws(seed, 0)
    )


def timetable(**fields: Any) -> dict[str, Any]:
    return {"kind": "timetable", "week": {"mon": ["08:00", "20:00"], "thu": ["12:30"]}, **fields}


def poisson(**fields: Any) -> dict[str, Any]:
    return {"kind": "profile", "per_day": 100.0, "hours": [1.0] * 24, **fields}


def liner_calls(**fields: Any) -> dict[str, Any]:
    gaps = {"dist": "erlang", "shape": 4, "mean": 2.0, **ASSUMED}
    return {"kind": "calls", "interarrival": gaps, **fields}


def hours(times: ArrivalTimes) -> list[float]:
    return (times.arrival / HOUR).tolist()


def test_a_timetable_repeats_every_week() -> None:
    assert hours(arrive(**timetable())) == [8, 20, 84.5, 176, 188, 252.5]
    assert arrive(**timetable()).entity.tolist() == [0, 1, 2, 3, 4, 5]


def test_runs_are_there_early_and_late() -> None:
    found = arrive(**timetable(early_hours=2.0, deviation=constant(0.5)))
    assert hours(found) == [6.5, 18.5, 83, 174.5, 186.5, 251]
    assert (found.timetable / HOUR).tolist() == [8, 20, 84.5, 176, 188, 252.5]


def test_nobody_arrives_before_the_beginning() -> None:
    assert hours(arrive(days=1, **timetable(early_hours=10.0))) == [0, 10]


def test_a_run_that_comes_early_belongs_to_the_week_in_which_it_comes() -> None:
    """Its time lies after the end, its arrival before; a longer run has it at the same time."""
    short = arrive(days=13.9, **timetable(early_hours=12.0))
    long = arrive(days=30, **timetable(early_hours=12.0))
    assert hours(short)[-1] == 14 * 24 - 4
    assert long.arrival[: len(short.arrival)].tolist() == short.arrival.tolist()
    assert long.arrival[len(short.arrival)] >= 13.9 * DAY


def test_each_run_has_a_deviation_of_its_own() -> None:
    spread = {"dist": "uniform", "low": 0.0, "high": 3.0, **ASSUMED}
    plain, late = arrive(700, **timetable()), arrive(690, **timetable(deviation=spread))
    delay = (late.arrival - plain.arrival[late.entity]) / HOUR
    assert ((delay >= 0) & (delay <= 3)).all()
    assert delay.mean() == pytest.approx(1.5, abs=4 * 3 / np.sqrt(12 * len(delay)))


def test_a_share_of_the_runs_is_cancelled_and_the_others_keep_their_luck() -> None:
    spread = {"dist": "uniform", "low": 0.0, "high": 3.0, **ASSUMED}
    every, some = (
        arrive(2000, **timetable(deviation=spread, cancelled_share=share)) for share in (0.0, 0.3)
    )
    runs = len(every.entity)
    assert some.cancelled.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / runs))
    assert not every.cancelled.any()
    assert (every.arrival == some.arrival).all()


@pytest.mark.parametrize("share", [0.2, 0.6])
def test_more_cancellations_bring_nobody_back(share: float) -> None:
    few, many = (arrive(500, **timetable(cancelled_share=one)) for one in (share, share + 0.1))
    assert (few.cancelled <= many.cancelled).all()
    assert few.cancelled.sum() < many.cancelled.sum()


def test_none_comes_when_all_are_cancelled() -> None:
    assert arrive(**timetable(cancelled_share=1.0)).cancelled.all()


def test_arrivals_follow_the_hours_of_the_day() -> None:
    weights = [0.0] * 6 + [1.0, 2.0, 3.0] + [1.0] * 10 + [0.0] * 5
    found = arrive(400, **poisson(hours=weights)).arrival
    time = found % DAY
    assert ((time >= 6 * HOUR) & (time <= 19 * HOUR)).all()
    counts = np.bincount(np.minimum(time, 19 * HOUR - 1) // HOUR, minlength=24)
    opened = np.array(weights) > 0
    expected = np.array(weights)[opened] / sum(weights) * len(found)
    assert chisquare(counts[opened], expected).pvalue > 0.001
    assert len(found) / 400 == pytest.approx(100, abs=4 * np.sqrt(100 / 400))


def test_a_night_without_traffic_delays_nobody_to_the_day_after() -> None:
    """The first of each morning comes soon after six, not a night of exponential waiting later."""
    weights = [0.0] * 6 + [1.0] * 12 + [0.0] * 6
    found = arrive(50, **poisson(hours=weights)).arrival
    first = [(found[found // DAY == day] % DAY).min() / HOUR for day in range(50)]
    assert min(first) >= 6
    assert np.mean(first) == pytest.approx(6 + 12 / 100, abs=4 * (12 / 100) / np.sqrt(50))


def test_gaps_of_an_even_profile_are_exponential() -> None:
    gaps = np.diff(arrive(200, **poisson()).arrival)
    assert gaps.mean() == pytest.approx(DAY / 100, rel=0.03)
    assert gaps.std() / gaps.mean() == pytest.approx(1, abs=0.03)


def test_weekends_are_quiet() -> None:
    found = arrive(700, **poisson(weekdays={"sat": 0.25, "sun": 0.0})).arrival
    counts = np.bincount(found // DAY % 7, minlength=7)
    assert counts[6] == 0
    assert counts[5] / counts[:5].mean() == pytest.approx(0.25, abs=0.02)


SEASON = [1.0, 0.5, *[1.0] * 9, 2.0]


@pytest.mark.parametrize("way", [poisson, liner_calls], ids=["profile", "calls"])
def test_seasons_thin_out_and_crowd_arrivals(way: Any) -> None:
    found = arrive(365, **way(months=SEASON)).arrival // DAY
    january, february, december = (
        ((found >= first) & (found < last)).sum() / (last - first)
        for first, last in ((0, 31), (31, 59), (334, 365))
    )
    assert february / january == pytest.approx(0.5, abs=0.08)
    assert december / january == pytest.approx(2.0, abs=0.2)


def test_seasons_count_from_the_date_of_the_start() -> None:
    """A run that begins on 1 December is busy from the first day."""
    december, january = (
        len(arrive(30, first_day, **poisson(months=SEASON)).arrival) for first_day in (334, 0)
    )
    assert december / january == pytest.approx(2.0, abs=0.2)


def test_a_season_of_ones_is_no_season() -> None:
    even, flat = arrive(60, **liner_calls()), arrive(60, **liner_calls(months=[1.0] * 12))
    assert even.arrival.tolist() == flat.arrival.tolist()


def test_a_month_without_calls_has_none_and_the_next_begins_at_once() -> None:
    found = arrive(90, **liner_calls(months=[1.0, 0.0, *[1.0] * 10])).arrival / DAY
    assert not ((found > 31) & (found < 59)).any()
    assert found[found >= 59][0] < 59.5


@pytest.mark.parametrize("way", [poisson, liner_calls], ids=["profile", "calls"])
def test_a_surge_multiplies_arrivals_within_its_window_alone(way: Any) -> None:
    window = (100 * DAY, 200 * DAY, 3.0)
    calm, busy = (arrive(300, surge=surge, **way()).arrival for surge in ((), (window,)))
    early, during, late = (
        [((found >= first * DAY) & (found < last * DAY)).sum() for found in (calm, busy)]
        for first, last in ((0, 100), (100, 200), (200, 300))
    )
    assert early[0] == early[1]
    assert during[1] / during[0] == pytest.approx(3, rel=0.06)
    assert late[1] / late[0] == pytest.approx(1, rel=0.06)


@given(st.floats(1.0, 4.0), st.integers(0, 10), st.integers(1, 10))
def test_a_surge_makes_nobody_later(factor: float, start: int, days: int) -> None:
    window = (start * DAY, (start + days) * DAY, factor)
    calm, busy = (arrive(14, surge=surge, **poisson()).arrival for surge in ((), (window,)))
    assert len(busy) >= len(calm)
    assert (busy[: len(calm)] <= calm).all()


def test_a_timetable_keeps_its_runs_in_a_surge() -> None:
    window = (0, 14 * DAY, 5.0)
    assert hours(arrive(surge=(window,), **timetable())) == hours(arrive(**timetable()))


@pytest.mark.parametrize(
    "fields",
    [
        timetable(deviation={"dist": "exponential", "mean": 5.0, **ASSUMED}, cancelled_share=0.1),
        poisson(weekdays={"sun": 0.2}, months=SEASON),
        liner_calls(months=SEASON),
        liner_calls(),
    ],
    ids=["timetable", "profile", "calls of a season", "calls"],
)
@pytest.mark.parametrize("days", [9.0, 13.5, 14.0])
def test_a_longer_run_leaves_earlier_arrivals_alone(fields: dict[str, Any], days: float) -> None:
    short, long = arrive(days, **fields), arrive(40, **fields)
    known = dict(zip(long.entity.tolist(), long.arrival.tolist(), strict=True))
    assert [known[entity] for entity in short.entity.tolist()] == short.arrival.tolist()
    early = long.arrival < round(days * DAY)
    assert early.sum() == len(short.arrival)


def test_calls_that_come_all_at_once_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        arrive(kind="calls", interarrival=constant(0.00001))
    assert str(caught.value) == (
        "traffic.conveyances.x.arrivals.interarrival: conveyances arrive all at once"
    )


def test_arrivals_depend_on_the_seed() -> None:
    one, other = (arrive(seed=seed, **poisson()).arrival for seed in (1, 2))
    assert not np.array_equal(one[:10], other[:10])
