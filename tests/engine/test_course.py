"""Units over time, change by change."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.capacity import WEEK, Capacity
from sim.engine.course import course, course_until, units_at

DAY = 86_400


def test_weeks_repeat_without_end():
    weekly = Capacity(((0, 0), (8, 3), (17, 0)))
    assert list(islice(course(weekly), 5)) == [
        (0, 0),
        (8, 3),
        (17, 0),
        (WEEK + 8, 3),
        (WEEK + 17, 0),
    ]


def test_what_does_not_change_comes_once():
    assert list(course(Capacity(((0, 4),)))) == [(0, 4)]
    assert list(course(Capacity(((0, 4),), ((0, 4), (DAY, 0)), WEEK))) == [
        (0, 4),
        (DAY, 0),
        (WEEK, 4),
    ]


@pytest.mark.parametrize(
    ("last", "ticks"), [(7, [0]), (8, [0, 8]), (WEEK + 8, [0, 8, 17, WEEK + 8])]
)
def test_changes_up_to_a_last_tick(last, ticks):
    changed, units = course_until(Capacity(((0, 0), (8, 3), (17, 0))), last)
    assert changed.tolist() == ticks
    assert units.tolist() == [0, 3, 0, 3][: len(ticks)]


def changes(length):
    """Pairs of tick and units below a length, from tick 0."""
    later = st.dictionaries(st.integers(1, length - 1), st.integers(0, 3), max_size=5)
    return st.builds(
        lambda first, rest: ((0, first), *sorted(rest.items())), st.integers(0, 3), later
    )


def naive(capacity, tick):
    """Units by the definition of a capacity."""
    entries = capacity.dated if tick < capacity.until else capacity.weekly
    within = tick if tick < capacity.until else tick % WEEK
    return [units for start, units in entries if start <= within][-1]


@given(
    changes(WEEK), changes(2 * WEEK), st.lists(st.integers(0, 5 * WEEK), min_size=1, max_size=20)
)
def test_units_agree_with_the_definition(weekly, dated, ticks):
    for capacity in (Capacity(weekly), Capacity(weekly, dated, 2 * WEEK)):
        found = units_at(capacity, np.array(ticks)).tolist()
        assert found == [naive(capacity, tick) for tick in ticks]
