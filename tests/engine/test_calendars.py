"""Working time arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.calendars import WEEK, Calendar

HOUR = 3600
OFFICE = tuple(
    (day * 24 * HOUR + start * HOUR, day * 24 * HOUR + end * HOUR)
    for day in range(5)
    for start, end in ((8, 12), (13, 17))
)


@pytest.mark.parametrize(
    ("start", "work", "end"),
    [
        pytest.param(9, 2, 11, id="within a span"),
        pytest.param(11, 2, 14, id="over lunch"),
        pytest.param(11, 1, 12, id="ends at close, not at the next opening"),
        pytest.param(6, 1, 9, id="before opening"),
        pytest.param(16, 2, 24 + 9, id="over night"),
        pytest.param(4 * 24 + 16, 2, 7 * 24 + 9, id="over the weekend"),
        pytest.param(5 * 24 + 10, 1, 7 * 24 + 9, id="from the weekend"),
        pytest.param(8, 40, 4 * 24 + 17, id="a whole week"),
        pytest.param(8, 41, 7 * 24 + 9, id="more than a week"),
        pytest.param(20, 0, 20, id="no work ends at once"),
    ],
)
def test_end_of_work(start, work, end):
    assert Calendar(OFFICE).end_of_work(start * HOUR, work * HOUR) == end * HOUR


@pytest.mark.parametrize(
    ("hour", "is_open"),
    [(8, True), (11.999, True), (12, False), (17, False), (0, False), (6 * 24 + 10, False)],
)
def test_is_open(hour, is_open):
    assert Calendar(OFFICE).is_open(round(hour * HOUR)) is is_open


def test_changes_of_a_week():
    changes = Calendar(((8 * HOUR, 17 * HOUR),)).changes()
    assert [next(changes) for _ in range(3)] == [
        (8 * HOUR, True),
        (17 * HOUR, False),
        (WEEK + 8 * HOUR, True),
    ]


def test_always_open_never_changes():
    calendar = Calendar(((0, WEEK),))
    assert list(calendar.changes()) == []
    assert calendar.end_of_work(5, 10**9) == 10**9 + 5


def test_never_open():
    calendar = Calendar(())
    assert list(calendar.changes()) == []
    assert not calendar.is_open(0)
    assert calendar.open_time(np.array([0]), np.array([WEEK])).tolist() == [0]


@given(st.integers(0, 4 * WEEK), st.integers(1, 3 * WEEK))
def test_open_time_until_the_end_of_work_is_the_work(start, work):
    calendar = Calendar(OFFICE)
    end = calendar.end_of_work(start, work)
    assert calendar.open_time(np.array([start]), np.array([end])).tolist() == [work]
    assert calendar.is_open(end - 1)
