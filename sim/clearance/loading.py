"""How long loading takes: of a conveyance by the boxes that boarded it, of a box by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from sim.clearance.activities import Activities, Group
from sim.clearance.plan import Loading
from sim.clearance.step import Step
from sim.scenario.resources import Handling
from sim.scenario.workflow import Attribute
from sim.traffic.distributions import TICKS_PER_HOUR

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def loads_conveyance(step: Step) -> bool:
    """Whether a step lasts as long as a conveyance is loaded."""
    return _takes(step, "load_hours")


def lasts_until_loaded(step: Step) -> bool:
    """Whether a step lasts until its box is loaded."""
    return _takes(step, "load_offset")


def _takes(step: Step, attribute: str) -> bool:
    return isinstance(step.duration, Attribute) and step.duration.attribute == attribute


def loading_of(
    activities: Activities,
    groups: Sequence[Group],
    handling: Mapping[str, Handling],
    slot_pools: Set[str],
) -> Loading:
    """Return what is loaded at which rate, and where in the order each box stands."""
    conveyances = activities.conveyances
    loads = np.full(conveyances, -1, dtype=np.int64)
    other_ticks, box_ticks = np.zeros(conveyances), np.zeros(conveyances)
    parts: list[tuple[Ints, Ints, Floats]] = [(_NO_INTS, _NO_INTS, np.empty(0))]
    for group in groups:
        if group.batch.is_conveyance:
            for activity in _loading_of_conveyances(activities, group):
                loads[group.cases] = activity
                other = group.batch.attributes["load_hours"][group.members]
                other_ticks[group.cases] = other * TICKS_PER_HOUR
                rate = handling[group.batch.workflow].moves_per_hour
                box_ticks[group.cases] = TICKS_PER_HOUR / rate
        else:
            parts.extend(_loading_of_boxes(activities, group, slot_pools))
    boarding, activity, place = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Loading(loads, other_ticks, box_ticks, boarding, activity, place)


_NO_INTS = np.empty(0, dtype=np.int64)


def _loading_of_conveyances(activities: Activities, group: Group) -> Iterator[Ints]:
    for number, slot in enumerate(group.template.slots):
        if loads_conveyance(slot.step):
            yield activities.of(group)[:, number]


def _loading_of_boxes(
    activities: Activities, group: Group, slot_pools: Set[str]
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Activities that board, those that last until the box is loaded, and its place in order."""
    template, batch = group.template, group.batch
    for number, slot in enumerate(template.slots):
        if lasts_until_loaded(slot.step):
            ids = activities.of(group)
            place = batch.draws.uniform("load_offset", batch.entity[group.members])
            for boarding in template.boardings(number, slot_pools):
                yield ids[:, boarding], ids[:, number], place
