"""Lines with priorities, and with servers that fail while they work."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean_of
from sim.verify.experiment import Experiment, UnsupportedError
from sim.verify.laws import ExponentialLaw, SimpleLaw, draw
from sim.verify.line_measures import arrived
from sim.verify.lines import arrivals_of, visits_of
from sim.verify.reference_file import Case


class CustomerClass(Strict):
    """Customers of one priority; lower goes first."""

    rate: Positive
    priority: Annotated[int, Field(ge=0, le=7)]
    service: SimpleLaw | None = None


class PriorityModel(Strict):
    """Classes in front of the same servers."""

    kind: Literal["priority_queue"]
    classes: tuple[CustomerClass, CustomerClass]
    servers: Annotated[int, Field(ge=1)]
    preemptive: bool | Literal["resume"]
    service: SimpleLaw | None = None


class PriorityQueue:
    """Two classes in one line, the urgent ones first, nobody interrupted."""

    def __init__(self, model: PriorityModel) -> None:
        self._model = model
        self._laws = [_service_of(group, model) for group in model.classes]
        rate = sum(group.rate for group in model.classes)
        service_mean = (
            sum(
                group.rate * law.moments[0]
                for group, law in zip(model.classes, self._laws, strict=True)
            )
            / rate
        )
        scv = max(1.0, *(law.moments[1] for law in self._laws))
        self._clock = steady_clock(relaxation_time(rate, service_mean, scv, model.servers), rate)

    @cached_property
    def activities(self) -> float:
        """Customers of a replication."""
        return sum(group.rate for group in self._model.classes) * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Serve both classes; waits of each and of all."""
        clock = self._clock
        arrivals, works = [], []
        for number, (group, law) in enumerate(zip(self._model.classes, self._laws, strict=True)):
            arrival_law = ExponentialLaw(dist="exp", mean=1 / group.rate)
            arrival = arrivals_of(arrival_law, draws, f"arrival.{number}", clock)
            customers = np.arange(len(arrival), dtype=np.int64)
            arrivals.append(arrival)
            works.append(clock.ticks(draw(law, draws, f"service.{number}", customers)))
        arrival = np.concatenate(arrivals)
        order = np.argsort(arrival, kind="stable")
        group_of = np.repeat(np.arange(2), [len(times) for times in arrivals])[order]
        priorities = np.array([group.priority for group in self._model.classes])
        visits = visits_of(
            arrival[order],
            np.concatenate(works)[order],
            self._model.servers,
            priorities[group_of],
        )
        waits = (visits.start - visits.arrival) / clock.scale
        inside = arrived(visits.arrival, clock)
        high, low = np.argsort(priorities)
        return {
            "Wq_high": mean_of(waits[inside & (group_of == high)]),
            "Wq_low": mean_of(waits[inside & (group_of == low)]),
            "Wq_mixed_equals_fifo": mean_of(waits[inside]),
        }


def priority_queue(case: Case) -> Experiment:
    """Return the experiment of a line with priorities.

    Raises:
        UnsupportedError: who is urgent interrupts who is not.
    """
    model = validated(PriorityModel, case.model, case.id)
    if model.preemptive:
        raise UnsupportedError("preemption: nobody at work is interrupted by somebody more urgent")
    return PriorityQueue(model)


def _service_of(group: CustomerClass, model: PriorityModel) -> SimpleLaw:
    law = group.service or model.service
    if law is None:
        raise UnsupportedError("a class of customers without a service time")
    return law
