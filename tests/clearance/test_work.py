import numpy as np
import pytest
from numpy.typing import NDArray

from sim.clearance.calendars import Calendar
from sim.clearance.capacity import WEEK, OpenTime
from sim.clearance.work import earliest_ticks, work_ticks
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, column, constant, step

HOUR, DAY = 3600, 86_400
ENTITIES = column(*range(1000))
DRAWN = np.full(1000, np.nan)


def at(arrival: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Moments of conveyances that keep no timetable."""
    return {"arrival": arrival, "timetable": arrival}


def test_a_duration_the_traffic_fixes_is_that_of_the_case() -> None:
    one = step("a", duration={"attribute": "load_hours"})
    hours = {"load_hours": np.array([1.0, 2.5, 4.0])}
    ticks = work_ticks(one, 0, column(7, 7, 7), column(2, 0, 1), hours, Draws(1, 0))
    assert ticks.tolist() == [4 * HOUR, HOUR, 2.5 * HOUR]


def test_work_is_drawn_by_origin_and_entity() -> None:
    draws = Draws(1, 0)
    long = {"dist": "exponential", "mean": 1.0, **ASSUMED}
    first, second = step("a", duration=long), step("b", duration=long)
    one = work_ticks(first, 0, ENTITIES, ENTITIES, {}, draws)
    other = work_ticks(second, 0, ENTITIES, ENTITIES, {}, draws)
    assert (one != other).mean() > 0.99
    assert (work_ticks(first, 0, ENTITIES[5:9], ENTITIES[:4], {}, draws) == one[5:9]).all()


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        pytest.param(None, [0, 0], id="none"),
        pytest.param({"arrival_offset": constant(5.0)}, [5 * HOUR, 105 * HOUR], id="after arrival"),
        pytest.param(
            {"arrival_offset": constant(5.0), "ahead": True},
            [0, 95 * HOUR],
            id="before arrival, never before the beginning",
        ),
    ],
)
def test_triggers_count_from_the_arrival(trigger: object, expected: list[int]) -> None:
    one = step("a", "b", trigger=trigger)
    arrival = column(0, 100 * HOUR)
    found = earliest_ticks(one, column(1, 2), at(arrival), DRAWN[:2], {}, Draws(1, 0))
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("party", "ahead", "expected"),
    [
        pytest.param("trader", True, [95 * HOUR, 70 * HOUR, 0], id="what it lodges in advance"),
        pytest.param("customs", True, [95 * HOUR] * 3, id="of the trader alone"),
        pytest.param("trader", False, [105 * HOUR] * 3, id="before the arrival alone"),
    ],
)
def test_a_case_known_to_lodge_in_advance_does_so_by_its_own_lead(
    party: str, ahead: bool, expected: list[int]
) -> None:
    trigger = {"arrival_offset": constant(5.0), "ahead": ahead}
    one = step("a", party=party, trigger=trigger)
    arrival = np.full(3, 100 * HOUR)
    lead = np.array([np.nan, 30 * HOUR, 200 * HOUR])
    assert (
        earliest_ticks(one, column(1, 2, 3), at(arrival), lead, {}, Draws(1, 0)).tolist()
        == expected
    )


def test_triggers_have_luck_of_their_own() -> None:
    spread = {"dist": "uniform", "low": 0.0, "high": 10.0, **ASSUMED}
    one = step("a", trigger={"arrival_offset": spread}, duration=spread)
    draws, nothing = Draws(1, 0), np.zeros(len(ENTITIES), dtype=np.int64)
    offsets = earliest_ticks(one, ENTITIES, at(nothing), DRAWN, {}, draws)
    assert (offsets >= 0).all()
    assert offsets.max() <= 10 * HOUR
    work = work_ticks(one, 0, ENTITIES, ENTITIES, {}, draws)
    assert abs(np.corrcoef(offsets, work)[0, 1]) < 0.1


@pytest.mark.parametrize(
    ("ahead", "hours", "expected"),
    [
        pytest.param(True, 6.0, [-3 * DAY + 12 * HOUR, DAY + 11 * HOUR], id="back"),
        pytest.param(False, 2.0, [12 * HOUR, 2 * DAY + 11 * HOUR], id="on"),
    ],
)
def test_a_trigger_may_count_working_hours_only(
    ahead: bool, hours: float, expected: list[int]
) -> None:
    """Vessels of a Monday at ten and a Tuesday at eleven at night; traders work nine to five."""
    week = tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(5))
    trigger = {"arrival_offset": constant(hours), "ahead": ahead, "hours": "office"}
    one = step("a", party="port", trigger=trigger)
    arrival = WEEK + column(10 * HOUR, DAY + 23 * HOUR)
    found = earliest_ticks(
        one, column(1, 2), at(arrival), DRAWN[:2], {"office": Calendar(OpenTime(week))}, Draws(1, 0)
    )
    assert (found - WEEK).tolist() == expected


def test_a_trigger_by_the_timetable_knows_no_deviation() -> None:
    trigger = {"arrival_offset": constant(2.0), "since": "timetable", "ahead": True}
    one = step("a", party="port", trigger=trigger)
    moments = {"arrival": column(9 * HOUR, 14 * HOUR), "timetable": column(10 * HOUR, 10 * HOUR)}
    found = earliest_ticks(one, column(1, 2), moments, DRAWN[:2], {}, Draws(1, 0))
    assert found.tolist() == [8 * HOUR, 8 * HOUR]
