"""The distinct steps of a plan and, for each, the indices its activities carry."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import PoolDemand, Request, WeeklySpans
from sim.clearance.resources import Resources
from sim.clearance.step import PoolUnits, Step
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.hours import MINUTES_PER_DAY, WEEKDAYS, Hours, span_minutes
from sim.scenario.scenario import Scenario

Ints = NDArray[np.int64]
Item = TypeVar("Item")
_NONE = -1
_TICKS_PER_MINUTE = 60
_ALWAYS: WeeklySpans = ((0, 7 * MINUTES_PER_DAY * _TICKS_PER_MINUTE),)


def weekly_spans(hours: Hours) -> WeeklySpans:
    """Open spans of a week in ticks from Monday 00:00; spans that touch are one."""
    merged: list[tuple[int, int]] = []
    for day, weekday in enumerate(WEEKDAYS):
        for span in hours.week.get(weekday, ()):
            start, end = (
                (day * MINUTES_PER_DAY + at) * _TICKS_PER_MINUTE for at in span_minutes(span)
            )
            if merged and merged[-1][1] == start:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
    return tuple(merged)


def common_spans(first: WeeklySpans, second: WeeklySpans) -> WeeklySpans:
    """Spans of a week that are open in both calendars."""
    common = (
        (max(start, other_start), min(end, other_end))
        for start, end in first
        for other_start, other_end in second
    )
    return tuple((start, end) for start, end in common if start < end)


class _Interned(dict[Item, int]):
    """Numbers things in the order they are first met."""

    def number(self, item: Item) -> int:
        return self.setdefault(item, len(self))


class StepTable:
    """Collects the distinct steps of a plan and what they ask of calendars and pools."""

    def __init__(self, scenario: Scenario, resources: Resources) -> None:
        self._hours = scenario.hours
        self._resources = resources
        self._pool_names = list(resources.pools)
        self._calendars: _Interned[WeeklySpans] = _Interned()
        self._steps: _Interned[Step] = _Interned()
        self._requests: _Interned[Request] = _Interned()
        self._returns: _Interned[PoolDemand] = _Interned()
        self._offers: _Interned[PoolDemand] = _Interned()
        self._rows: list[tuple[int, int, int, int]] = []
        self.pools = tuple(resources.pools.values())
        self.pool_calendar = tuple(self._calendar(pool.hours) for pool in self.pools)

    def row(self, step: Step) -> int:
        """Return the index of a step, entering it if it is new."""
        number = self._steps.number(step)
        if number == len(self._rows):
            self._rows.append(self._indices(step))
        return number

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps entered so far."""
        return tuple(self._steps)

    @property
    def calendars(self) -> tuple[WeeklySpans, ...]:
        """The calendars in use."""
        return tuple(self._calendars)

    @property
    def requests(self) -> tuple[Request, ...]:
        """The distinct requests."""
        return tuple(self._requests)

    @property
    def returns(self) -> tuple[PoolDemand, ...]:
        """The distinct sets of units given back."""
        return tuple(self._returns)

    @property
    def offers(self) -> tuple[PoolDemand, ...]:
        """The distinct sets of slots offered."""
        return tuple(self._offers)

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Request, returned units, offered slots and calendar of every step, as indices."""
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 4)
        return rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]

    def _calendar(self, hours: str | None) -> int:
        if hours is None:
            return self._calendars.number(_ALWAYS)
        return self._calendars.number(weekly_spans(self._hours[hours]))

    def _indices(self, step: Step) -> tuple[int, int, int, int]:
        demand = self._demand(step.name, (*step.uses, *step.takes))
        back = self._demand(step.name, (*step.uses, *step.returns))
        request = self._requests.number(self._request(step, demand)) if demand else _NONE
        returned = self._returns.number(back) if back else _NONE
        slots = self._demand(step.name, step.offers)
        offered = self._offers.number(slots) if slots else _NONE
        calendar = self._calendar(step.hours) if step.hours else _NONE
        return request, returned, offered, calendar

    def _demand(self, step: str, wanted: PoolUnits) -> PoolDemand:
        total: Counter[str] = Counter()
        for pool, number in wanted:
            resolved = self._resources.resolve(pool)
            if resolved not in self._resources.pools:
                raise unknown_name(f"step '{step}'", "pool", pool, self._resources.pools)
            total[resolved] += number
        return tuple(sorted((self._pool_names.index(pool), n) for pool, n in total.items()))

    def _request(self, step: Step, demand: PoolDemand) -> Request:
        for pool, number in demand:
            if number > self.pools[pool].capacity and not self.pools[pool].offered:
                raise InputError(
                    f"step '{step.name}' needs {number} of '{self.pools[pool].name}', "
                    f"which has {self.pools[pool].capacity}"
                )
        self._check_common_hours(step, [pool for pool, _ in demand])
        suspending = [
            self.calendars[self.pool_calendar[pool]]
            for pool, _ in demand
            if self.pools[pool].end_of_shift == "suspend"
        ]
        if not suspending:
            return Request(demand, _NONE)
        return Request(demand, self._calendars.number(reduce(common_spans, suspending)))

    def _check_common_hours(self, step: Step, pools: list[int]) -> None:
        """Pools that are open at times must be open together at some time."""
        spans = [self.calendars[self.pool_calendar[pool]] for pool in pools]
        if all(spans) and not reduce(common_spans, spans):
            raise InputError(f"step '{step.name}': its pools are never open at the same time")
