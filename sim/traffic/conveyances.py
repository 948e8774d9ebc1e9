"""Conveyances: vessel calls, train runs, flights, trucks, each stream in order of arrival."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.scenario.arrivals import ListedArrivals
from sim.scenario.dates import day_of_year
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import ConveyanceStream
from sim.traffic.arrival_times import ArrivalTimes, draw_arrivals
from sim.traffic.disruptions import comes, surges
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs
from sim.traffic.listed import ListedConveyances
from sim.traffic.window import observation_window

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_DAY_TICKS = 86_400


@dataclass(frozen=True)
class Conveyances:
    """One element a conveyance; streams stand one after another.

    In each stream those that come stand in order of arrival, then the cancelled ones.

    Attributes:
        streams: names of the streams.
        stream: index into streams.
        entity: identity within the stream, by which draws are keyed.
        arrival: ticks; as planned for one that is cancelled.
        timetable: its time in the timetable, in ticks; the arrival where there is none.
        cancelled: whether it does not come.
        other_unload_moves: boxes unloaded that are no consignment.
        other_load_moves: boxes loaded that are no consignment.
    """

    streams: tuple[str, ...]
    stream: Ints
    entity: Ints
    arrival: Ints
    timetable: Ints
    cancelled: NDArray[np.bool_]
    other_unload_moves: Floats
    other_load_moves: Floats

    def __len__(self) -> int:
        return len(self.arrival)

    def of_stream(self, name: str) -> Ints:
        """Indices of the conveyances of a stream that come."""
        return np.flatnonzero((self.stream == self.streams.index(name)) & ~self.cancelled)

    def cancelled_of_stream(self, name: str) -> Ints:
        """Indices of the conveyances of a stream that do not come."""
        return np.flatnonzero((self.stream == self.streams.index(name)) & self.cancelled)


def draw_conveyances(scenario: Scenario, inputs: Inputs, draws: Draws) -> Conveyances:
    """Draw the conveyances that arrive before the end of the cool-down, or would.

    Raises:
        InputError: no conveyance is due at all.
    """
    last = observation_window(scenario.experiment).last
    first_day = day_of_year(scenario.experiment.start_date)
    parts = []
    for number, (name, stream) in enumerate(scenario.traffic.conveyances.items()):
        if isinstance(stream.arrivals, ListedArrivals):
            part = _listed(stream, inputs.conveyances[stream.arrivals.path], last)
        else:
            where = f"traffic.conveyances.{name}"
            surge = surges(scenario, name)
            times = draw_arrivals(where, stream.arrivals, last, first_day, surge, draws.under(name))
            part = _drawn(stream, times)
        part = replace(
            part,
            stream=np.full(len(part), number, dtype=np.int64),
            cancelled=part.cancelled | ~comes(scenario, name, part.arrival),
        )
        parts.append(_those_that_come_first(part))
    if not sum(map(len, parts)):
        raise InputError(
            f"traffic.conveyances: no conveyance arrives within {last / _DAY_TICKS:g} days in "
            f"replication {draws.replication}"
        )
    return Conveyances(
        tuple(scenario.traffic.conveyances),
        *(np.concatenate([getattr(part, column) for part in parts]) for column in _COLUMNS),
    )


_COLUMNS = (
    "stream",
    "entity",
    "arrival",
    "timetable",
    "cancelled",
    "other_unload_moves",
    "other_load_moves",
)


def _drawn(stream: ConveyanceStream, times: ArrivalTimes) -> Conveyances:
    order = np.argsort(times.arrival, kind="stable")
    part = _of_stream(stream, times.entity[order], times.arrival[order])
    return replace(part, timetable=times.timetable[order], cancelled=times.cancelled[order])


def _listed(stream: ConveyanceStream, listed: ListedConveyances, last: int) -> Conveyances:
    early = int(np.searchsorted(listed.arrival, last))
    part = _of_stream(stream, np.arange(early, dtype=np.int64), listed.arrival[:early])
    moves = {
        f"other_{name}": column[:early].astype(np.float64)
        for name in ("unload_moves", "load_moves")
        if (column := getattr(listed, name)) is not None
    }
    return replace(part, **moves)


def _those_that_come_first(part: Conveyances) -> Conveyances:
    order = np.argsort(part.cancelled, kind="stable")
    return replace(part, **{column: getattr(part, column)[order] for column in _COLUMNS})


def _of_stream(stream: ConveyanceStream, entity: Ints, arrival: Ints) -> Conveyances:
    number = len(arrival)
    return Conveyances(
        streams=(),
        stream=np.zeros(number, dtype=np.int64),
        entity=entity,
        arrival=arrival,
        timetable=arrival,
        cancelled=np.zeros(number, dtype=np.bool_),
        other_unload_moves=np.full(number, stream.other_unload_moves),
        other_load_moves=np.full(number, stream.other_load_moves),
    )
