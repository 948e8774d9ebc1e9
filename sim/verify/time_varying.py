"""Arrivals whose rate changes over the day, before servers without number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from math import pi, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine.simulate import simulate
from sim.scenario.base import Strict, Text
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.traffic.rates import CumulativeRate
from sim.verify.estimators import Sums, mean
from sim.verify.experiment import UnsupportedError
from sim.verify.laws import ExponentialLaw, SimpleLaw, draw
from sim.verify.network_builder import Activities, build_plan
from sim.verify.reference_file import Case

Floats = NDArray[np.float64]
_COPIES = 40
_SCALE = 3600
_KNOTS_IN_HOUR = 60
_NUMBER = r"(\d+(?:\.\d+)?)"
_WAVE = re.compile(rf"{_NUMBER}\+{_NUMBER} sin\(2 pi t/{_NUMBER}\)$")
_STEP = re.compile(rf"{_NUMBER} for t mod {_NUMBER} < {_NUMBER} else {_NUMBER}$")


class TimeVaryingModel(Strict):
    """A rate that varies, and how long each stays."""

    kind: Literal["mt_inf"]
    rate: Text
    service: SimpleLaw
    start: Literal["empty"]


class TimeVarying:
    """Numbers present at given times, from empty."""

    def __init__(self, case: Case) -> None:
        self._model = validated(TimeVaryingModel, case.model, case.id)
        times = {metric.name: metric.number_after("mean_N_t") for metric in case.metrics}
        self._times = {name: time for name, time in times.items() if time is not None}
        end = max(self._times.values(), default=1.0)
        hours = np.linspace(0.0, end, round(end * _KNOTS_IN_HOUR) + 1)
        self._rate = CumulativeRate(hours * _SCALE, cumulative_rate(self._model.rate)(hours))
        self._expected = float(self._rate.total[-1])

    @cached_property
    def activities(self) -> float:
        """Arrivals of a replication."""
        return _COPIES * self._expected

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Let each arrival stay for its time, in many copies of the system."""
        copies = [self._arrivals(draws, copy) for copy in range(_COPIES)]
        arrival = np.concatenate(copies)
        customers = np.arange(len(arrival), dtype=np.int64)
        stay = np.rint(draw(self._model.service, draws, "service", customers) * _SCALE)
        trace = simulate(
            build_plan(Activities(customers, stay.astype(np.int64), arrival, 0 * customers - 1))
        )
        return {
            name: mean(
                np.count_nonzero((trace.start <= time * _SCALE) & (trace.end > time * _SCALE))
                / _COPIES
            )
            for name, time in self._times.items()
        }

    def _arrivals(self, draws: Draws, copy: int) -> NDArray[np.int64]:
        most = int(self._expected + 10 * sqrt(self._expected)) + 10
        number = np.arange(most, dtype=np.int64)
        unit = ExponentialLaw(dist="exp", mean=1.0)
        sums = np.cumsum(draw(unit, draws, f"arrival.{copy}", number))
        return self._rate.clock(sums[sums < self._expected])


def cumulative_rate(text: str) -> Callable[[Floats], Floats]:
    """Return arrivals expected by each hour under a rate written as a wave or as two levels.

    Raises:
        UnsupportedError: the rate is written in some other way.
    """
    if wave := _WAVE.match(text):
        level, swing, period = map(float, wave.groups())
        _require(period > 0 and swing <= level, text)
        speed = 2 * pi / period
        return lambda hours: level * hours + swing / speed * (1 - np.cos(speed * hours))
    if step := _STEP.match(text):
        high, period, until, low = map(float, step.groups())
        _require(0 < until <= period, text)
        of_period = high * until + low * (period - until)

        def accumulated(hours: Floats) -> Floats:
            periods, within = np.divmod(hours, period)
            early = np.minimum(within, until)
            return np.asarray(periods * of_period + high * early + low * (within - early))

        return accumulated
    raise UnsupportedError(f"a rate written as '{text}'")


def _require(is_rate: bool, text: str) -> None:
    if not is_rate:
        raise UnsupportedError(f"no rate: '{text}'")
