"""The course of a capacity: each time at which the number of units changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import WEEK, Capacity

Ints = NDArray[np.int64]


def course(capacity: Capacity) -> Iterator[tuple[int, int]]:
    """Yield ticks and the units from then on, from tick 0; without end if weeks have changes."""
    units = None
    for tick, there in _entries(capacity):
        if there != units:
            units = there
            yield tick, there


def course_until(capacity: Capacity, last: int) -> tuple[Ints, Ints]:
    """Return the ticks up to a last one, and the units from each of them on."""
    pairs = list(takewhile(lambda pair: pair[0] <= last, course(capacity)))
    return np.array([tick for tick, _ in pairs]), np.array([units for _, units in pairs])


def units_at(capacity: Capacity, ticks: Ints) -> Ints:
    """Return how many units there are in the tick that begins at each time."""
    changed, units = course_until(capacity, int(ticks.max(initial=0)))
    return np.asarray(units[np.searchsorted(changed, ticks, side="right") - 1])


def _entries(capacity: Capacity) -> Iterator[tuple[int, int]]:
    yield from capacity.dated
    week = capacity.until
    is_constant = len({units for _, units in capacity.weekly}) == 1
    while True:
        yield from ((week + tick, units) for tick, units in capacity.weekly)
        if is_constant:
            return
        week += WEEK
