"""Wages of officers: at work, after hours, and on shift without work."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.measure.cost.conveyances import shared_by_moves
from sim.measure.cost.lines import CostLine, whole_fen
from sim.measure.cost.quantities import loads
from sim.measure.observation import Observation
from sim.measure.pool_course import pool_course, ticks_by_case
from sim.measure.utilisation import pool_use

HOUR = 3600


def wage_lines(observation: Observation) -> Iterator[CostLine]:
    """Hours of inspectors at their wage, those after hours at the overtime factor.

    Boardings are shared among the boxes that the conveyance moves.
    """
    plan = observation.plan
    paid = {name: np.zeros(plan.cases) for name in observation.scenario.agencies}
    for number, pool in enumerate(plan.pools):
        if pool.agencies:
            course = pool_course(plan, observation.trace, number)
            worked, after_hours = ticks_by_case(course, plan.cases)
            for name, share in pool.agencies:
                factor = observation.scenario.agencies[name].overtime_factor
                paid[name] += share * (worked + after_hours * (factor - 1))
    for name, agency in observation.scenario.agencies.items():
        cny = paid[name] / HOUR * agency.wage_per_hour
        boarding = shared_by_moves(observation, cny[: plan.conveyances])
        fen = whole_fen(boarding + cny[plan.conveyances :])
        yield CostLine(f"wages_{name}", "government", fen)


def idle_lines(observation: Observation) -> Iterator[CostLine]:
    """Hours on shift without work, in the measured window.

    Those of officers who board are shared among the boxes moved by the conveyances measured, those
    of the others among the TEU and unit loads measured.
    """
    plan, calls = observation.plan, observation.calls_measured
    measured = np.where(observation.measured, loads(observation), 0)
    for name, agency in observation.scenario.agencies.items():
        cny = np.zeros(len(measured))
        for number, pool in enumerate(plan.pools):
            share = dict(pool.agencies).get(name)
            if share:
                use = pool_use(observation, number)
                idle = share * (use.on_shift - use.on_shift_at_work) / HOUR * agency.wage_per_hour
                if _boards(observation, number):
                    cny += shared_by_moves(observation, calls * (idle / max(1, calls.sum())))
                else:
                    cny += measured * (idle / max(1, measured.sum()))
        yield CostLine(f"idle_{name}", "government", whole_fen(cny))


def _boards(observation: Observation, pool: int) -> bool:
    """Whether activities of conveyances ask for the pool."""
    plan = observation.plan
    asked = np.unique(plan.request[: plan.first_activity[plan.conveyances]])
    return any(pool in dict(plan.requests[number].demand) for number in asked if number >= 0)
