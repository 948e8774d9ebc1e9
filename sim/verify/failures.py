"""A server that fails while it works, is repaired, and takes up the same customer again."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine.simulate import simulate
from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean, mean_of
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import Visits, arrived, mean_number, sojourn_measures
from sim.verify.lines import arrivals_of
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class FailingModel(Strict):
    """M/M/1 with failures in working time and repairs."""

    kind: Literal["queue_with_failures"]
    arrival: ExponentialLaw
    service: ExponentialLaw
    failure_rate_while_working: Positive
    repair: ExponentialLaw
    servers: Literal[1]


class FailingServer:
    """The first piece of work takes the server, the last one returns it, repairs lie between."""

    def __init__(self, case: Case) -> None:
        self._model = model = validated(FailingModel, case.model, case.id)
        failures = model.failure_rate_while_working * model.service.mean
        completion = model.service.mean + failures * model.repair.mean
        spread = model.service.mean**2 + 2 * failures * model.repair.mean**2
        scv = 1 + spread / completion**2
        self._clock = steady_clock(
            relaxation_time(model.arrival.rate, completion, scv), model.arrival.rate
        )
        self._pieces = 1 + 2 * failures

    @cached_property
    def activities(self) -> float:
        """Pieces of work and repairs in a replication."""
        return self._model.arrival.rate * self._clock.horizon * self._pieces

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Serve customers piece by piece."""
        clock = self._clock
        arrival = arrivals_of(self._model.arrival, draws, "arrival", clock)
        customer, work = self._pieces_of(len(arrival), draws)
        first = np.searchsorted(customer, np.arange(len(arrival)))
        last = np.append(first[1:], len(customer)) - 1
        demand = np.full(len(customer), -1, dtype=np.int64)
        returned = demand.copy()
        demand[first], returned[last] = 0, 0
        follows = np.flatnonzero(customer[1:] == customer[:-1])
        activities = Activities(
            case=customer,
            work=clock.ticks(work),
            earliest=arrival[customer],
            demand=demand,
            returned=returned,
            before=follows,
            after=follows + 1,
        )
        trace = simulate(build_plan(activities, (Servers(1),), (((0, 1),),)))
        visits = Visits(trace.ready[first], trace.start[first], trace.end[last])
        completion = (visits.end - visits.start)[arrived(arrival, clock)] / clock.scale
        return {
            **sojourn_measures(visits, clock),
            "completion_time_mean": mean_of(completion),
            "rho_effective": mean(mean_number(visits.start, visits.end, clock)),
            "L": mean(mean_number(visits.arrival, visits.end, clock)),
        }

    def _pieces_of(self, customers: int, draws: Draws) -> tuple[Ints, Floats]:
        """Customer and duration of each piece: work, repair, work … until the work is done."""
        model = self._model
        left = draw(model.service, draws, "service", np.arange(customers, dtype=np.int64))
        until_failure = ExponentialLaw(dist="exp", mean=1 / model.failure_rate_while_working)
        customer, order, duration = [], [], []
        working = np.arange(customers, dtype=np.int64)
        visit = 0
        while len(working):
            work = draw(until_failure, draws, f"failure.{visit}", working)
            done = np.minimum(work, left[working])
            customer.append(working)
            order.append(np.full(len(working), 2 * visit))
            duration.append(done)
            left[working] -= done
            working = working[work == done]
            customer.append(working)
            order.append(np.full(len(working), 2 * visit + 1))
            duration.append(draw(model.repair, draws, f"repair.{visit}", working))
            visit += 1
        sorted_pieces = np.lexsort((np.concatenate(order), np.concatenate(customer)))
        return np.concatenate(customer)[sorted_pieces], np.concatenate(duration)[sorted_pieces]
