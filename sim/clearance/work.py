"""How long activities take, and when triggers let them start, from the keyed draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from sim.clearance.calendars import Calendar
from sim.clearance.step import Combination, Step
from sim.scenario.workflow import Attribute
from sim.traffic.distributions import sample, ticks
from sim.traffic.draws import Draws

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Attributes = Mapping[str, Floats]

_COMBINE: Mapping[Combination, Callable[[Floats, Floats], Floats]] = {
    "longest": np.maximum,
    "shortest": np.minimum,
    "sum": np.add,
}


def work_ticks(
    step: Step, visit: int, entities: Ints, cases: Ints, attributes: Attributes, draws: Draws
) -> Ints:
    """Return the working time of some activities of a step.

    Args:
        step: plain or merged; a merged step combines the durations of its parts. What is drawn
            beyond its limit, or that of a part, is cut off.
        visit: how often the cases had been sent back; each time has luck of its own.
        entities: shape (n,), identity of the case or container of each activity.
        cases: shape (n,), position of its case in the attribute columns.
        attributes: hours that the traffic fixes, by name.
        draws: of the stream or flow.
    """
    again = f"#{visit}" if visit else ""
    return ticks(_hours(step, again, entities, cases, attributes, draws))


def _hours(
    step: Step, again: str, entities: Ints, cases: Ints, attributes: Attributes, draws: Draws
) -> Floats:
    hours = _unlimited_hours(step, again, entities, cases, attributes, draws)
    return hours if step.at_most_hours is None else np.minimum(hours, step.at_most_hours)


def _unlimited_hours(
    step: Step, again: str, entities: Ints, cases: Ints, attributes: Attributes, draws: Draws
) -> Floats:
    if step.merged is not None:
        hours = [_hours(part, again, entities, cases, attributes, draws) for part in step.parts]
        combined = reduce(_COMBINE[step.merged.combination], hours)
        return np.asarray(combined + step.merged.overhead_hours)
    if isinstance(step.duration, Attribute):
        return np.asarray(attributes[step.duration.attribute][cases])
    return sample(step.duration, draws.uniform(f"duration.{step.origin}{again}", entities))


def times_sent_back(step: Step, entities: Ints, draws: Draws) -> Ints:
    """Shape (n,): how often a step sends each case back before it is content.

    A merged step does as often as the part that is hardest to content, each with its own luck.
    """
    if step.merged is not None and "rework" not in dict(step.changes):
        by_part = [times_sent_back(part, entities, draws) for part in step.parts]
        return np.asarray(np.maximum.reduce(by_part))
    back = np.zeros(len(entities), dtype=np.int64)
    if step.rework is None:
        return back
    still = np.ones(len(entities), dtype=np.bool_)
    for visit in range(step.rework.most):
        luck = draws.uniform(f"rework.{step.origin}#{visit}", entities)
        still &= luck < step.rework.probability
        back += still
    return back


def earliest_ticks(
    step: Step,
    entities: Ints,
    moments: Mapping[str, Ints],
    lead: Floats,
    calendars: Mapping[str, Calendar],
    draws: Draws,
) -> Ints:
    """Return the time before which activities of a step are not ready; no time lies before 0.

    A trigger ``ahead`` counts back from its moment; one whose luck draws a long lead starts early.

    Args:
        step: with its trigger, if it has one.
        entities: shape (n,), identity of the case or container of each activity.
        moments: ticks, each of shape (n,), by what triggers count from: ``arrival``, ``timetable``.
        lead: shape (n,), ticks by which a case is known to lodge in advance, NaN where it is drawn.
        calendars: by name of working hours.
        draws: of the stream or flow.
    """
    trigger = step.trigger
    if trigger is None:
        return np.zeros(len(entities), dtype=np.int64)
    luck = draws.uniform(f"trigger.{step.origin}", entities)
    offset = ticks(sample(trigger.arrival_offset, luck)) * (-1 if trigger.ahead else 1)
    moment = moments[trigger.since]
    times = calendars[trigger.hours].moved(moment, offset) if trigger.hours else moment + offset
    if not trigger.ahead:
        times = np.maximum(moment, times)
    elif step.party == "trader":
        known = moment - np.nan_to_num(lead).astype(np.int64)
        times = np.where(np.isnan(lead), times, known)
    return np.asarray(np.maximum(0, times))
