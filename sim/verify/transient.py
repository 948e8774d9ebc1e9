"""Queues from empty: for so many customers, or for so much time."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.engine.simulate import simulate
from sim.engine.trace import Trace
from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean, ratio
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import arrived
from sim.verify.lines import arrivals_of, visits_of
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
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


class TerminatingModel(Strict):
    """A queue from empty for a time, everybody followed to the end."""

    kind: Literal["terminating_queue"]
    arrival: ExponentialLaw
    service: ExponentialLaw
    servers: Annotated[int, Field(ge=1)]
    horizon: Positive
    start: Literal["empty"]


def queues_side_by_side(arrival: Floats, work: Floats, servers: int) -> Trace:
    """Run independent queues in one plan, each in front of servers of its own.

    Args:
        arrival: shape (queues, customers), in model units.
        work: same shape.
        servers: of each queue.
    """
    queues, customers = arrival.shape
    activities = Activities(
        case=np.arange(arrival.size),
        work=np.rint(work.ravel() * _SCALE).astype(np.int64),
        earliest=np.rint(arrival.ravel() * _SCALE).astype(np.int64),
        demand=np.repeat(np.arange(queues), customers),
    )
    demands = tuple(((queue, 1),) for queue in range(queues))
    return simulate(build_plan(activities, (Servers(servers),) * queues, demands))


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
        work = draw(self._model.service, draws, "transient.service", customer).reshape(shape)
        trace = queues_side_by_side(np.cumsum(gaps, axis=1), work, self._model.servers)
        return np.asarray((trace.start - trace.ready).reshape(shape) / _SCALE)

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


class TerminatingQueue:
    """Numbers in system at given times, and what all who arrive until the end experience."""

    def __init__(self, case: Case) -> None:
        self._model = validated(TerminatingModel, case.model, case.id)
        self._times = [
            float(metric.name.removeprefix("E_N_t"))
            for metric in case.metrics
            if metric.name.startswith("E_N_t")
        ]

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
        begin, end = self._run(arrival, work)
        horizon = model.horizon * _SCALE
        inside = np.minimum(end, horizon) - begin
        unfinished = mean(_present(begin, end, horizon))
        return {
            **{f"E_N_t{time:g}": mean(_present(begin, end, time * _SCALE)) for time in self._times},
            "time_average_N_0_H": mean(inside.sum() / horizon / _QUEUES),
            "sum_sojourn_per_expected_arrival": mean(
                float((end - begin).sum()) / _SCALE / expected / _QUEUES
            ),
            "unfinished_at_H": unfinished,
        }

    def _run(self, arrival: Floats, work: Floats) -> tuple[Ints, Ints]:
        """Arrivals and ends, in ticks, of all customers of all queues."""
        queue, _ = arrived_queues = np.nonzero(np.isfinite(arrival))
        activities = Activities(
            case=np.arange(len(queue)),
            work=np.rint(work[arrived_queues] * _SCALE).astype(np.int64),
            earliest=np.rint(arrival[arrived_queues] * _SCALE).astype(np.int64),
            demand=queue,
        )
        demands = tuple(((number, 1),) for number in range(_QUEUES))
        servers = (Servers(self._model.servers),) * _QUEUES
        trace = simulate(build_plan(activities, servers, demands))
        return trace.ready, trace.end


def _present(begin: Ints, end: Ints, tick: float) -> float:
    """How many of a queue are there just before a time, on average over the queues."""
    return float(np.count_nonzero((begin < tick) & (end >= tick))) / _QUEUES
