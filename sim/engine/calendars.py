"""Working time: a weekly pattern, and arithmetic on it in ticks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import WeeklySpans

WEEK = 7 * 86_400
Ints = NDArray[np.int64]


class Calendar:
    """A weekly calendar. Tick 0 is a Monday at 00:00."""

    def __init__(self, spans: WeeklySpans) -> None:
        self._opens = [start for start, _ in spans]
        self._closes = [end for _, end in spans]
        self._worked_before: list[int] = []
        worked = 0
        for start, end in spans:
            self._worked_before.append(worked)
            worked += end - start
        self._worked_by = [*self._worked_before[1:], worked]
        self.per_week = worked

    @property
    def always_open(self) -> bool:
        """Whether it never closes."""
        return self.per_week == WEEK

    def is_open(self, tick: int) -> bool:
        """Whether work goes on in the tick that begins now."""
        within = tick % WEEK
        span = bisect_right(self._opens, within) - 1
        return span >= 0 and within < self._closes[span]

    def end_of_work(self, start: int, work: int) -> int:
        """Return when work that may begin at ``start`` is done, counting open time only.

        Work that fills the time to the end of a span ends then, not when the next span opens;
        no work ends at once.
        """
        if work == 0 or self.always_open:
            return start + work
        week, within = divmod(start, WEEK)
        span = bisect_right(self._opens, within) - 1
        worked = 0
        if span >= 0:
            if within + work <= self._closes[span]:
                return start + work
            inside = min(within, self._closes[span]) - self._opens[span]
            worked = self._worked_before[span] + inside
        more_weeks, rest = divmod(worked + work - 1, self.per_week)
        span = bisect_left(self._worked_by, rest + 1)
        into_span = rest + 1 - self._worked_before[span]
        return (week + more_weeks) * WEEK + self._opens[span] + into_span

    def open_time(self, start: Ints, end: Ints) -> Ints:
        """Return open ticks between two times, element by element."""
        return self._worked_at(end) - self._worked_at(start)

    def _worked_at(self, tick: Ints) -> Ints:
        if not self._opens:
            return np.zeros_like(tick)
        weeks, within = np.divmod(tick, WEEK)
        span = np.searchsorted(self._opens, within, side="right") - 1
        safe = np.maximum(span, 0)
        opens, closes = np.array(self._opens), np.array(self._closes)
        inside = np.minimum(within, closes[safe]) - opens[safe]
        worked = np.where(span < 0, 0, np.array(self._worked_before)[safe] + inside)
        return np.asarray(weeks * self.per_week + worked)

    def changes(self) -> Iterator[tuple[int, bool]]:
        """Yield each time after 0 at which it opens or closes, and which, without end."""
        if self.always_open or not self._opens:
            return
        week = 0
        while True:
            for opens, closes in zip(self._opens, self._closes, strict=True):
                if week + opens > 0:
                    yield week + opens, True
                yield week + closes, False
            week += WEEK
