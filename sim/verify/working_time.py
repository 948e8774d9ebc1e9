"""Servers with working hours: interrupted jobs, and waits until opening."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np

from sim.engine.simulate import simulate
from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean_of, ratio
from sim.verify.experiment import UnsupportedError
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

_HOUR, _WEEK = 3600, 604_800
_JOBS = 5_000


class ShiftedModel(Strict):
    """Work of random length in shifts, from the start of one."""

    kind: Literal["calendar_job"]
    work: ExponentialLaw
    on: Positive
    off: Positive
    start: Literal["at shift start, idle machine"]
    policy: Literal["resume"]
    unit: Literal["hour"]


class ShiftedJobs:
    """Jobs that all begin with a shift, each on a machine of its own, suspended when it ends."""

    def __init__(self, case: Case) -> None:
        self._model = validated(ShiftedModel, case.model, case.id)
        self._open = _cycles(self._model.on, self._model.off)

    @cached_property
    def activities(self) -> float:
        """Jobs of a replication."""
        return _JOBS

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Time until jobs are done, and how often they were interrupted."""
        none = np.zeros(_JOBS, dtype=np.int64)
        jobs = np.arange(_JOBS, dtype=np.int64)
        work = np.rint(draw(self._model.work, draws, "work", jobs) * _HOUR).astype(np.int64)
        machines = (Servers(_JOBS, self._open, suspend=True),)
        trace = simulate(build_plan(Activities(jobs, work, none, none), machines, (((0, 1),),)))
        times = trace.end - trace.start
        cycle = round((self._model.on + self._model.off) * _HOUR)
        interruptions = np.maximum(0, -(-times // cycle) - 1)
        done = np.count_nonzero(times <= self._model.on * _HOUR)
        return {
            "T_mean": mean_of(times / _HOUR),
            "interruptions_mean": mean_of(interruptions),
            "p_done_same_shift": ratio(done, _JOBS),
        }


class OpeningModel(Strict):
    """Arrivals at any time before a counter that opens and closes."""

    kind: Literal["open_wait"]
    on: Positive
    off: Positive
    arrival: Literal["uniform over the cycle / stationary Poisson"]


class Opening:
    """Visitors of a counter with room for all of them while it is open."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._model = validated(OpeningModel, case.model, case.id)
        self._open = _cycles(self._model.on, self._model.off)

    @cached_property
    def activities(self) -> float:
        """Visitors of a replication."""
        return _JOBS

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Waits of visitors who come at any time of a cycle."""
        visitors = np.arange(_JOBS, dtype=np.int64)
        cycle = (self._model.on + self._model.off) * _HOUR
        arrival = np.floor(draws.uniform("arrival", visitors) * cycle).astype(np.int64)
        none = np.zeros(_JOBS, dtype=np.int64)
        plan = build_plan(
            Activities(visitors, none, arrival, none), (Servers(_JOBS, self._open),), (((0, 1),),)
        )
        trace = simulate(plan)
        waits = trace.start - trace.ready
        return {
            "wait_mean": mean_of(waits / _HOUR),
            "P_wait": ratio(np.count_nonzero(waits), _JOBS),
            **{
                name: ratio(np.count_nonzero(waits <= value * _HOUR), _JOBS)
                for name, (_, value) in self._case.quantiles.items()
            },
        }


def _cycles(on: float, off: float) -> tuple[tuple[int, int], ...]:
    """Weekly spans of a cycle that begins open.

    Raises:
        UnsupportedError: a week is no whole number of cycles.
    """
    hours = on + off
    cycle = round(hours * _HOUR)
    if not cycle or _WEEK % cycle:
        raise UnsupportedError(f"a calendar that repeats every {hours:g} hours")
    opens = range(0, _WEEK, cycle)
    return tuple((start, start + round(on * _HOUR)) for start in opens)
