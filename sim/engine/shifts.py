"""Inspectors come on shift and leave; so do all units of a pool, by its capacity over time."""

from __future__ import annotations

from collections.abc import Generator

import simpy
from simpy.events import Event

from sim.clearance.capacity import Capacity
from sim.engine.course import course
from sim.engine.queues import Lines


def shift(
    env: simpy.Environment, lines: Lines, pool: int, capacity: Capacity
) -> Generator[Event, None, None]:
    """Process: the units of a pool come and go.

    Units that leave while they work are missing until it is finished, or suspended, by those who
    hold it; nobody takes up anything new.
    """
    there = 0
    for time, units in course(capacity):
        yield env.timeout(time - env.now)
        lines.change(pool, units - there)
        there = units
