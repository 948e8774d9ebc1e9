"""Vessels that bring boxes: all boxes of a vessel arrive at once."""

from __future__ import annotations

from functools import cached_property
from math import isclose
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.engine.simulate import simulate
from sim.scenario.base import Positive, Probability, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean, mean_of
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.line_measures import Visits, arrived, mean_number, sojourn_measures
from sim.verify.lines import arrivals_of, check_line
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case


class BatchModel(Strict):
    """Vessels with a random number of boxes before servers that take one box at a time."""

    kind: Literal["batch_queue"]
    vessel_rate: Positive
    batch_pmf: dict[Annotated[str, Field(pattern=r"^[1-9]\d*$")], Probability]
    service: ExponentialLaw
    servers: Literal[1]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(self.batch_pmf.values())
        if not isclose(total, 1.0):
            raise ValueError(f"batch_pmf adds up to {total:g}, not to 1")
        return self


class BatchQueue:
    """A vessel is a case, a box is one of its activities."""

    def __init__(self, case: Case) -> None:
        self._model = model = validated(BatchModel, case.model, case.id)
        self._sizes = np.array([int(size) for size in model.batch_pmf])
        self._shares = np.array(list(model.batch_pmf.values()))
        size = float(self._sizes @ self._shares)
        self._rate = model.vessel_rate * size
        # A vessel that brings many boxes makes the line as unsteady as service that varies more.
        relaxation = size * relaxation_time(self._rate, model.service.mean)
        self._clock = steady_clock(relaxation, self._rate)

    @cached_property
    def activities(self) -> float:
        """Boxes of a replication."""
        return self._rate * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Serve the boxes of all vessels."""
        clock = self._clock
        law = ExponentialLaw(dist="exp", mean=1 / self._model.vessel_rate)
        vessels = arrivals_of(law, draws, "vessel", clock)
        luck = draws.uniform("boxes", np.arange(len(vessels), dtype=np.int64))
        place = np.searchsorted(np.cumsum(self._shares), luck)
        sizes = self._sizes[np.minimum(place, len(self._sizes) - 1)]
        vessel = np.repeat(np.arange(len(vessels)), sizes)
        boxes = np.arange(len(vessel), dtype=np.int64)
        work = clock.ticks(draw(self._model.service, draws, "service", boxes))
        arrival = vessels[vessel]
        none = np.zeros(len(vessel), dtype=np.int64)
        plan = build_plan(Activities(vessel, work, arrival, none), (Servers(1),), (((0, 1),),))
        trace = simulate(plan)
        visits = Visits(trace.ready, trace.start, trace.end)
        check_line(visits, arrival, work, 1, in_turn=True)
        last = np.maximum.reduceat(visits.end, np.cumsum(sizes) - sizes)
        inside = arrived(vessels, clock)
        measures = sojourn_measures(visits, clock)
        return {
            "rho": mean(mean_number(visits.start, visits.end, clock)),
            "L": mean(mean_number(visits.arrival, visits.end, clock)),
            "W_box": measures["W"],
            "Wq_box": measures["Wq"],
            "W_last_box_of_vessel": mean_of((last - vessels)[inside] / clock.scale),
        }
