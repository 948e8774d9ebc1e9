"""Queues from empty for so much time, everybody followed to the end."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.lines import queues_side_by_side
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_QUEUES = 400
_SCALE = 100_000


class TerminatingModel(Strict):
    """A queue from empty for a time, everybody followed to the end."""

    kind: Literal["terminating_queue"]
    arrival: ExponentialLaw
    service: ExponentialLaw
    servers: Annotated[int, Field(ge=1)]
    horizon: Positive
    start: Literal["empty"]


class TerminatingQueue:
    """Numbers in system at given times, and what all who arrive until the end experience."""

    def __init__(self, case: Case) -> None:
        self._model = validated(TerminatingModel, case.model, case.id)
        times = {metric.name: metric.number_after("E_N_t") for metric in case.metrics}
        self._times = {name: time for name, time in times.items() if time is not None}

    @cached_property
    def activities(self) -> float:
        """Customers of a replication."""
        return _QUEUES * self._model.arrival.rate * self._model.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Run many queues; all who arrive until the horizon are followed to their end."""
        model = self._model
        expected = model.arrival.rate * model.horizon
        shape = (_QUEUES, int(expected + 10 * np.sqrt(expected)) + 10)
        customer = np.arange(shape[0] * shape[1], dtype=np.int64)
        gaps = draw(model.arrival, draws, "arrival", customer).reshape(shape)
        arrival = np.cumsum(gaps, axis=1)
        arrival[arrival >= model.horizon] = np.inf
        work = draw(model.service, draws, "service", customer).reshape(shape)
        queue, _ = comes = np.nonzero(np.isfinite(arrival))
        visits = queues_side_by_side(
            queue,
            np.rint(arrival[comes] * _SCALE).astype(np.int64),
            np.rint(work[comes] * _SCALE).astype(np.int64),
            model.servers,
        )
        begin, end = visits.arrival, visits.end
        horizon = model.horizon * _SCALE
        inside = np.minimum(end, horizon) - begin
        unfinished = mean(_present(begin, end, horizon))
        return {
            **{
                name: mean(_present(begin, end, time * _SCALE))
                for name, time in self._times.items()
            },
            "time_average_N_0_H": mean(inside.sum() / horizon / _QUEUES),
            "sum_sojourn_per_expected_arrival": mean(
                float((end - begin).sum()) / _SCALE / expected / _QUEUES
            ),
            "unfinished_at_H": unfinished,
        }


def _present(begin: Ints, end: Ints, tick: float) -> float:
    """How many of a queue are there just before a time, on average over the queues."""
    return float(np.count_nonzero((begin < tick) & (end >= tick))) / _QUEUES
