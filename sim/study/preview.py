"""A look at the traffic of a scenario and the load on its pools before anything is simulated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.clearance.compile import Compiler
from sim.clearance.plan import Plan
from sim.measure.conveyance_times import conveyance_kpis
from sim.measure.kpi import ratio
from sim.measure.observation import Observation
from sim.measure.unhindered import unhindered
from sim.measure.utilisation import pool_use
from sim.scenario.resources import SELECTING_AGENCIES, TIERS
from sim.study.settings import Point
from sim.traffic.consignments import Consignments, draw_consignments
from sim.traffic.conveyances import Conveyances, draw_conveyances
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs
from sim.traffic.window import Window, observation_window

HOUR, DAY = 3600, 86_400
_YEAR_DAYS = 365


@dataclass(frozen=True)
class Preview:
    """What one draw of the traffic brings and asks for, in the measured window.

    Attributes:
        point: the scenario.
        streams: stream, per_day, boxes_per_year: all that are unloaded or loaded, whichever flow
            they are of, and those that are no consignment.
        flows: flow, consignments_per_day, boxes_per_day, teu_per_year, and shares of consignments:
            the tiers, manual_review, and for each agency selected.
        pools: pool, there (unit hours a day, or slots a day), asked (unit hours that are held if
            nobody ever waits, or boxes that want a slot), load (their quotient, missing where there
            is nobody).
    """

    point: Point
    streams: pd.DataFrame
    flows: pd.DataFrame
    pools: pd.DataFrame

    @property
    def unstable(self) -> pd.DataFrame:
        """Pools whose offered load reaches their capacity, or that have nobody at all."""
        return self.pools[~(self.pools["load"] < 1) & (self.pools["asked"] > 0)]


def preview(point: Point, inputs: Inputs) -> Preview:
    """Draw replication 0 of a scenario, and lay its work against what there is to do it."""
    scenario = point.scenario
    draws = Draws(scenario.experiment.seed, 0)
    conveyances = draw_conveyances(scenario, inputs, draws)
    consignments = draw_consignments(scenario, conveyances, inputs, draws)
    window = observation_window(scenario.experiment)
    plan = Compiler(scenario).compile(conveyances, consignments, draws)
    observation = Observation(scenario, conveyances, consignments, plan, unhindered(plan))
    return Preview(
        point=point,
        streams=_streams(observation),
        flows=_flows(conveyances, consignments, window),
        pools=_pools(observation),
    )


def _streams(observation: Observation) -> pd.DataFrame:
    """What a run would report of its conveyances, if nobody had to wait."""
    told = {kpi.key: kpi.value for kpi in conveyance_kpis(observation)}
    rows = [
        (name, told[f"{name}.arrivals_per_day"], told[f"{name}.boxes_per_year"])
        for name in observation.conveyances.streams
    ]
    return pd.DataFrame(rows, columns=["stream", "per_day", "boxes_per_year"])


def _flows(conveyances: Conveyances, consignments: Consignments, window: Window) -> pd.DataFrame:
    days = (window.end - window.start) / DAY
    inside = _inside(conveyances.arrival[consignments.conveyance], window)
    flags = [*TIERS, "manual_review", *(f"{agency}_selected" for agency in SELECTING_AGENCIES)]
    rows = []
    for number, name in enumerate(consignments.flows):
        own = inside & (consignments.flow == number)
        rows.append(
            {
                "flow": name,
                "consignments_per_day": own.sum() / days,
                "boxes_per_day": consignments.containers[own].sum() / days,
                "teu_per_year": consignments.teu[own].sum() / days * _YEAR_DAYS,
                **{
                    flag: ratio(int(consignments.flags[flag][own].sum()), int(own.sum()))
                    for flag in flags
                },
            }
        )
    return pd.DataFrame(rows)


def _pools(observation: Observation) -> pd.DataFrame:
    plan, window = observation.plan, observation.window
    days = (window.end - window.start) / DAY
    rows = []
    for number in _asked_for(plan):
        if plan.pools[number].offered:
            there, asked = _slots(observation, number)
        else:
            there = pool_use(observation, number).on_shift / HOUR
            asked = _offered_hours(plan, observation, number)
        rows.append((plan.pools[number].name, there / days, asked / days, ratio(asked, there)))
    return pd.DataFrame(rows, columns=["pool", "there", "asked", "load"])


def _slots(observation: Observation, pool: int) -> tuple[float, float]:
    """Slots offered by conveyances that arrive in the window, and boxes of such that want one."""
    plan = observation.plan
    inside = _inside(plan.arrival[plan.case], observation.window)
    offers = np.array([*(dict(offer).get(pool, 0) for offer in plan.offers), 0])
    wants = np.array([*(dict(r.demand).get(pool, 0) for r in plan.requests), 0])
    return float(offers[plan.offered[inside]].sum()), float(wants[plan.request[inside]].sum())


def _asked_for(plan: Plan) -> list[int]:
    asked = {pool for request in plan.requests for pool, _ in request.demand}
    return sorted(asked)


def _offered_hours(plan: Plan, observation: Observation, pool: int) -> float:
    """Unit hours held in the window; of what never starts, the work it would have been."""
    use = pool_use(observation, pool)
    units = np.array([*(dict(r.demand).get(pool, 0) for r in plan.requests), 0])[plan.request]
    units = np.where(plan.request >= 0, units, 0)
    arrival = plan.arrival[plan.case]
    undone = (observation.trace.start < 0) & _inside(arrival, observation.window)
    never = float((units * observation.trace.work)[undone].sum())
    return (use.on_shift_busy + use.after_hours + never) / HOUR


def _inside(arrival: NDArray[np.int64], window: Window) -> NDArray[np.bool_]:
    return (arrival >= window.start) & (arrival < window.end)
