"""Inspectors come on shift and leave; so do all units of a pool with working hours."""

from __future__ import annotations

from collections.abc import Generator

import simpy
from simpy.events import Event

from sim.engine.calendars import Calendar
from sim.engine.queues import Lines


def shift(
    env: simpy.Environment, lines: Lines, pool: int, capacity: int, calendar: Calendar
) -> Generator[Event, None, None]:
    """Process: the units of a pool are there while its calendar is open.

    At the end of a shift work in hand is finished, or suspended, by those who hold it; nobody
    takes up anything new.
    """
    if calendar.is_open(int(env.now)):
        lines.change(pool, capacity)
    for time, opens in calendar.changes():
        yield env.timeout(time - env.now)
        lines.change(pool, capacity if opens else -capacity)
