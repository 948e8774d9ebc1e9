"""Vessel calls: when they arrive and what their cranes have to move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.traffic.distributions import lognormal, sample, ticks
from sim.traffic.draws import Draws

_DAY_TICKS = 86_400


@dataclass(frozen=True)
class VesselCalls:
    """One element a call, in order of arrival. Times in ticks.

    Attributes:
        arrival: arrival at the anchorage.
        consignments: number of import consignments on board.
    """

    arrival: NDArray[np.int64]
    consignments: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.arrival)


@dataclass(frozen=True)
class Window:
    """The arrivals that are measured, and the last arrival at all. Ticks."""

    start: int
    end: int
    last: int


def observation_window(scenario: Scenario) -> Window:
    """Return the window after the warm-up and before the cool-down."""
    experiment = scenario.experiment
    start = round(experiment.warm_up_days * _DAY_TICKS)
    end = start + round(experiment.horizon_days * _DAY_TICKS)
    return Window(start, end, end + round(experiment.cool_down_days * _DAY_TICKS))


def draw_vessel_calls(scenario: Scenario, draws: Draws) -> VesselCalls:
    """Draw the calls that arrive before the end of the cool-down."""
    spec = scenario.traffic.vessel_calls
    last = observation_window(scenario).last
    number = 64
    while True:
        calls = np.arange(number, dtype=np.int64)
        gaps = sample(spec.interarrival, draws.uniform("vessel_calls.interarrival", calls))
        arrival = np.cumsum(ticks(gaps))
        if not arrival[-1]:
            raise InputError("traffic.vessel_calls.interarrival: vessels arrive all at once")
        if arrival[-1] >= last:
            break
        number *= 2
    arrival = arrival[arrival < last]
    if not len(arrival):
        days = last / _DAY_TICKS
        raise InputError(
            f"traffic.vessel_calls.interarrival: no vessel arrives within {days:g} days in "
            f"replication {draws.replication}"
        )
    luck = draws.uniform("vessel_calls.consignments", calls[: len(arrival)])
    size = lognormal(spec.consignments_per_call, spec.consignments_cv, luck)
    return VesselCalls(arrival, np.maximum(1, np.rint(size).astype(np.int64)))
