"""Networks of stations: customers go from one to the next, back, or out (Jackson 1957)."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.engine.simulate import simulate
from sim.scenario.base import NonNegative, Positive, Probability, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import Clock, relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean, mean_of, variance_of
from sim.verify.experiment import UnsupportedError
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import Visits, arrived, mean_number, share_at_most
from sim.verify.lines import arrivals_of
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]


class NetworkModel(Strict):
    """Stations with their servers, and where customers go from each."""

    kind: Literal["network"]
    external: tuple[NonNegative, ...]
    service_rates: tuple[Positive, ...]
    servers: tuple[Annotated[int, Field(ge=1)], ...]
    routing: tuple[tuple[Probability, ...], ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        stations = len(self.servers)
        sizes = {len(self.external), len(self.service_rates), len(self.routing)}
        if sizes | {len(row) for row in self.routing} != {stations}:
            raise ValueError(f"external, service_rates and routing must be of {stations} stations")
        if not sum(self.external) or any(sum(row) > 1 + 1e-12 for row in self.routing):
            raise ValueError("somebody must come, and no row of routing may exceed 1")
        return self


class StationNetwork:
    """The way of each customer is drawn beforehand and becomes a chain of activities."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._model = model = validated(NetworkModel, case.model, case.id)
        self._routing = np.array(model.routing, dtype=np.float64)
        self._rate = sum(model.external)
        stations = len(model.servers)
        stays = np.eye(stations) - self._routing.T
        if np.linalg.matrix_rank(stays) < stations:
            raise UnsupportedError("customers who never leave")
        self._flow = np.linalg.solve(stays, np.array(model.external))
        relaxation = sum(
            relaxation_time(flow, 1 / pace, servers=servers)
            for flow, pace, servers in zip(
                self._flow, model.service_rates, model.servers, strict=True
            )
        )
        self._clock = steady_clock(relaxation, self._rate)

    @cached_property
    def activities(self) -> float:
        """Visits to stations in a replication."""
        return float(self._flow.sum()) * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Send customers through the stations."""
        clock = self._clock
        law = ExponentialLaw(dist="exp", mean=1 / self._rate)
        arrival = arrivals_of(law, draws, "arrival", clock)
        customer, station, work = self._ways(len(arrival), draws)
        first = np.searchsorted(customer, np.arange(len(arrival)))
        last = np.append(first[1:], len(customer)) - 1
        follows = np.flatnonzero(customer[1:] == customer[:-1])
        activities = Activities(
            case=customer,
            work=work,
            earliest=arrival[customer],
            demand=station,
            before=follows,
            after=follows + 1,
        )
        servers = tuple(Servers(units) for units in self._model.servers)
        demands = tuple(((number, 1),) for number in range(len(servers)))
        trace = simulate(build_plan(activities, servers, demands))
        total = (trace.end[last] - arrival)[arrived(arrival, clock)]
        at_stations = [
            _visits_at(trace.ready, trace.start, trace.end, station == number)
            for number in range(len(servers))
        ]
        return {
            **_station_measures(at_stations, clock),
            "W_total": mean_of(total / clock.scale),
            "W_total_var": variance_of(total / clock.scale),
            **{
                name: share_at_most(total, value, clock)
                for name, (_, value) in self._case.quantiles.items()
            },
        }

    def _ways(self, customers: int, draws: Draws) -> tuple[Ints, Ints, Ints]:
        """Customer, station and ticks of work of each visit, customer by customer in order."""
        entry = np.cumsum(np.array(self._model.external)) / self._rate
        leaves = np.cumsum(self._routing, axis=1)
        present = np.arange(customers, dtype=np.int64)
        station = np.searchsorted(entry, draws.uniform("entry", present))
        parts, visit = [], 0
        while len(present):
            unit = draw(ExponentialLaw(dist="exp", mean=1.0), draws, f"service.{visit}", present)
            work = unit / np.array(self._model.service_rates)[station]
            parts.append((present, np.full(len(present), visit), station, self._clock.ticks(work)))
            luck = draws.uniform(f"route.{visit}", present)
            target = (luck[:, None] >= leaves[station]).sum(axis=1)
            stays = target < len(leaves)
            present, station = present[stays], target[stays]
            visit += 1
        customer, number, stations, works = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )
        order = np.lexsort((number, customer))
        return customer[order], stations[order], works[order]


def _visits_at(ready: Ints, start: Ints, end: Ints, here: NDArray[np.bool_]) -> Visits:
    return Visits(ready[here], start[here], end[here])


def _station_measures(at_stations: list[Visits], clock: Clock) -> dict[str, Sums]:
    measures: dict[str, Sums] = {}
    for number, visits in enumerate(at_stations, start=1):
        inside = arrived(visits.arrival, clock)
        waits = (visits.start - visits.arrival)[inside] / clock.scale
        measures[f"L{number}"] = mean(mean_number(visits.arrival, visits.end, clock))
        measures[f"Wq{number}"] = mean_of(waits)
        measures[f"lambda{number}"] = mean(len(waits) / clock.measured)
    return measures
