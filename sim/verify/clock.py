"""How long a replication runs, and how fine its ticks are.

Waiting lines forget their start at the pace of the relaxation time. A replication warms up for ten
of them and is measured for at least a hundred; arrivals go on for ten more, so that whatever
begins while it is measured is followed to its end among others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.verify.experiment import UnsupportedError

Ints = NDArray[np.int64]
_WARM_UP, _MEASURED, _COOL_DOWN = 10, 100, 10
_CUSTOMERS_MIN = 20_000
# Ready times have 31 bits in a line of the engine; one is left to those who wait after the last.
_TICKS = 2**30
_FINEST, _COARSEST = 1_000_000, 1_000


@dataclass(frozen=True)
class Clock:
    """Ticks of a replication.

    Attributes:
        scale: ticks in a unit of the model's time.
        start: tick at which measuring begins.
        end: tick at which it ends.
        last: tick at which arrivals end.
        relaxation: relaxation time in ticks.
    """

    scale: int
    start: int
    end: int
    last: int
    relaxation: float

    def ticks(self, units: ArrayLike) -> Ints:
        """Whole ticks, to the nearest."""
        return np.asarray(np.rint(np.asarray(units) * self.scale), dtype=np.int64)

    @property
    def measured(self) -> float:
        """Length of the measured window, in model units."""
        return (self.end - self.start) / self.scale

    @property
    def parts(self) -> list[Clock]:
        """The window in equal parts, each long enough to be measured by itself."""
        number = max(1, int((self.end - self.start) / (_MEASURED * self.relaxation)))
        length = (self.end - self.start) // number
        starts = [self.start + place * length for place in range(number)]
        return [replace(self, start=start, end=start + length) for start in starts]

    @property
    def horizon(self) -> float:
        """Time until arrivals end, in model units."""
        return self.last / self.scale


def steady_clock(relaxation: float, rate: float) -> Clock:
    """Return the clock of a steady-state replication.

    Args:
        relaxation: relaxation time, in model units.
        rate: arrivals in a unit of the model's time.

    Raises:
        UnsupportedError: it would take too long for the ticks of the engine.
    """
    measured = max(_MEASURED * relaxation, _CUSTOMERS_MIN / rate)
    horizon = measured + (_WARM_UP + _COOL_DOWN) * relaxation
    scale = int(min(_FINEST, _TICKS / horizon))
    if scale * min(1 / rate, relaxation) < _COARSEST:
        raise UnsupportedError("a replication so long that its ticks would be too coarse")
    start = round(_WARM_UP * relaxation * scale)
    end = start + round(measured * scale)
    return Clock(scale, start, end, round(horizon * scale), relaxation * scale)


def relaxation_time(rate: float, service_mean: float, scv: float = 1.0, servers: int = 1) -> float:
    """Relaxation time of M/M/c (Morse 1955), widened by service more variable than exponential.

    Raises:
        UnsupportedError: more arrives than can be served, so that there is no steady state.
    """
    load = rate * service_mean / servers
    if load >= 1:
        raise UnsupportedError(f"no steady state at a load of {load:.4g}")
    fastest = sqrt(servers / service_mean)
    return max(1.0, (1 + scv) / 2) / (fastest - sqrt(rate)) ** 2
