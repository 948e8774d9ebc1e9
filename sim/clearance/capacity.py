"""Units over time, and open time: plain tables, and how such are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import ge

Spans = tuple[tuple[int, int], ...]
Changes = tuple[tuple[int, int], ...]
WEEK = 7 * 86_400


@dataclass(frozen=True)
class OpenTime:
    """When work goes on: dates first, then the same week again and again.

    Attributes:
        weekly: open spans in ticks from Monday 00:00, in order, apart.
        dated: open spans in ticks from tick 0, in order, apart, none beyond ``until``.
        until: the tick from which the week holds; a whole number of weeks.
    """

    weekly: Spans
    dated: Spans = ()
    until: int = 0


@dataclass(frozen=True)
class Capacity:
    """How many units there are over time: dates first, then the same week again and again.

    Attributes:
        weekly: pairs of a tick from Monday 00:00 and the units from then on, in order, from 0.
        dated: pairs of a tick and the units from then on, in order, from 0, all before ``until``.
        until: the tick from which the week holds; a whole number of weeks.
    """

    weekly: Changes
    dated: Changes = ()
    until: int = 0


def combined(rule: Callable[[tuple[int, ...]], int], parts: Sequence[Capacity]) -> Capacity:
    """Return what a rule makes of the units of all parts, at every tick."""
    until = max(part.until for part in parts)
    return Capacity(
        weekly=_combined_changes(rule, [part.weekly for part in parts]),
        dated=_combined_changes(rule, [_dated(part, until) for part in parts]) if until else (),
        until=until,
    )


def one_between(start: int, end: int) -> Capacity:
    """Return one unit that is there from one tick until another."""
    until = -(-end // WEEK) * WEEK
    return Capacity(((0, 0),), one_within(((start, end),), until), until)


def open_time(capacity: Capacity, units: int = 1) -> OpenTime:
    """Return when there are that many units at least."""
    return OpenTime(
        weekly=_spans(capacity.weekly, WEEK, units),
        dated=_spans(capacity.dated, capacity.until, units),
        until=capacity.until,
    )


def open_unit(hours: OpenTime) -> Capacity:
    """Return one unit that is there in open time."""
    dated = one_within(hours.dated, hours.until) if hours.until else ()
    return Capacity(one_within(hours.weekly, WEEK), dated, hours.until)


def common_time(parts: Sequence[Capacity], units: Sequence[int]) -> OpenTime:
    """Return when all of them have as many units as stated for each, at least."""
    return open_time(combined(lambda there: int(all(map(ge, there, units))), parts))


def most_units(changes: Changes) -> int:
    """Return the most units there are after any of some changes."""
    return max(units for _, units in changes)


def one_within(spans: Spans, length: int) -> Changes:
    """Return one unit within spans, which are in order, and none between; all before a length."""
    edges = [edge for start, end in spans for edge in ((start, 1), (end, 0))]
    # Of two spans that touch, the start of the later one replaces the end of the earlier one.
    values = sorted({0: 0, **dict(edges)}.items())
    return _without_repeats((tick, unit) for tick, unit in values if tick < length)


def _dated(part: Capacity, until: int) -> Changes:
    """Changes by date up to a tick that may lie further on than those of the part."""
    weeks = (
        (week + tick, units)
        for week in range(part.until, until, WEEK)
        for tick, units in part.weekly
    )
    return (*part.dated, *weeks)


def _combined_changes(rule: Callable[[tuple[int, ...]], int], parts: Sequence[Changes]) -> Changes:
    edges = sorted(
        (tick, number, units) for number, part in enumerate(parts) for tick, units in part
    )
    now = [0] * len(parts)
    values: dict[int, int] = {}
    for tick, number, units in edges:
        now[number] = units
        values[tick] = rule(tuple(now))
    return _without_repeats(values.items())


def _without_repeats(changes: Iterable[tuple[int, int]]) -> Changes:
    kept: list[tuple[int, int]] = []
    for tick, units in changes:
        if not kept or kept[-1][1] != units:
            kept.append((tick, units))
    return tuple(kept)


def _spans(changes: Changes, end: int, units: int) -> Spans:
    """Spans with that many units at least, between changes that go on until an end."""
    spans: list[tuple[int, int]] = []
    ends = [tick for tick, _ in changes[1:]]
    for (start, there), stop in zip(changes, [*ends, end], strict=False):
        if there < units:
            continue
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    return tuple(spans)
