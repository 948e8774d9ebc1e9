"""What a waiting line shows in a measured window: number in system, waits, busy periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.errors import InvariantError
from sim.verify.clock import Clock
from sim.verify.estimators import Sums, mean, mean_of, ratio, variance_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_BATCH_IN_RELAXATIONS = 3
_OFFSETS = 4


@dataclass(frozen=True)
class Visits:
    """Visits to a line, in order of arrival. Ticks."""

    arrival: Ints
    start: Ints
    end: Ints


def mean_number(begin: Ints, end: Ints, clock: Clock) -> float:
    """Time average of how many are between their beginning and their end."""
    inside = np.minimum(end, clock.end) - np.maximum(begin, clock.start)
    return float(np.maximum(inside, 0).sum()) / (clock.end - clock.start)


def arrived(times: Ints, clock: Clock) -> NDArray[np.bool_]:
    """Who arrives while it is measured."""
    return (times >= clock.start) & (times < clock.end)


def sojourn_measures(visits: Visits, clock: Clock) -> dict[str, Sums]:
    """Waits and times in system of all who arrive in the window, each followed to the end."""
    inside = arrived(visits.arrival, clock)
    waits = (visits.start - visits.arrival)[inside] / clock.scale
    stays = (visits.end - visits.arrival)[inside] / clock.scale
    return {
        "W": mean_of(stays),
        "Wq": mean_of(waits),
        "W_var": variance_of(stays),
        "Wq_var": variance_of(waits),
        "P_wait": ratio(np.count_nonzero(waits), len(waits)),
    }


def share_at_most(times: Ints, units: float, clock: Clock) -> Sums:
    """Share of times in ticks that are at most so many model units, by continuity."""
    return ratio(np.count_nonzero(times <= units * clock.scale + 0.5), len(times))


@dataclass(frozen=True)
class Path:
    """Number in system as a step function: from each time on, how many there are."""

    times: Ints
    number: Ints

    def until(self, end: int) -> Ints:
        """Shape as times: how long each number lasts, the last one to the end."""
        return np.diff(self.times, append=end)


def path_in_window(begin: Ints, end: Ints, clock: Clock) -> Path:
    """The number of those who have begun and not ended, over the window."""
    times = np.concatenate([begin, end])
    change = np.concatenate([np.ones(len(begin), np.int64), -np.ones(len(end), np.int64)])
    order = np.argsort(times, kind="stable")
    times, number = times[order], np.cumsum(change[order])
    inside = (times > clock.start) & (times < clock.end)
    before = np.searchsorted(times, clock.start, side="right") - 1
    first = number[before] if before >= 0 else 0
    return Path(
        np.concatenate([[clock.start], times[inside]]), np.concatenate([[first], number[inside]])
    )


def number_measures(path: Path, clock: Clock) -> dict[str, Sums]:
    """Variance and probabilities of the number in system, as time averages."""
    lasting = path.until(clock.end) / (clock.end - clock.start)
    number = path.number.astype(np.float64)
    share = np.bincount(np.minimum(path.number, 6), weights=lasting, minlength=7)
    moments = float(lasting @ number), float(lasting @ number**2)
    probabilities = {f"p{count}": mean(share[count]) for count in range(6)}
    return {"N_var": Sums("variance", (1.0, *moments)), **probabilities}


def check_little(path: Path, visits: Visits, clock: Clock) -> None:
    """Check that what all spend in the window is what there is in it over time.

    Raises:
        InvariantError: it is not.
    """
    present = int(path.number @ path.until(clock.end))
    inside = np.minimum(visits.end, clock.end) - np.maximum(visits.arrival, clock.start)
    spent = int(np.maximum(inside, 0).sum())
    if present != spent:
        raise InvariantError(f"{present} customer ticks over time, {spent} over customers")


def asymptotic_variance(path: Path, clock: Clock) -> Sums:
    """Limit of T times the variance of the average number over T, by overlapping batch means.

    Batches of length b fall short by a term in 1/b; twice those of 2b minus those of b have none
    (Song & Schmeiser 1995). A batch is some relaxation times long.
    """
    length = clock.end - clock.start
    parts = max(8, int(length / (_BATCH_IN_RELAXATIONS * clock.relaxation))) * _OFFSETS
    area = np.concatenate([[0], np.cumsum(path.number * path.until(clock.end))])
    bounds = np.linspace(clock.start, clock.end, parts + 1)
    total = np.interp(bounds, np.append(path.times, clock.end), area)
    single, double = (
        _batch_variance(total, steps, length / parts) for steps in (_OFFSETS, 2 * _OFFSETS)
    )
    return mean((2 * double - single) / clock.scale)


def _batch_variance(total: Floats, steps: int, part: float) -> float:
    batch = steps * part
    averages = (total[steps:] - total[:-steps]) / batch
    overall = (total[-1] - total[0]) / (part * (len(total) - 1))
    shortened = 1 - batch / (part * (len(total) - 1))
    return float(batch * ((averages - overall) ** 2).mean() / shortened)


def busy_periods(visits: Visits, clock: Clock) -> dict[str, Sums]:
    """Busy periods of a single server that begin in the window, each followed to its end."""
    opens = np.flatnonzero(
        visits.arrival >= np.concatenate([[0], np.maximum.accumulate(visits.end)[:-1]])
    )
    begin = visits.arrival[opens]
    end = np.maximum.reduceat(visits.end, opens)
    lengths = (end - begin)[arrived(begin, clock)] / clock.scale
    return {"busy_period_mean": mean_of(lengths), "busy_period_var": variance_of(lengths)}
