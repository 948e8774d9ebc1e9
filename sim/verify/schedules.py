"""Given jobs before servers with working hours: every start and end is known."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.clearance.plan import PoolDemand
from sim.engine.simulate import simulate
from sim.scenario.base import Strict
from sim.scenario.errors import InputError
from sim.scenario.validate import validated
from sim.verify.experiment import Exact, UnsupportedError
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case, Metric

_MINUTE = 60
_WEEK_MINUTES = 10_080


class OpenHours(Strict):
    """Open spans of a period, in minutes."""

    period: Annotated[int, Field(ge=1)]
    open: Annotated[tuple[tuple[int, int], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        edges = [0, *(edge for span in self.open for edge in span), self.period]
        if edges != sorted(edges) or any(opens == closes for opens, closes in self.open):
            raise ValueError("spans must open before they close, in order, within the period")
        return self


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
    strangers = [instant.job for instant in case.schedule if instant.job >= len(model.jobs)]
    if strangers:
        raise InputError(f"{case.id}.schedule: there is no job {strangers[0]}")
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
