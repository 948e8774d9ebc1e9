"""Servers with working hours: exact schedules, interrupted jobs, waits until opening."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.clearance.plan import PoolDemand
from sim.engine.simulate import simulate
from sim.scenario.base import Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean_of, ratio
from sim.verify.experiment import Exact, UnsupportedError
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case, Metric

Ints = NDArray[np.int64]
_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86_400, 604_800
_WEEK_MINUTES = _WEEK // _MINUTE
_JOBS = 5_000


class OpenHours(Strict):
    """Open spans of a period, in minutes."""

    period: Annotated[int, Field(ge=1)]
    open: Annotated[tuple[tuple[int, int], ...], Field(min_length=1)]


class Job(Strict):
    """A job with its arrival and work, in minutes."""

    arrival: Annotated[int, Field(ge=0)]
    work: Annotated[int, Field(ge=0)]


class ScheduleModel(Strict):
    """Given jobs in front of servers with working hours."""

    kind: Literal["dd_calendar"]
    servers: Annotated[int, Field(ge=1)]
    calendar: OpenHours
    policy: Literal["resume", "finish", "fit"]
    jobs: Annotated[tuple[Job, ...], Field(min_length=1)]
    unit: Literal["minute"]


def schedule(case: Case) -> Exact:
    """Starts and ends of given jobs; all instants of the case count as one more metric."""
    model = validated(ScheduleModel, case.model, case.id)
    arrival = np.array([job.arrival for job in model.jobs]) * _MINUTE
    work = np.array([job.work for job in model.jobs]) * _MINUTE
    gates, demand = np.unique(work, return_inverse=True)
    servers = [Servers(model.servers, _weekly(model.calendar), model.policy == "resume")]
    demands: list[PoolDemand] = [((0, 1),)] * len(gates)
    if model.policy == "fit":
        # A gate that only lets in what will be done before the servers leave.
        servers += [
            Servers(len(model.jobs), _weekly(model.calendar, int(longest))) for longest in gates
        ]
        demands = [((0, 1), (1 + gate, 1)) for gate in range(len(gates))]
    activities = Activities(np.arange(len(arrival)), work, arrival, demand)
    trace = simulate(build_plan(activities, tuple(servers), tuple(demands)))
    start, end = trace.start / _MINUTE, trace.end / _MINUTE
    right = sum(
        int(start[instant.job] == instant.start) + int(end[instant.job] == instant.end)
        for instant in case.schedule
    )
    return Exact(
        {
            "mean_wait_to_start": float((start - arrival / _MINUTE).mean()),
            "mean_time_in_system": float((end - arrival / _MINUTE).mean()),
            "makespan_end": float(end.max()),
            "schedule_instants": float(right),
        },
        further=(_instants(case),),
    )


def _instants(case: Case) -> Metric:
    """All starts and ends of the schedule, each of which must be right."""
    tolerance = case.metrics[0].tolerance
    return Metric(name="schedule_instants", value=2 * len(case.schedule), tolerance=tolerance)


def _weekly(hours: OpenHours, longest: int = 0) -> tuple[tuple[int, int], ...]:
    """Open spans of a week in ticks; a gate closes when work so long would not be done in time.

    Raises:
        UnsupportedError: a week is no whole number of periods.
    """
    if _WEEK_MINUTES % hours.period:
        raise UnsupportedError(f"a calendar that repeats every {hours.period} minutes")
    spans: list[tuple[int, int]] = []
    for begin in range(0, _WEEK_MINUTES, hours.period):
        for opens, closes in hours.open:
            start, end = (begin + opens) * _MINUTE, (begin + closes) * _MINUTE
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    if not longest:
        return tuple(spans)
    return tuple((start, end - longest + 1) for start, end in spans if end - longest >= start)


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
    if _WEEK % round(hours * _HOUR):
        raise UnsupportedError(f"a calendar that repeats every {hours:g} hours")
    opens = range(0, _WEEK, round(hours * _HOUR))
    return tuple((start, start + round(on * _HOUR)) for start in opens)
