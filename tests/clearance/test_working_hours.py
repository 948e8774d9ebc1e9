"""Working hours and rosters over time."""

from __future__ import annotations

from typing import Any

import pytest

from sim.clearance.capacity import WEEK, Capacity, OpenTime, open_time
from sim.clearance.working_hours import rostered, working_hours
from sim.command.configuration import composed_data
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED, LABEL, shipped

HOUR, DAY = 3600, 86_400


def of(week: dict[str, list[str]], holidays: str = "keeps", **days: dict[str, Any]) -> OpenTime:
    """Open time of hours from Monday 2017-01-02 on."""
    hours = {"label": LABEL, "week": week, "holidays": holidays, **ASSUMED}
    kept = {name: {"label": LABEL, **ASSUMED, **day} for name, day in days.items()}
    scenario = shipped("serial", hours__tried=hours, holidays=kept)
    return open_time(working_hours(scenario)["tried"])


def day(first: str, kept_as: str = "closed", days: int = 1) -> dict[str, Any]:
    return {"first": first, "days": days, "kept_as": kept_as}


@pytest.mark.parametrize(
    ("week", "spans"),
    [
        pytest.param({}, (), id="always closed"),
        pytest.param(
            {"tue": ["08:30-12:00", "13:00-24:00"]},
            ((DAY + 30600, DAY + 43200), (DAY + 46800, 2 * DAY)),
            id="two spans a day",
        ),
        pytest.param({"mon": ["08:00-12:00", "12:00-14:00"]}, ((28800, 50400),), id="touching"),
        pytest.param(
            {"mon": ["22:00-24:00"], "tue": ["00:00-06:00"]},
            ((22 * HOUR, DAY + 6 * HOUR),),
            id="over midnight",
        ),
        pytest.param(
            {name: ["00:00-24:00"] for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
            ((0, WEEK),),
            id="always open",
        ),
    ],
)
def test_weeks(week: dict[str, list[str]], spans: tuple[tuple[int, int], ...]) -> None:
    assert of(week) == OpenTime(spans)


MORNINGS = {"mon": ["08:00-12:00"], "tue": ["08:00-10:00"]}
ORDINARY = ((8 * HOUR, 12 * HOUR), (DAY + 8 * HOUR, DAY + 10 * HOUR))


def test_a_closed_day_and_a_working_day_at_a_weekend() -> None:
    found = of(MORNINGS, "closed", a=day("2017-01-02"), b=day("2017-01-07", "mon"))
    saturday = (5 * DAY + 8 * HOUR, 5 * DAY + 12 * HOUR)
    assert found == OpenTime(ORDINARY, (ORDINARY[1], saturday), WEEK)


def test_days_in_a_row_reach_into_the_next_week() -> None:
    found = of(MORNINGS, "closed", a=day("2017-01-08", days=2))
    tuesday = (WEEK + DAY + 8 * HOUR, WEEK + DAY + 10 * HOUR)
    assert found == OpenTime(ORDINARY, (*ORDINARY, tuesday), 2 * WEEK)


def test_days_before_the_start_have_no_effect() -> None:
    found = of(MORNINGS, "closed", a=day("2016-12-26", days=8))
    assert found == OpenTime(ORDINARY, (ORDINARY[1],), WEEK)
    assert of(MORNINGS, "closed", a=day("2016-12-26", days=7)) == OpenTime(ORDINARY)


def test_hours_that_keep_on_take_no_notice() -> None:
    assert of(MORNINGS, "keeps", a=day("2017-01-02", days=30)) == OpenTime(ORDINARY)


def test_numbers_of_a_roster_add_up_where_its_hours_overlap() -> None:
    hours = {"a": Capacity(((0, 0), (8, 1), (17, 0))), "b": Capacity(((0, 0), (16, 1), (20, 0)))}
    found = rostered({"a": 14, "b": 4}, hours)
    assert found == Capacity(((0, 0), (8, 14), (16, 18), (17, 4), (20, 0)))


def test_holidays_of_2017() -> None:
    """The working days of the calendar that year, month by month from February on."""
    (data,) = composed_data(["scenario=serial", "holidays=china_2017"]).values()
    office = open_time(working_hours(build_scenario(data))["office"])
    days = {start // DAY for start, _ in office.dated}
    # 2 January is day 0. February has 20 weekdays less 2, and a Saturday; April 20 less 2, and one.
    assert len([number for number in days if 30 <= number < 58]) == 19
    assert len([number for number in days if 89 <= number < 119]) == 19
    assert 0 not in days
    assert {20, 33} <= days
    assert not days & set(range(25, 32))
