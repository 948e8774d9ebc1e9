"""Single queues in steady state: M/M/c, M/G/1 and M/G/infinity."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.scenario.base import Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import Clock, relaxation_time, steady_clock
from sim.verify.controls import controls_of
from sim.verify.estimators import Sums, mean, mean_of
from sim.verify.experiment import Experiment, UnsupportedError
from sim.verify.laws import ExponentialLaw, Law, MixedLaw, draw, has_extra
from sim.verify.line_measures import (
    Visits,
    arrived,
    asymptotic_variance,
    busy_periods,
    check_little,
    mean_number,
    number_measures,
    path_in_window,
    share_at_most,
    sojourn_measures,
)
from sim.verify.lines import arrivals_of, visits_of
from sim.verify.reference_file import Case
from sim.verify.transient import TransientModel, TransientQueue

Ints = NDArray[np.int64]
_FORGETS_DWELL = 20
_ASYMPTOTIC = "asymptotic_variance_L"


class QueueModel(Strict):
    """As a reference file describes a queue."""

    kind: Literal["queue"]
    arrival: ExponentialLaw
    service: Law
    servers: Annotated[int, Field(ge=1)] | Literal["inf"]
    discipline: Literal["FIFO"] = "FIFO"
    capacity: Annotated[int, Field(ge=1)] | None = None
    on_full: Literal["lost"] | None = None


class Queue:
    """A queue in steady state."""

    def __init__(self, case: Case, model: QueueModel) -> None:
        self._case = case
        self._model = model
        self._rate = model.arrival.rate
        self._clock = self._steady_clock()

    @cached_property
    def activities(self) -> float:
        """Customers of a replication."""
        return self._rate * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Serve customers from empty until arrivals end; measure those in the window."""
        model, clock = self._model, self._clock
        arrival = arrivals_of(model.arrival, draws, "arrival", clock)
        customers = np.arange(len(arrival), dtype=np.int64)
        services = draw(model.service, draws, "service", customers)
        work = clock.ticks(services)
        visits = visits_of(arrival, work, None if model.servers == "inf" else model.servers)
        path = path_in_window(visits.arrival, visits.end, clock)
        check_little(path, visits, clock)
        line = {
            **sojourn_measures(visits, clock),
            **self._averages(visits),
            **number_measures(path, clock),
            **self._by_name(visits),
            **self._of_single_server(visits),
        }
        return {
            **self._with_controls(line, visits, work),
            **self._of_service(services[arrived(arrival, clock)]),
            **self._of_inspections(draws, customers[arrived(arrival, clock)]),
        }

    def _steady_clock(self) -> Clock:
        service_mean, scv = self._model.service.moments
        if self._model.servers == "inf":
            return steady_clock(_FORGETS_DWELL * service_mean / 10, self._rate)
        relaxation = relaxation_time(self._rate, service_mean, scv, self._model.servers)
        return steady_clock(relaxation, self._rate)

    def _averages(self, visits: Visits) -> dict[str, Sums]:
        clock = self._clock
        servers = 1 if self._model.servers == "inf" else self._model.servers
        busy = mean(mean_number(visits.start, visits.end, clock) / servers)
        return {
            "L": mean(mean_number(visits.arrival, visits.end, clock)),
            "Lq": mean(mean_number(visits.arrival, visits.start, clock)),
            "rho": busy,
            "server_utilisation": busy,
        }

    def _by_name(self, visits: Visits) -> dict[str, Sums]:
        """Shares of times below the thresholds that the names or values of metrics give."""
        clock = self._clock
        inside = arrived(visits.arrival, clock)
        times = {
            "Wq": (visits.start - visits.arrival)[inside],
            "W": (visits.end - visits.arrival)[inside],
        }
        shares = {
            name: share_at_most(times[of], value, clock)
            for name, (of, value) in self._case.quantiles.items()
            if of in times
        }
        for metric in self._case.metrics:
            for of, sample in times.items():
                threshold = metric.number_after(f"P_{of}_le_")
                if threshold is not None:
                    shares[metric.name] = share_at_most(sample, threshold, clock)
        return shares

    def _of_single_server(self, visits: Visits) -> dict[str, Sums]:
        if self._model.servers != 1:
            return {}
        return {
            **busy_periods(visits, self._clock),
            _ASYMPTOTIC: asymptotic_variance(visits, self._clock.parts),
        }

    def _with_controls(self, line: dict[str, Sums], visits: Visits, work: Ints) -> dict[str, Sums]:
        """Measures of a line, and how lucky it was; nothing waits where servers are no limit."""
        if self._model.servers == "inf":
            return line
        gap, service = self._model.arrival.mean, self._model.service.moments
        linear = controls_of(visits, work, gap, service, self._clock).sums
        line = {name: replace(sums, controls=tuple(linear)) for name, sums in line.items()}
        if _ASYMPTOTIC in line:
            parts = [
                controls_of(visits, work, gap, service, part).squares for part in self._clock.parts
            ]
            squares = tuple(np.mean(parts, axis=0))
            line[_ASYMPTOTIC] = replace(line[_ASYMPTOTIC], squares=squares)
        return line

    def _of_service(self, times: NDArray[np.float64]) -> dict[str, Sums]:
        """Moments of what was drawn."""
        return {
            f"service_m{power}": replace(mean_of(times**power), of_engine=False)
            for power in (1, 2, 3)
        }

    def _of_inspections(self, draws: Draws, customers: Ints) -> dict[str, Sums]:
        if not isinstance(self._model.service, MixedLaw):
            return {}
        inspected = has_extra(self._model.service, draws, "service", customers)
        flow = mean(np.count_nonzero(inspected) / self._clock.measured)
        return {"inspected_flow": replace(flow, of_engine=False)}


def queue(case: Case) -> Experiment:
    """Return the experiment of a queue: from empty for some customers, or in steady state.

    Raises:
        UnsupportedError: customers are lost when it is full.
    """
    if "stop" in case.model:
        return TransientQueue(case, validated(TransientModel, case.model, case.id))
    model = validated(QueueModel, case.model, case.id)
    if model.capacity is not None:
        raise UnsupportedError("loss: nobody is turned away from a port whose lines are full")
    return Queue(case, model)
