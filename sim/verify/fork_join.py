"""Jobs that fork into branches and join again."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.engine.simulate import simulate
from sim.scenario.base import Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.clock import relaxation_time, steady_clock
from sim.verify.estimators import Sums, mean_of
from sim.verify.laws import ExponentialLaw, SimpleLaw, draw
from sim.verify.line_measures import arrived
from sim.verify.lines import arrivals_of, visits_of
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]


class Branch(Strict):
    """Servers of one branch."""

    service: SimpleLaw
    servers: Annotated[int, Field(ge=1)]


class ForkJoinModel(Strict):
    """All branches begin at once; the job ends with the last."""

    kind: Literal["fork_join"]
    arrival: ExponentialLaw
    branches: Annotated[tuple[Branch, ...], Field(min_length=2)]
    join: Literal["all"]


class ForkJoin:
    """Activities side by side in front of servers of their own, and one that waits for all.

    Beside it runs what a wrong model makes of it: branches whose arrivals know nothing of each
    other.
    """

    def __init__(self, case: Case) -> None:
        self._model = model = validated(ForkJoinModel, case.model, case.id)
        rate = model.arrival.rate
        relaxation = max(
            relaxation_time(rate, *branch.service.moments, branch.servers)
            for branch in model.branches
        )
        self._clock = steady_clock(relaxation, rate)

    @cached_property
    def activities(self) -> float:
        """Branches and joins of a replication, and the branches of the wrong model."""
        parts = 2 * len(self._model.branches) + 1
        return parts * self._model.arrival.rate * self._clock.horizon

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Time of jobs, and how long their branches wait for the last one."""
        clock = self._clock
        arrival = arrivals_of(self._model.arrival, draws, "arrival", clock)
        ends = self._branch_ends(arrival, draws)
        inside = arrived(arrival, clock)
        job = ends[:, -1] - arrival
        branch = ends[:, :-1].mean(axis=1) - arrival
        times = mean_of(job[inside] / clock.scale)
        return {
            **dict.fromkeys(
                ("T_job", "T_job_nelson_tantawi", "T_lower_bound", "T_upper_bound"), times
            ),
            "sync_delay": mean_of((job - branch)[inside] / clock.scale),
            "T_if_branches_were_independent": mean_of(self._independent(draws)),
        }

    def _branch_ends(self, arrival: Ints, draws: Draws) -> Ints:
        """Shape (jobs, branches + 1): ends of the branches and of the join."""
        clock, branches = self._clock, self._model.branches
        jobs, width = len(arrival), len(branches) + 1
        number = np.arange(jobs, dtype=np.int64)
        work = np.zeros((jobs, width), dtype=np.int64)
        for place, branch in enumerate(branches):
            work[:, place] = clock.ticks(draw(branch.service, draws, f"service.{place}", number))
        forked = (number[:, None] * width + np.arange(width - 1)).ravel()
        activities = Activities(
            case=np.repeat(number, width),
            work=work.ravel(),
            earliest=np.repeat(arrival, width),
            demand=np.tile(np.append(np.arange(width - 1), -1), jobs),
            before=forked,
            after=np.repeat(number * width + width - 1, width - 1),
        )
        servers = tuple(Servers(branch.servers) for branch in branches)
        demands = tuple(((place, 1),) for place in range(width - 1))
        return simulate(build_plan(activities, servers, demands)).end.reshape(jobs, width)

    def _independent(self, draws: Draws) -> NDArray[np.float64]:
        """Longest time of the n-th customers of lines with arrivals of their own."""
        clock = self._clock
        stays = []
        for place, branch in enumerate(self._model.branches):
            arrival = arrivals_of(self._model.arrival, draws, f"apart.arrival.{place}", clock)
            customers = np.arange(len(arrival), dtype=np.int64)
            work = clock.ticks(draw(branch.service, draws, f"apart.service.{place}", customers))
            visits = visits_of(arrival, work, branch.servers)
            stays.append((visits.end - visits.arrival)[arrived(arrival, clock)] / clock.scale)
        shortest = min(len(times) for times in stays)
        return np.asarray(np.max([times[:shortest] for times in stays], axis=0))
