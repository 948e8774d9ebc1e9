"""What a waiting line shows in a measured window: number in system, waits, busy periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sim.scenario.errors import InvariantError
from sim.verify.clock import Clock
from sim.verify.estimators import Sums, mean, mean_of, ratio, variance_of

Ints = NDArray[np.int64]


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


def asymptotic_variance(visits: Visits, parts: Sequence[Clock]) -> Sums:
    """Limit of T times the variance of the average number over T, from parts of length T.

    It falls short by 0.62 relaxation times over T: M/M/1, by its spectrum (Morse 1955).

    Args:
        visits: to the line.
        parts: windows of equal length.
    """
    averages = [mean_number(visits.arrival, visits.end, part) for part in parts]
    scaled = np.array(averages) * sqrt(parts[0].measured)
    return Sums("variance", (float(len(scaled)), float(scaled.sum()), float(scaled @ scaled)))


def busy_periods(visits: Visits, clock: Clock) -> dict[str, Sums]:
    """Busy periods of a single server that begin in the window, each followed to its end."""
    opens = np.flatnonzero(
        visits.arrival >= np.concatenate([[0], np.maximum.accumulate(visits.end)[:-1]])
    )
    begin = visits.arrival[opens]
    end = np.maximum.reduceat(visits.end, opens)
    lengths = (end - begin)[arrived(begin, clock)] / clock.scale
    return {"busy_period_mean": mean_of(lengths), "busy_period_var": variance_of(lengths)}
