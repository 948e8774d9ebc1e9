"""Units over time put together, against brute force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.capacity import (
    WEEK,
    Capacity,
    OpenTime,
    combined,
    common_time,
    most_units,
    one_between,
    one_within,
    open_time,
)

HALF_DAY = 43_200
HALVES = WEEK // HALF_DAY


def halves(capacity: Capacity, weeks: int) -> list[int]:
    """Units in every half day, told one by one."""
    found = []
    for half in range(weeks * HALVES):
        tick = half * HALF_DAY
        is_dated = tick < capacity.until
        changes = capacity.dated if is_dated else capacity.weekly
        within = tick if is_dated else tick % WEEK
        found.append([units for start, units in changes if start <= within][-1])
    return found


@st.composite
def capacities(draw: st.DrawFn) -> Capacity:
    """Capacities that change at noon and at midnight."""

    def changes(length: int) -> tuple[tuple[int, int], ...]:
        units = st.integers(0, 5)
        later = draw(st.dictionaries(st.integers(1, length - 1), units, max_size=4))
        drawn = sorted({0: draw(units), **later}.items())
        return tuple((half * HALF_DAY, number) for half, number in drawn)

    weeks = draw(st.integers(0, 2))
    return Capacity(changes(HALVES), changes(weeks * HALVES) if weeks else (), weeks * WEEK)


@given(st.lists(capacities(), min_size=1, max_size=3))
def test_sums_are_sums_at_every_time(parts: list[Capacity]) -> None:
    told = [sum(units) for units in zip(*(halves(part, 4) for part in parts), strict=True)]
    assert halves(combined(sum, parts), 4) == told


@given(capacities(), capacities(), st.integers(1, 4), st.integers(1, 4))
def test_common_time_is_when_both_have_enough(
    first: Capacity, second: Capacity, units: int, other: int
) -> None:
    found = common_time([first, second], [units, other])
    is_open = [
        any(start <= half * HALF_DAY < end for start, end in open_spans(found, 4))
        for half in range(4 * HALVES)
    ]
    pairs = zip(halves(first, 4), halves(second, 4), strict=True)
    assert is_open == [one >= units and two >= other for one, two in pairs]


def open_spans(found: OpenTime, weeks: int) -> list[tuple[int, int]]:
    later = [
        (week + start, week + end)
        for week in range(found.until, weeks * WEEK, WEEK)
        for start, end in found.weekly
    ]
    return [*found.dated, *later]


@given(capacities(), st.integers(0, 30), st.integers(1, 30))
def test_a_window_changes_nothing_outside_it(capacity: Capacity, start: int, length: int) -> None:
    window = one_between(start * HALF_DAY, (start + length) * HALF_DAY)
    found = halves(combined(lambda there: 0 if there[1] else there[0], [capacity, window]), 6)
    told = halves(capacity, 6)
    assert found[start : start + length] == [0] * len(found[start : start + length])
    assert found[:start] + found[start + length :] == told[:start] + told[start + length :]


@pytest.mark.parametrize(
    ("spans", "changes"),
    [
        pytest.param((), ((0, 0),), id="closed"),
        pytest.param(((0, 10),), ((0, 1), (10, 0)), id="from the start"),
        pytest.param(((5, 100),), ((0, 0), (5, 1)), id="to the end"),
        pytest.param(((5, 8), (8, 9)), ((0, 0), (5, 1), (9, 0)), id="spans that touch are one"),
        pytest.param(((0, 100),), ((0, 1),), id="always"),
    ],
)
def test_one_unit_within_spans(
    spans: tuple[tuple[int, int], ...], changes: tuple[tuple[int, int], ...]
) -> None:
    assert one_within(spans, 100) == changes


def test_spans_with_that_many_units() -> None:
    capacity = Capacity(((0, 0), (5, 3), (8, 2), (9, 0)))
    assert open_time(capacity) == OpenTime(((5, 9),))
    assert open_time(capacity, 3) == OpenTime(((5, 8),))
    assert open_time(capacity, 4) == OpenTime(())


def test_the_most_units() -> None:
    assert most_units(((0, 1), (9, 3), (12, 2))) == 3
