"""A pool over time: on shift, in use, at work, and whose work goes on after hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import open_unit
from sim.clearance.plan import Plan
from sim.engine.course import course_until
from sim.engine.trace import Trace
from sim.measure.movements import Movements, movements

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PoolCourse:
    """Units of a pool in stretches of time within which nothing changes.

    Attributes:
        at: shape (n + 1,), ticks between the stretches, in order.
        on_shift: shape (n,), units that are there.
        in_use: shape (n,), units that activities and cases hold.
        at_work: shape (n,), of these, units whose work is not suspended.
        works: by calendar of a movement, shape (n,), 1 where work by it goes on, else 0.
        movements: by which units came into use.
    """

    at: Ints
    on_shift: Ints
    in_use: Ints
    at_work: Ints
    works: Mapping[int, Ints]
    movements: Movements

    @property
    def after_hours(self) -> Ints:
        """Shape (n,): units at work beyond those on shift."""
        return np.asarray(np.maximum(0, self.at_work - self.on_shift))


def pool_course(plan: Plan, trace: Trace, pool: int, until: int = 0) -> PoolCourse:
    """Return the course of a pool from tick 0 to the end of the run, or a later tick."""
    moved = movements(plan, trace, pool)
    last = max(until, int(trace.end.max(initial=0)), int(trace.start.max(initial=0)))
    calendars = {
        number: course_until(open_unit(plan.calendars[number]), last)
        for number in np.unique(moved.calendar).tolist()
        if number >= 0
    }
    shifts, units = course_until(plan.capacity[pool], last)
    openings = [ticks for ticks, _ in calendars.values()]
    at = np.unique(np.concatenate([[0, until, last], moved.time, shifts, *openings]))
    works = {number: _stepwise(*course, at) for number, course in calendars.items()}
    works[-1] = np.ones(len(at) - 1, dtype=np.int64)
    held = {number: _held(moved, moved.calendar == number, at) for number in works}
    return PoolCourse(
        at=at,
        on_shift=_stepwise(shifts, units, at),
        in_use=np.sum(list(held.values()), axis=0),
        at_work=np.sum([units * works[number] for number, units in held.items()], axis=0),
        works=works,
        movements=moved,
    )


def _stepwise(ticks: Ints, units: Ints, at: Ints) -> Ints:
    """Units in each stretch, from the ticks at which they change."""
    return np.asarray(units[np.searchsorted(ticks, at[:-1], side="right") - 1])


def _held(moved: Movements, chosen: NDArray[np.bool_], at: Ints) -> Ints:
    level = np.concatenate([[0], np.cumsum(moved.change[chosen])])
    return np.asarray(level[np.searchsorted(moved.time[chosen], at[:-1], side="right")])


def ticks_by_case(course: PoolCourse, cases: int) -> tuple[Floats, Floats]:
    """Return how long units of a pool work for each case, and how much of that is after hours.

    Work after hours is shared among all that is at work then, unit by unit: nobody can say which
    of several equal officers stays on.

    Args:
        course: of the pool.
        cases: number of cases.

    Returns:
        two arrays of shape (cases,), unit ticks over the whole run.
    """
    beyond = course.after_hours / np.maximum(1, course.at_work)
    late = {calendar: works * beyond for calendar, works in course.works.items()}
    return _by_case(course, course.works, cases), _by_case(course, late, cases)


def _by_case(course: PoolCourse, share: Mapping[int, Ints | Floats], cases: int) -> Floats:
    """Shape (cases,): ticks of the units of each case, times a share by calendar and stretch."""
    ticks = np.zeros(cases)
    moved, length = course.movements, np.diff(course.at)
    for calendar, of_stretch in share.items():
        # From taking a unit to giving it back: the sum until the one less that until the other.
        until = np.concatenate([[0], np.cumsum(length * of_stretch)])
        chosen = moved.calendar == calendar
        weight = moved.change[chosen] * until[np.searchsorted(course.at, moved.time[chosen])]
        ticks -= np.bincount(moved.case[chosen], weight, cases)
    return ticks
