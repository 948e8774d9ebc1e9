"""The activity network in execution: who is ready, who starts, who ends.

One SimPy event stands for the end of an activity that holds units, or for the moment an activity
joins a line after pure delays. Pure delays need no event: their end is known as soon as their
start is, and is handed on at once. All that happens at one instant is applied first, then units are
granted; so nothing depends on the order of events within an instant.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import simpy
from simpy.events import NORMAL, Event

from sim.clearance.plan import Plan
from sim.engine.calendars import Calendar
from sim.engine.queues import Lines
from sim.engine.trace import NEVER, Trace

# Canonical order of the waiting: priority, ready time, case, place within the case.
_READY_BITS, _CASE_BITS, _PLACE_BITS = 31, 20, 9


class _Happening(Event):
    """An event that carries an activity and is armed again when it has happened."""

    def __init__(self, env: simpy.Environment, happen: Callable[[_Happening], None]) -> None:
        super().__init__(env)
        self._hook = [happen]
        self._ok = True
        self._value = None
        self.activity = -1

    def arm(self, activity: int, delay: int) -> None:
        """Let it happen to an activity after a delay."""
        self.activity = activity
        self.callbacks = self._hook
        self.env.schedule(self, NORMAL, delay)


class Network:
    """Executes the activities of a plan in a SimPy environment."""

    def __init__(self, env: simpy.Environment, plan: Plan) -> None:
        self.env = env
        self.lines = Lines(plan)
        self.calendars = [Calendar(spans) for spans in plan.calendars]
        self.unfinished = plan.activities
        self._plan = plan
        self._first_activity = plan.first_activity.tolist()
        self._request = plan.request.tolist()
        self._returned = plan.returned.tolist()
        self._calendar = plan.calendar.tolist()
        self._work = plan.work.tolist()
        self._first_edge = plan.first_edge.tolist()
        self._successor = plan.successor.tolist()
        self._lag = plan.lag.tolist()
        self._order = _canonical_order(plan).tolist()
        self._missing = np.bincount(plan.successor, minlength=plan.activities).tolist()
        self._ready = plan.earliest.tolist()
        self._start = [NEVER] * plan.activities
        self._end = [NEVER] * plan.activities
        self._work_calendar = [
            self.calendars[request.calendar] if request.calendar >= 0 else None
            for request in plan.requests
        ]
        self._ended: list[_Happening] = []
        self._joined: list[_Happening] = []

    def admit(self, case: int) -> None:
        """Let the activities of a case begin that wait for nothing but their time."""
        first, last = self._first_activity[case], self._first_activity[case + 1]
        for activity in [a for a in range(first, last) if not self._missing[a]]:
            self._become_ready(activity)

    def settle(self) -> None:
        """Start every activity whose units are free, once all of an instant is applied."""
        now = int(self.env.now)
        for activity in self.lines.grants():
            calendar = self._work_calendar[self._request[activity]]
            work = self._work[activity]
            end = now + work if calendar is None else calendar.end_of_work(now, work)
            self._start[activity] = now
            self._end_later(activity, end)

    def trace(self) -> Trace:
        """Return what has happened."""
        ended = np.array(self._end, dtype=np.int64)
        ready = np.where(np.array(self._missing) > 0, NEVER, np.array(self._ready, dtype=np.int64))
        return Trace(ready=ready, start=np.array(self._start, dtype=np.int64), end=ended)

    def _become_ready(self, activity: int) -> None:
        ready = self._ready[activity]
        if self._request[activity] < 0:
            self._pass_on(activity, ready)
        elif ready <= self.env.now:
            self._join(activity)
        else:
            happening = self._joined.pop() if self._joined else _Happening(self.env, self._on_join)
            happening.arm(activity, ready - int(self.env.now))

    def _join(self, activity: int) -> None:
        order = (self._ready[activity] << _CASE_BITS + _PLACE_BITS) + self._order[activity]
        self.lines.join(self._request[activity], order, activity)

    def _pass_on(self, activity: int, start: int) -> None:
        """Run a pure delay: its end is known now, whenever it comes."""
        calendar = self._calendar[activity]
        work = self._work[activity]
        end = start + work if calendar < 0 else self.calendars[calendar].end_of_work(start, work)
        self._start[activity] = start
        if self._returned[activity] < 0:
            self._finish(activity, end)
        else:
            self._end_later(activity, end)

    def _end_later(self, activity: int, end: int) -> None:
        happening = self._ended.pop() if self._ended else _Happening(self.env, self._on_end)
        happening.arm(activity, end - int(self.env.now))
        self._end[activity] = end

    def _on_join(self, happening: _Happening) -> None:
        self._joined.append(happening)
        self._join(happening.activity)

    def _on_end(self, happening: _Happening) -> None:
        activity = happening.activity
        self._ended.append(happening)
        if self._returned[activity] >= 0:
            for pool, units in self._plan.returns[self._returned[activity]]:
                self.lines.change(pool, units)
        self._finish(activity, self._end[activity])

    def _finish(self, activity: int, end: int) -> None:
        """Tell those who wait for an activity when it ends; the last word makes them ready."""
        self._end[activity] = end
        self.unfinished -= 1
        ready, missing, lag = self._ready, self._missing, self._lag
        for edge in range(self._first_edge[activity], self._first_edge[activity + 1]):
            successor = self._successor[edge]
            reached = end + lag[edge]
            ready[successor] = max(ready[successor], reached)
            missing[successor] -= 1
            if not missing[successor]:
                self._become_ready(successor)


def _canonical_order(plan: Plan) -> np.ndarray:
    """Priority, case and place within the case, as far as they are known beforehand."""
    priority = np.array([step.priority for step in plan.steps], dtype=np.int64)[plan.step]
    place = np.arange(plan.activities) - plan.first_activity[plan.case]
    high = priority << (_READY_BITS + _CASE_BITS + _PLACE_BITS)
    return np.asarray(high + (plan.case << _PLACE_BITS) + place)
