"""Queues from empty for so many customers, beside the same queue in steady state."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.scenario.base import Strict
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean, ratio
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import arrived
from sim.verify.lines import arrivals_of, queues_side_by_side, visits_of
from sim.verify.reference_file import Case

Floats = NDArray[np.float64]
_QUEUES = 400
_SCALE = 100_000


class Customers(Strict):
    """After how many customers a queue ends."""

    customers: Annotated[int, Field(ge=2)]


class TransientModel(Strict):
    """A queue from empty for a number of customers."""

    kind: Literal["queue"]
    arrival: ExponentialLaw
    service: ExponentialLaw
    servers: Annotated[int, Field(ge=1)]
    discipline: Literal["FIFO"]
    start: Literal["empty"]
    stop: Customers


class TransientQueue:
    """Delays of the first customers of many queues, beside a long run of one in steady state."""

    def __init__(self, case: Case, model: TransientModel) -> None:
        self._customers = model.stop.customers
        self._model = model
        rate, service = model.arrival.rate, 1 / model.service.rate
        self._clock = steady_clock(relaxation_time(rate, service, servers=model.servers), rate)

    @cached_property
    def activities(self) -> float:
        """Customers of a replication."""
        return self._model.arrival.rate * self._clock.horizon + _QUEUES * self._customers

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Run both and compare their waits; the first customer arrives at once."""
        delays = self._delays(draws)
        steady_wait, waits = self._steady_waits(draws)
        first_25 = delays[:, :25].mean()
        return {
            **{
                f"E_delay_customer_{number + 1}": mean(delays[:, number].mean())
                for number in range(self._customers)
            },
            **{
                f"mean_delay_first_{number}": mean(delays[:, :number].mean())
                for number in range(1, self._customers + 1)
            },
            "steady_state_Wq": ratio(steady_wait, waits),
            "bias_of_first_25_pct": Sums("relative_change", (first_25 * waits, steady_wait)),
        }

    def _delays(self, draws: Draws) -> Floats:
        """Shape (queues, customers): delay of each, in model units."""
        shape = (_QUEUES, self._customers)
        customer = np.arange(_QUEUES * self._customers, dtype=np.int64)
        gaps = draw(self._model.arrival, draws, "transient.arrival", customer).reshape(shape)
        gaps[:, 0] = 0.0
        work = draw(self._model.service, draws, "transient.service", customer)
        arrival = np.rint(np.cumsum(gaps, axis=1) * _SCALE).astype(np.int64)
        visits = queues_side_by_side(
            np.repeat(np.arange(_QUEUES), self._customers),
            arrival.ravel(),
            np.rint(work * _SCALE).astype(np.int64),
            self._model.servers,
        )
        return np.asarray((visits.start - visits.arrival).reshape(shape) / _SCALE)

    def _steady_waits(self, draws: Draws) -> tuple[float, int]:
        """Sum and number of waits in steady state."""
        clock = self._clock
        arrival = arrivals_of(self._model.arrival, draws, "arrival", clock)
        customers = np.arange(len(arrival), dtype=np.int64)
        work = clock.ticks(draw(self._model.service, draws, "service", customers))
        visits = visits_of(arrival, work, self._model.servers)
        inside = arrived(visits.arrival, clock)
        waits = (visits.start - visits.arrival)[inside] / clock.scale
        return float(waits.sum()), len(waits)
