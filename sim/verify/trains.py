"""Boxes that wait for the next train, with wagons for all or for some of them."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.engine.simulate import simulate
from sim.scenario.base import Positive, Strict
from sim.scenario.duration import Constant, Distribution, Exponential, Gamma
from sim.scenario.validate import validated
from sim.traffic.distributions import sample
from sim.traffic.draws import Draws
from sim.verify.clock import Clock, steady_clock
from sim.verify.estimators import Sums, mean, mean_of
from sim.verify.experiment import Experiment, UnsupportedError
from sim.verify.laws import ExponentialLaw
from sim.verify.line_measures import arrived
from sim.verify.lines import arrivals_of
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_WEEK = 604_800
_DEPARTURES_A_WEEK = 16
_SOURCE = {"source": "reference case"}


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
    """A box boards when it has arrived and its train departs: an activity waits for another's."""

    def __init__(self, model: UnlimitedModel) -> None:
        self._model = model
        self._headways = [_headway(text) for text in model.headways]
        longest = max(law.mean for _, law in self._headways)
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
        for name, headway in self._headways:
            departure = self._departures(headway.distribution, headway.mean, draws, name)
            waits[name] = mean_of(_wait(box, departure)[inside] / self._clock.scale)
        return waits

    def _departures(self, law: Distribution, headway: float, draws: Draws, name: str) -> Ints:
        """Departures until one after the last box; they run long before boxes are measured."""
        expected = self._clock.horizon / headway
        trains = np.arange(int(expected + 10 * np.sqrt(expected)) + 50, dtype=np.int64)
        return self._clock.ticks(np.cumsum(sample(law, draws.uniform(name, trains))))


def _wait(box: Ints, departure: Ints) -> Ints:
    """Let each box board the first train that departs when it is there or later."""
    next_train = np.searchsorted(departure, box)
    trains, boxes = len(departure), len(box)
    cases = np.arange(trains + boxes)
    none = np.zeros(trains + boxes, dtype=np.int64)
    activities = Activities(
        case=cases,
        work=none,
        earliest=np.concatenate([departure, box]),
        demand=none - 1,
        before=next_train,
        after=cases[trains:],
    )
    return simulate(build_plan(activities)).start[trains:] - box


class LimitedTrains:
    """Wagons are units that are there for one tick at each departure; a box takes that tick.

    The week is divided into even headways, so that the departures are a working calendar.
    """

    def __init__(self, model: LimitedModel) -> None:
        self._model = model
        headway = _WEEK // _DEPARTURES_A_WEEK
        self._scale = headway / model.headway
        load = model.box_rate * model.headway / model.capacity
        forgets = model.headway / (1 - load) ** 2
        trains = round(steady_clock(forgets, model.box_rate).horizon / model.headway)
        warm_up = round(10 * forgets / model.headway)
        self._clock = Clock(
            scale=round(self._scale),
            start=warm_up * headway,
            end=(trains - warm_up) * headway,
            last=trains * headway,
            relaxation=forgets * self._scale,
        )
        self._departures = tuple((n * headway, n * headway + 1) for n in range(_DEPARTURES_A_WEEK))
        self._headway = headway

    @cached_property
    def activities(self) -> float:
        """Boxes of a replication."""
        return self._model.box_rate * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Boxes board in order of arrival as far as there are wagons."""
        clock = self._clock
        law = ExponentialLaw(dist="exp", mean=1 / self._model.box_rate)
        box = arrivals_of(law, draws, "box", clock)
        number = np.arange(len(box), dtype=np.int64)
        none = np.zeros(len(box), dtype=np.int64)
        wagons = (Servers(self._model.capacity, self._departures),)
        trace = simulate(build_plan(Activities(number, none + 1, box, none), wagons, (((0, 1),),)))
        departure = np.arange(clock.start, clock.end, self._headway)
        come = np.searchsorted(trace.ready, departure, side="right")
        gone = np.searchsorted(np.sort(trace.start), departure, side="right")
        boarded = np.count_nonzero(arrived(trace.start, clock))
        inside = arrived(trace.ready, clock)
        return {
            "load": mean(boarded / (len(departure) * self._model.capacity)),
            "left_behind_mean": mean_of(come - gone),
            "wait_mean": mean_of((trace.start - trace.ready)[inside] / clock.scale),
        }


class _Headway:
    """A law of headways with its mean."""

    def __init__(self, distribution: Distribution, mean_headway: float) -> None:
        self.distribution = distribution
        self.mean = mean_headway


def _headway(text: str) -> tuple[str, _Headway]:
    """Name of the metric and law of a headway such as ``gamma shape 4 mean 12``.

    Raises:
        UnsupportedError: it is written in some other way.
    """
    match text.split():
        case ["deterministic", value]:
            constant = Constant(dist="constant", value=float(value), **_SOURCE)
            return "wait_det", _Headway(constant, float(value))
        case ["exp", "mean", value]:
            exponential = Exponential(dist="exponential", mean=float(value), **_SOURCE)
            return "wait_exp", _Headway(exponential, float(value))
        case ["gamma", "shape", shape, "mean", value]:
            gamma = Gamma(dist="gamma", shape=float(shape), mean=float(value), **_SOURCE)
            return f"wait_gamma{shape}", _Headway(gamma, float(value))
        case _:
            raise UnsupportedError(f"a headway written as '{text}'")
