"""Working time: arithmetic on open spans in ticks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import WEEK, OpenTime, Spans

Ints = NDArray[np.int64]


class _Worked:
    """Open ticks along spans: how many there are by a tick, and when so many are reached."""

    def __init__(self, spans: Spans) -> None:
        self._opens = [start for start, _ in spans]
        self._closes = [end for _, end in spans]
        self._before = [0]
        for start, end in spans:
            self._before.append(self._before[-1] + end - start)
        self.total = self._before[-1]

    def by(self, tick: int) -> int:
        """Return the open ticks before a tick."""
        span = bisect_right(self._opens, tick) - 1
        if span < 0:
            return 0
        return self._before[span] + min(tick, self._closes[span]) - self._opens[span]

    def reached(self, worked: int) -> int:
        """Return the first tick by which so many, one at least, are open."""
        span = bisect_left(self._before, worked) - 1
        return self._opens[span] + worked - self._before[span]

    def reached_each(self, worked: Ints) -> Ints:
        """Return the first tick by which each number of ticks, one at least, is open."""
        before = np.array(self._before)
        span = np.searchsorted(before, worked, side="left") - 1
        return np.asarray(np.array(self._opens)[span] + worked - before[span])

    def by_each(self, ticks: Ints) -> Ints:
        """Return the open ticks before each tick."""
        if not self._opens:
            return np.zeros_like(ticks)
        span = np.searchsorted(self._opens, ticks, side="right") - 1
        safe = np.maximum(span, 0)
        opens, closes = np.array(self._opens), np.array(self._closes)
        inside = np.minimum(ticks, closes[safe]) - opens[safe]
        return np.where(span < 0, 0, np.array(self._before)[safe] + inside)


class Calendar:
    """Working time: open spans by date up to a tick, the same week from then on."""

    def __init__(self, open_time: OpenTime) -> None:
        self._until = open_time.until
        self._dated = _Worked(open_time.dated)
        self._week = _Worked(open_time.weekly)
        self._always_open = self._dated.total == self._until and self._week.total == WEEK

    def end_of_work(self, start: int, work: int) -> int:
        """Return when work that may begin at ``start`` is done, counting open time only.

        Work that fills the time to the end of a span ends then, not when the next span opens;
        no work ends at once.
        """
        if work == 0 or self._always_open:
            return start + work
        if start < self._until:
            worked = self._dated.by(start) + work
            if worked <= self._dated.total:
                return self._dated.reached(worked)
            start, work = self._until, worked - self._dated.total
        week, within = divmod(start, WEEK)
        more_weeks, rest = divmod(self._week.by(within) + work - 1, self._week.total)
        return (week + more_weeks) * WEEK + self._week.reached(rest + 1)

    def open_time(self, start: Ints, end: Ints) -> Ints:
        """Return open ticks between two times, element by element."""
        return self._worked_by(end) - self._worked_by(start)

    def moved(self, ticks: Ints, offset: Ints) -> Ints:
        """Return the times so much open time away, element by element; none before 0.

        Args:
            ticks: shape (n,).
            offset: shape (n,), open ticks to go; negative ones go back.
        """
        worked = self._worked_by(ticks) + offset
        times = np.zeros_like(worked)
        dated = (worked > 0) & (worked <= self._dated.total)
        if dated.any():
            times[dated] = self._dated.reached_each(worked[dated])
        later = worked > self._dated.total
        weeks, rest = np.divmod(worked[later] - self._dated.total - 1, self._week.total)
        times[later] = self._until + weeks * WEEK + self._week.reached_each(rest + 1)
        return times

    def _worked_by(self, tick: Ints) -> Ints:
        weeks, within = np.divmod(np.maximum(tick - self._until, 0), WEEK)
        by_date = self._dated.by_each(np.minimum(tick, self._until))
        return np.asarray(by_date + weeks * self._week.total + self._week.by_each(within))
