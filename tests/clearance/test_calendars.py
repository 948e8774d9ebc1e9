"""Working time arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.calendars import Calendar
from sim.clearance.capacity import WEEK, OpenTime

HOUR, DAY = 3600, 86_400
OFFICE = tuple(
    (day * DAY + start * HOUR, day * DAY + end * HOUR)
    for day in range(5)
    for start, end in ((8, 12), (13, 17))
)
# Of two weeks the first has no Monday, the second works on its Saturday.
DATED = (*OFFICE[2:], *((WEEK + start, WEEK + end) for start, end in OFFICE), (
    WEEK + 5 * DAY + 8 * HOUR, WEEK + 5 * DAY + 12 * HOUR
))  # fmt: skip


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
    assert Calendar(OpenTime(OFFICE)).end_of_work(start * HOUR, work * HOUR) == end * HOUR


@pytest.mark.parametrize(
    ("start", "work", "end"),
    [
        pytest.param(9, 1, 24 + 9, id="a closed Monday"),
        pytest.param(11 * 24 + 16, 2, 12 * 24 + 9, id="a working Saturday"),
        pytest.param(11 * 24 + 16, 5, 12 * 24 + 12, id="all of the dates"),
        pytest.param(11 * 24 + 16, 6, 14 * 24 + 9, id="from the dates into ordinary weeks"),
        pytest.param(12 * 24 + 13, 1, 14 * 24 + 9, id="after the last open date"),
        pytest.param(14 * 24 + 9, 40, 21 * 24 + 9, id="in ordinary weeks"),
    ],
)
def test_end_of_work_with_dates(start, work, end):
    calendar = Calendar(OpenTime(OFFICE, DATED, 2 * WEEK))
    assert calendar.end_of_work(start * HOUR, work * HOUR) == end * HOUR


def test_always_open():
    assert Calendar(OpenTime(((0, WEEK),))).end_of_work(5, 10**9) == 10**9 + 5


def test_never_open():
    calendar = Calendar(OpenTime(()))
    assert calendar.open_time(np.array([0]), np.array([WEEK])).tolist() == [0]


@st.composite
def spans(draw, length, least=0):
    """Open spans in whole minutes; some touch."""
    edges = sorted(draw(st.sets(st.integers(0, length // 60), min_size=2 * least, max_size=12)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    if draw(st.booleans()) and len(pairs) > 1:
        pairs[0] = (pairs[0][0], pairs[1][0])
    return tuple((60 * start, 60 * end) for start, end in pairs)


@st.composite
def open_times(draw):
    weeks = draw(st.integers(0, 2))
    dated = draw(spans(weeks * WEEK)) if weeks else ()
    return OpenTime(draw(spans(WEEK, least=1)), dated, weeks * WEEK)


def open_minutes(open_time, weeks):
    """Whether each minute from the start on is open, told minute by minute."""
    is_open = np.zeros(weeks * WEEK // 60, dtype=bool)
    for start, end in open_time.dated:
        is_open[start // 60 : end // 60] = True
    for week in range(open_time.until, weeks * WEEK, WEEK):
        for start, end in open_time.weekly:
            is_open[(week + start) // 60 : (week + end) // 60] = True
    return is_open


@given(open_times(), st.integers(0, 4 * WEEK // 60), st.integers(0, 10**6))
def test_end_of_work_agrees_with_a_walk_through_the_minutes(open_time, start, luck):
    per_week = sum(end - start for start, end in open_time.weekly) // 60
    work = 1 + luck % (3 * per_week)
    worked = np.cumsum(open_minutes(open_time, 9)[start:])
    end = start + int(np.searchsorted(worked, work)) + 1
    assert Calendar(open_time).end_of_work(60 * start, 60 * work) == 60 * end


@given(open_times(), st.lists(st.integers(0, 5 * WEEK // 60), min_size=2, max_size=6))
def test_open_time_agrees_with_a_walk_through_the_minutes(open_time, minutes):
    worked = np.concatenate([[0], np.cumsum(open_minutes(open_time, 6))])
    start, end = np.array(minutes[:-1]), np.array(minutes[1:])
    found = Calendar(open_time).open_time(60 * start, 60 * end)
    assert (found == 60 * (worked[end] - worked[start])).all()


@given(open_times(), st.integers(0, 4 * WEEK), st.integers(1, 3 * DAY))
def test_open_time_until_the_end_of_work_is_the_work(open_time, start, work):
    calendar = Calendar(open_time)
    end = calendar.end_of_work(start, work)
    assert calendar.open_time(np.array([start]), np.array([end])).tolist() == [work]
    assert calendar.open_time(np.array([end - 1]), np.array([end])).tolist() == [1]


@given(
    st.integers(0, 5 * WEEK),
    st.integers(0, 300 * HOUR),
    st.sampled_from([(OpenTime(OFFICE)), OpenTime(OFFICE, DATED, 2 * WEEK)]),
)
def test_going_back_and_on_by_open_time(tick, offset, hours):
    calendar = Calendar(hours)
    moved = calendar.moved(np.array([tick, tick]), np.array([offset, -offset]))
    on, back = moved.tolist()
    if offset:
        # Who begins in closed hours has worked nothing yet, as at the next opening.
        assert on == calendar.end_of_work(tick, offset)
    assert calendar.open_time(np.array([tick]), np.array([on])).tolist() == [offset]
    gone = calendar.open_time(np.array([back]), np.array([tick])).item()
    assert gone == offset or (back == 0 and gone < offset)
