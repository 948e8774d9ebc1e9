"""Disruptions of pools: for a while there are no units, or fewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod

from sim.clearance.capacity import Capacity, combined, one_between
from sim.scenario.disruption import Shortage, Stoppage
from sim.scenario.errors import unknown_name
from sim.scenario.scenario import Scenario

_DAY, _HOUR = 86_400, 3_600


def disrupted(
    planned: Mapping[str, Capacity], scenario: Scenario, resolve: Callable[[str], str]
) -> dict[str, Capacity]:
    """Return capacities with the scenario's outages, closures and shortages.

    What strikes a pool that was pooled away strikes the whole pool it went into. Of several
    shortages at a time each leaves its share of what the others leave.

    Raises:
        InputError: a disruption names a pool that is not there.
    """
    left = dict(planned)
    strikes: dict[str, list[Stoppage | Shortage]] = {}
    for name, disruption in scenario.disruptions.items():
        if isinstance(disruption, Stoppage | Shortage):
            for pool in disruption.pools:
                if resolve(pool) not in planned:
                    raise unknown_name(f"disruptions.{name}.pools", "pool", pool, planned)
            for struck in {resolve(pool) for pool in disruption.pools}:
                strikes.setdefault(struck, []).append(disruption)
    for pool, struck_by in strikes.items():
        left[pool] = _struck(planned[pool], struck_by)
    return left


def _struck(capacity: Capacity, strikes: list[Stoppage | Shortage]) -> Capacity:
    # A share is taken as the decimal that was written, so that half a unit is never a rounding.
    shares = [
        Fraction(str(strike.left)) if isinstance(strike, Shortage) else Fraction(0)
        for strike in strikes
    ]

    def units_left(values: tuple[int, ...]) -> int:
        units, *in_force = values
        return int(units * prod(share for share, now in zip(shares, in_force, strict=True) if now))

    return combined(units_left, [capacity, *map(_window, strikes)])


def _window(strike: Stoppage | Shortage) -> Capacity:
    start = round(strike.start_days * _DAY)
    return one_between(start, start + round(strike.duration_hours * _HOUR))
