"""Boxes that wait for the next train, with wagons for all or for some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.engine.simulate import simulate
from sim.engine.trace import Trace
from sim.scenario.base import Positive, Strict
from sim.scenario.duration import Constant, Distribution, Exponential, Gamma
from sim.scenario.validate import validated
from sim.traffic.distributions import sample
from sim.traffic.draws import Draws
from sim.verify.clock import steady_clock
from sim.verify.estimators import Sums, mean, mean_of
from sim.verify.experiment import Experiment, UnsupportedError
from sim.verify.laws import ExponentialLaw
from sim.verify.line_measures import arrived
from sim.verify.lines import arrivals_of
from sim.verify.network_builder import SLOTS, Activities, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_NUMBER = r"[1-9]\d*(?:\.\d+)?"
_HEADWAY = re.compile(
    rf"(?P<law>deterministic|exp mean|gamma shape {_NUMBER} mean) (?P<mean>{_NUMBER})$"
)
_SOURCE: dict[str, Any] = {"source": "reference case"}


class UnlimitedModel(Strict):
    """Trains with wagons for all boxes, at headways of several laws."""

    kind: Literal["train"]
    box_rate: Positive
    headways: Annotated[tuple[str, ...], Field(min_length=1)]
    capacity: Literal["inf"]


class LimitedModel(Strict):
    """Trains at even headways with so many wagons."""

    kind: Literal["train"]
    box_rate: Positive
    headway: Positive
    capacity: Annotated[int, Field(ge=1)]
    unit: Literal["hour"]


def train(case: Case) -> Experiment:
    """Return the experiment of trains with or without room for all."""
    if case.model.get("capacity") == "inf":
        return UnlimitedTrains(validated(UnlimitedModel, case.model, case.id))
    return LimitedTrains(validated(LimitedModel, case.model, case.id))


class UnlimitedTrains:
    """Every train that departs has wagons for all boxes that are there."""

    def __init__(self, model: UnlimitedModel) -> None:
        self._model = model
        self._headways = [read_headway(text) for text in model.headways]
        longest = max(headway.mean for headway in self._headways)
        self._clock = steady_clock(longest, model.box_rate)

    @cached_property
    def activities(self) -> float:
        """Boxes and departures of a replication, at all headways."""
        boxes = self._model.box_rate * self._clock.horizon
        return len(self._headways) * boxes

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Waits for the next departure."""
        law = ExponentialLaw(dist="exp", mean=1 / self._model.box_rate)
        box = arrivals_of(law, draws, "box", self._clock)
        inside = arrived(box, self._clock)
        waits = {}
        for headway in self._headways:
            departure = self._departures(headway, draws)
            start = boarded(box, departure, len(box)).start[len(departure) :]
            waits[headway.metric] = mean_of((start - box)[inside] / self._clock.scale)
        return waits

    def _departures(self, headway: Headway, draws: Draws) -> Ints:
        """Departures until one after the last box; they run long before boxes are measured."""
        expected = self._clock.horizon / headway.mean
        trains = np.arange(int(expected + 10 * np.sqrt(expected)) + 50, dtype=np.int64)
        luck = draws.uniform(headway.metric, trains)
        return self._clock.ticks(np.cumsum(sample(headway.distribution, luck)))


def boarded(box: Ints, departure: Ints, wagons: int) -> Trace:
    """Let boxes board, in order of arrival, as far as each train that departs has wagons.

    Returns:
        The trace of the trains, then of the boxes.
    """
    trains, boxes = len(departure), len(box)
    none = np.zeros(trains + boxes, dtype=np.int64)
    is_train = np.arange(trains + boxes) < trains
    activities = Activities(
        case=np.arange(trains + boxes),
        work=none,
        earliest=np.concatenate([departure, box]),
        demand=np.where(is_train, -1, 0),
        returned=none - 1,
        offered=np.where(is_train, 1, -1),
    )
    return simulate(build_plan(activities, (SLOTS,), (((0, 1),), ((0, wagons),))))


class LimitedTrains:
    """Even headways and some wagons; later boxes wait for the next train."""

    def __init__(self, model: LimitedModel) -> None:
        self._model = model
        load = model.box_rate * model.headway / model.capacity
        self._clock = steady_clock(model.headway / (1 - load) ** 2, model.box_rate)

    @cached_property
    def activities(self) -> float:
        """Boxes and departures of a replication."""
        return (self._model.box_rate + 1 / self._model.headway) * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Boxes board in order of arrival as far as there are wagons."""
        model, clock = self._model, self._clock
        law = ExponentialLaw(dist="exp", mean=1 / model.box_rate)
        box = arrivals_of(law, draws, "box", clock)
        # The line is cleared after the last arrival: trains go on as long again as it can be.
        trains = 2 * int(clock.horizon / model.headway)
        departure = clock.ticks(np.arange(1, trains + 1) * model.headway)
        start = boarded(box, departure, model.capacity).start[len(departure) :]
        seen = departure[arrived(departure, clock)]
        come = np.searchsorted(box, seen, side="right")
        gone = np.searchsorted(np.sort(start), seen, side="right")
        inside = arrived(box, clock)
        return {
            "load": mean(np.count_nonzero(arrived(start, clock)) / (len(seen) * model.capacity)),
            "left_behind_mean": mean_of(come - gone),
            "wait_mean": mean_of((start - box)[inside] / clock.scale),
        }


@dataclass(frozen=True)
class Headway:
    """A law of headways, its mean and the metric it is for."""

    metric: str
    distribution: Distribution
    mean: float


def read_headway(text: str) -> Headway:
    """Return the law of a headway such as ``gamma shape 4 mean 12``.

    Raises:
        UnsupportedError: it is written in some other way.
    """
    found = _HEADWAY.match(text)
    if not found:
        raise UnsupportedError(f"a headway written as '{text}'")
    value = float(found["mean"])
    law: Distribution
    match found["law"].split():
        case ["deterministic"]:
            law = Constant(dist="constant", value=value, **_SOURCE)
            return Headway("wait_det", law, value)
        case ["exp", "mean"]:
            law = Exponential(dist="exponential", mean=value, **_SOURCE)
            return Headway("wait_exp", law, value)
        case words:
            shape = words[2]
            law = Gamma(dist="gamma", shape=float(shape), mean=value, **_SOURCE)
            return Headway(f"wait_gamma{shape}", law, value)
