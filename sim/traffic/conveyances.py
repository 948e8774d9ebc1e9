"""Conveyances: vessel calls, train runs, flights, trucks, each stream in order of arrival."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.traffic.arrival_times import draw_arrivals
from sim.traffic.draws import Draws
from sim.traffic.window import observation_window

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_DAY_TICKS = 86_400


@dataclass(frozen=True)
class Conveyances:
    """One element a conveyance; streams stand one after another, each in order of arrival.

    Attributes:
        streams: names of the streams.
        stream: index into streams.
        entity: identity within the stream, by which draws are keyed.
        arrival: ticks.
        other_unload_moves: boxes unloaded that are no consignment.
        other_load_moves: boxes loaded that are no consignment.
    """

    streams: tuple[str, ...]
    stream: Ints
    entity: Ints
    arrival: Ints
    other_unload_moves: Floats
    other_load_moves: Floats

    def __len__(self) -> int:
        return len(self.arrival)

    def of_stream(self, name: str) -> Ints:
        """Indices of the conveyances of a stream."""
        return np.flatnonzero(self.stream == self.streams.index(name))


def draw_conveyances(scenario: Scenario, draws: Draws) -> Conveyances:
    """Draw the conveyances that arrive before the end of the cool-down.

    Raises:
        InputError: no conveyance arrives at all.
    """
    last = observation_window(scenario.experiment).last
    specs = scenario.traffic.conveyances
    found = []
    for name, stream in specs.items():
        where = f"traffic.conveyances.{name}"
        times = draw_arrivals(where, stream, last, 0, draws.under(name))
        order = np.argsort(times.arrival, kind="stable")
        found.append((times.entity[order], times.arrival[order]))
    sizes = [len(arrival) for _, arrival in found]
    if not sum(sizes):
        raise InputError(
            f"traffic.conveyances: no conveyance arrives within {last / _DAY_TICKS:g} days in "
            f"replication {draws.replication}"
        )
    return Conveyances(
        streams=tuple(specs),
        stream=np.repeat(np.arange(len(specs)), sizes),
        entity=np.concatenate([entity for entity, _ in found]),
        arrival=np.concatenate([arrival for _, arrival in found]),
        other_unload_moves=np.repeat([s.other_unload_moves for s in specs.values()], sizes),
        other_load_moves=np.repeat([s.other_load_moves for s in specs.values()], sizes),
    )
