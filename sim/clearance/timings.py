"""Work and earliest time of every activity of a replication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.clearance.activities import Activities
from sim.clearance.batch import Batch
from sim.clearance.calendars import Calendar
from sim.clearance.step import Step
from sim.clearance.work import earliest_ticks, work_ticks
from sim.traffic.flow_draws import container_entities

Ints = NDArray[np.int64]


def timings(
    batches: Sequence[Batch],
    activities: Activities,
    steps: Sequence[Step],
    calendars: Mapping[str, Calendar],
) -> tuple[Ints, Ints]:
    """Return ticks of work, and the ticks before which each activity is not ready.

    An activity without trigger that waits for no other is not ready before the arrival.
    """
    total = len(activities.case)
    work = np.zeros(total, dtype=np.int64)
    earliest = np.zeros(total, dtype=np.int64)
    batch_of_case = np.repeat(np.arange(len(batches)), [len(batch) for batch in batches])
    key = (activities.step * len(batches) + batch_of_case[activities.case]) * 4 + activities.visit
    order = np.argsort(key, kind="stable")
    _, starts = np.unique(key[order], return_index=True)
    for chosen in np.split(order, starts[1:]):
        one = chosen[0]
        step, batch = steps[activities.step[one]], batches[batch_of_case[activities.case[one]]]
        position = activities.case[chosen] - batch.first_case
        entity = batch.entity[position]
        if step.per == "container":
            entity = container_entities(entity, activities.container[chosen])
        visit = int(activities.visit[one])
        work[chosen] = work_ticks(step, visit, entity, position, batch.attributes, batch.draws)
        arrival, lead = batch.arrival[position], batch.lead[position]
        moments = {"arrival": arrival, "timetable": batch.timetable[position]}
        started = earliest_ticks(step, entity, moments, lead, calendars, batch.draws)
        untriggered_root = activities.is_root[chosen] & (step.trigger is None)
        earliest[chosen] = np.where(untriggered_root, arrival, started)
    return work, earliest
