"""How busy the pools are, overtime, and how full the yard is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.measure.pool_course import PoolCourse, pool_course

Ints = NDArray[np.int64]
HOUR, DAY = 3600, 86_400


@dataclass(frozen=True)
class PoolUse:
    """Ticks of a pool's units between two times.

    Attributes:
        on_shift: there, busy or not.
        on_shift_busy: of these, taken by activities.
        on_shift_at_work: of these, not held up by work that is suspended.
        after_hours: at work beyond what is on shift, to finish what was begun.
    """

    on_shift: int
    on_shift_busy: int
    on_shift_at_work: int
    after_hours: int


def use_between(course: PoolCourse, start: int, end: int) -> PoolUse:
    """Add up how the units of a pool spend the time from ``start`` to ``end``."""
    length = np.diff(np.clip(course.at, start, end))

    def total(units: Ints) -> int:
        return int((units * length).sum())

    return PoolUse(
        on_shift=total(course.on_shift),
        on_shift_busy=total(np.minimum(course.in_use, course.on_shift)),
        on_shift_at_work=total(np.minimum(course.at_work, course.on_shift)),
        after_hours=total(course.after_hours),
    )


def pool_use(observation: Observation, pool: int) -> PoolUse:
    """Add up how the units of a pool spent the measured window."""
    window = observation.window
    course = pool_course(observation.plan, observation.trace, pool, window.end)
    return use_between(course, window.start, window.end)


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
    """TEU in the yard, on average and at the peak; area of the examination sites.

    Who never leaves is there to the end.
    """
    window = observation.window
    enter, leave = yard_times(observation)
    entered = enter != NEVER
    teu, enter = observation.consignments.teu[entered], enter[entered]
    leave = np.where(leave == NEVER, window.end, leave)[entered]
    stay = np.clip(leave, window.start, window.end) - np.clip(enter, window.start, window.end)
    mean_teu = float((stay * teu).sum()) / (window.end - window.start)
    return [
        Kpi("yard.teu.mean", "TEU", mean_teu),
        Kpi("yard.teu.peak", "TEU", float(_peak(enter, leave, teu, window.start, window.end))),
        *_site_area(observation),
    ]


def _site_area(observation: Observation) -> list[Kpi]:
    """Floor area of the examination sites, where the port states any."""
    area = sum(pool.area_m2 for pool in observation.plan.pools if pool.examination_site)
    return [Kpi("site_area", "m2", area)] if area else []


def _peak(enter: Ints, leave: Ints, teu: Ints, start: int, end: int) -> int:
    """Most TEU at any time of a window; a box that leaves makes room before one comes."""
    times = np.concatenate([leave, enter])
    change = np.concatenate([-teu, teu])
    order = np.argsort(times, kind="stable")
    level = np.cumsum(change[order])
    inside = (times[order] >= start) & (times[order] < end)
    before = level[times[order] < start]
    return int(max(level[inside].max(initial=0), before[-1] if len(before) else 0))
