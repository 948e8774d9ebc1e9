"""Designs side by side under the same luck: one line or many, one fast server or several."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.engine.simulate import simulate
from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean_of
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import Visits, arrived
from sim.verify.lines import arrivals_of, visits_of
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_DESIGNS = 3


class CompareModel(Strict):
    """So many servers, pooled, split or replaced by one that is as fast as all."""

    kind: Literal["compare"]
    total_rate: Positive
    service_rate: Positive
    servers: Annotated[int, Field(ge=2)]


class Pooling:
    """The same customers before pooled servers, split ones and a single fast one."""

    def __init__(self, case: Case) -> None:
        self._model = model = validated(CompareModel, case.model, case.id)
        self._arrival = ExponentialLaw(dist="exp", mean=1 / model.total_rate)
        self._service = ExponentialLaw(dist="exp", mean=1 / model.service_rate)
        of_one = model.total_rate / model.servers
        relaxation = relaxation_time(of_one, self._service.mean)
        self._clock = steady_clock(relaxation, model.total_rate)

    @cached_property
    def activities(self) -> float:
        """Customers of a replication, in all designs."""
        return _DESIGNS * self._model.total_rate * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Serve the same customers in each design."""
        clock, servers = self._clock, self._model.servers
        arrival = arrivals_of(self._arrival, draws, "arrival", clock)
        customers = np.arange(len(arrival), dtype=np.int64)
        work = clock.ticks(draw(self._service, draws, "service", customers))
        line = (draws.uniform("line", customers) * servers).astype(np.int64)
        inside = arrived(arrival, clock)
        pooled = visits_of(arrival, work, servers)
        split = _split(arrival, work, line, servers)
        fast = visits_of(arrival, np.rint(work / servers).astype(np.int64), 1)
        waits = {
            name: (visits.start - visits.arrival)[inside] / clock.scale
            for name, visits in (("pooled", pooled), ("split", split))
        }
        return {
            "Wq_pooled": mean_of(waits["pooled"]),
            "Wq_split": mean_of(waits["split"]),
            "split_over_pooled": Sums(
                "ratio", (float(waits["split"].sum()), float(waits["pooled"].sum()))
            ),
            "W_one_fast_server": mean_of((fast.end - fast.arrival)[inside] / clock.scale),
            "W_pooled": mean_of((pooled.end - pooled.arrival)[inside] / clock.scale),
        }


def _split(arrival: Ints, work: Ints, line: Ints, servers: int) -> Visits:
    """Each customer waits for the one server of his line."""
    activities = Activities(np.arange(len(arrival)), work, arrival, line)
    demands = tuple(((server, 1),) for server in range(servers))
    trace = simulate(build_plan(activities, (Servers(1),) * servers, demands))
    return Visits(trace.ready, trace.start, trace.end)
