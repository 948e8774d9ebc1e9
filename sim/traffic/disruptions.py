"""Disruptions of arrivals: surges, and conveyances that do not come."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.scenario.disruption import Cancellation, Surge
from sim.scenario.scenario import Scenario
from sim.traffic.rates import CumulativeRate, cumulative

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_DAY, _HOUR = 86_400, 3600


def surges(scenario: Scenario, stream: str) -> list[tuple[int, int, float]]:
    """Windows in ticks, with the factor on the arrivals of a stream in each."""
    return [
        (*_window(each), each.factor)
        for each in scenario.disruptions.values()
        if isinstance(each, Surge) and stream in each.streams
    ]


def surged(rate: CumulativeRate, windows: Iterable[tuple[int, int, float]]) -> CumulativeRate:
    """Multiply a rate by a factor within windows; where they overlap the factors multiply."""
    for start, end, factor in windows:
        inner = [tick for tick in (start, end) if tick < rate.ticks[-1]]
        ticks = np.unique(np.concatenate([rate.ticks, inner]))
        per_tick = np.diff(np.interp(ticks, rate.ticks, rate.total)) / np.diff(ticks)
        inside = (ticks[:-1] >= start) & (ticks[:-1] < end)
        rate = cumulative(ticks, np.where(inside, factor * per_tick, per_tick))
    return rate


def load_factors(scenario: Scenario, stream: str, arrival: Ints) -> Floats:
    """Shape (n,): what a surge makes of the load of conveyances that keep a timetable."""
    factors = np.ones(len(arrival))
    for start, end, factor in surges(scenario, stream):
        factors[(arrival >= start) & (arrival < end)] *= factor
    return factors


def comes(scenario: Scenario, stream: str, arrival: Ints) -> NDArray[np.bool_]:
    """Shape (n,): whether a conveyance that would arrive then is not cancelled."""
    coming = np.ones(len(arrival), dtype=np.bool_)
    for each in scenario.disruptions.values():
        if isinstance(each, Cancellation) and stream in each.streams:
            start, end = _window(each)
            coming &= (arrival < start) | (arrival >= end)
    return coming


def _window(disruption: Surge | Cancellation) -> tuple[int, int]:
    start = round(disruption.start_days * _DAY)
    return start, start + round(disruption.duration_hours * _HOUR)
