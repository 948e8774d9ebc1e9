"""How busy the pools are, overtime, and how full the yard is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation

Ints = NDArray[np.int64]
HOUR, DAY = 3600, 86_400


@dataclass(frozen=True)
class PoolUse:
    """Ticks of a pool's units in the measured window.

    Attributes:
        on_shift: there, busy or not.
        on_shift_busy: of these, taken by activities.
        after_hours: taken past the end of a shift, to finish what was begun.
    """

    on_shift: int
    on_shift_busy: int
    after_hours: int


def pool_use(observation: Observation, pool: int) -> PoolUse:
    """Add up how the units of a pool spent the window."""
    plan, window = observation.plan, observation.window
    calendar = observation.calendars[plan.pool_calendar[pool]]
    taken, given = _unit_times(observation, pool)
    start, end = (np.clip(times, window.start, window.end) for times in (taken, given))
    origin = np.zeros_like(start)
    busy = int((calendar.open_time(origin, end) - calendar.open_time(origin, start)).sum())
    bounds = np.array([window.start]), np.array([window.end])
    finishes = plan.pools[pool].end_of_shift == "finish"
    return PoolUse(
        on_shift=plan.pools[pool].capacity * int(calendar.open_time(*bounds)[0]),
        on_shift_busy=busy,
        after_hours=int((end - start).sum()) - busy if finishes else 0,
    )


def pool_kpis(observation: Observation) -> list[Kpi]:
    """Utilisation on shift, busy hours a day and overtime hours a day, of every pool in use."""
    plan, window = observation.plan, observation.window
    days = (window.end - window.start) / DAY
    kpis: list[Kpi] = []
    for number, pool in enumerate(plan.pools):
        if pool.offered or not any(number in dict(r.demand) for r in plan.requests):
            continue
        use = pool_use(observation, number)
        busy, overtime = use.on_shift_busy + use.after_hours, use.after_hours
        utilisation = ratio(use.on_shift_busy, use.on_shift)
        prefix = f"pool.{pool.name}"
        kpis += [
            Kpi(f"{prefix}.utilisation", "1", utilisation, absent=0.0),
            Kpi(f"{prefix}.busy_hours_per_day", "h/day", busy / HOUR / days, absent=0.0),
            Kpi(f"{prefix}.overtime_hours_per_day", "h/day", overtime / HOUR / days, absent=0.0),
        ]
    return kpis


def _unit_times(observation: Observation, pool: int) -> tuple[Ints, Ints]:
    """Times at which units of a pool were taken, and given back; one element a unit.

    Over a run that ended as many were given back as taken: no unit leaks. Units still held when
    a run was given up count as held to its end.
    """
    plan, trace = observation.plan, observation.trace
    demand = [request.demand for request in plan.requests]
    started = np.flatnonzero((plan.request >= 0) & (trace.start >= 0))
    taken = np.repeat(trace.start[started], _units(demand, pool)[plan.request[started]])
    ended = np.flatnonzero((plan.returned >= 0) & (trace.end >= 0))
    given = np.repeat(trace.end[ended], _units(list(plan.returns), pool)[plan.returned[ended]])
    held = np.full(len(taken) - len(given), trace.end.max(initial=0))
    return taken, np.concatenate([given, held])


def _units(demands: list[tuple[tuple[int, int], ...]], pool: int) -> Ints:
    return np.array([dict(demand).get(pool, 0) for demand in demands], dtype=np.int64)


def yard_times(observation: Observation) -> tuple[Ints, Ints]:
    """When each consignment enters the yard, by discharge or gate, and leaves it."""
    discharge, gate_in = observation.milestone("discharge"), observation.milestone("gate_in")
    departure, gate_out = observation.milestone("departure"), observation.milestone("gate_out")
    return np.maximum(discharge, gate_in), np.maximum(departure, gate_out)


def stay_in_yard(observation: Observation) -> Ints:
    """Shape (consignments,): ticks in the yard; meaningful where measured."""
    enter, leave = yard_times(observation)
    return leave - enter


def yard_kpis(observation: Observation) -> list[Kpi]:
    """TEU in the yard, on average and at the peak; area of the examination sites."""
    window = observation.window
    finished = observation.finished
    teu = observation.consignments.teu[finished]
    enter, leave = (times[finished] for times in yard_times(observation))
    stay = np.clip(leave, window.start, window.end) - np.clip(enter, window.start, window.end)
    mean_teu = float((stay * teu).sum()) / (window.end - window.start)
    area = sum(pool.area_m2 for pool in observation.plan.pools)
    return [
        Kpi("yard.teu.mean", "TEU", mean_teu),
        Kpi("yard.teu.peak", "TEU", float(_peak(enter, leave, teu, window.start, window.end))),
        Kpi("site_area", "m2", area),
    ]


def _peak(enter: Ints, leave: Ints, teu: Ints, start: int, end: int) -> int:
    """Most TEU at any time of a window; a box that leaves makes room before one comes."""
    times = np.concatenate([leave, enter])
    change = np.concatenate([-teu, teu])
    order = np.argsort(times, kind="stable")
    level = np.cumsum(change[order])
    inside = (times[order] >= start) & (times[order] < end)
    before = level[times[order] < start]
    return int(max(level[inside].max(initial=0), before[-1] if len(before) else 0))
