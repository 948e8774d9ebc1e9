"""The activity network in execution: who is ready, who starts, who ends.

One SimPy event stands for the end of an activity that holds units, or for the moment an activity
joins a line after pure delays. Pure delays need no event: their end is known as soon as their
start is, and is handed on at once. All that happens at one instant is applied first, then units are
granted; so nothing depends on the order of events within an instant.

A conveyance that offers slots hands them out once the rest of the instant is settled: to boxes
that wait, in canonical order. From then on a box and its conveyance wait for each other as linked.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import NORMAL, Event

from sim.clearance.calendars import Calendar
from sim.clearance.plan import Plan
from sim.engine.boarding import Boarding
from sim.engine.queues import Lines
from sim.engine.tally import Tally
from sim.engine.trace import NEVER, Trace


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

    @property
    def is_armed(self) -> bool:
        """Whether it is still to happen."""
        return self.callbacks is not None


def _compact(column: NDArray[np.int64]) -> array[int]:
    """A column as plain numbers that are quick to read one by one, eight bytes each."""
    return array("q", column.tobytes())


class Network:
    """Executes the activities of a plan in a SimPy environment."""

    def __init__(self, env: simpy.Environment, plan: Plan) -> None:
        self.env = env
        self.lines = Lines(plan)
        self.calendars = [Calendar(open_time) for open_time in plan.calendars]
        self.unfinished = plan.activities
        self._joined_at = self._granted_at = self._released_at = 0
        self._plan = plan
        never = np.full(plan.activities, NEVER, dtype=np.int64)
        self._first_activity = _compact(plan.first_activity)
        self._request = plan.request.tolist()
        self._returned = plan.returned.tolist()
        self._ends_silently = ((plan.returned < 0) & (plan.offered < 0)).tolist()
        self._calendar = plan.calendar.tolist()
        self._work = _compact(plan.work)
        self._first_edge = _compact(plan.first_edge)
        self._successor = _compact(plan.successor)
        self._lag = plan.lag.tolist()
        self._missing = plan.predecessors.tolist()
        self._waits = [missing > 0 for missing in self._missing]
        self._ready = _compact(plan.earliest)
        self._start = _compact(never)
        self._end = _compact(never)
        self._work_calendar = [
            self.calendars[request.calendar] if request.calendar >= 0 else None
            for request in plan.requests
        ]
        self._boarding = Boarding(plan)
        self._late: dict[int, list[tuple[int, int]]] = {}
        self._happenings: list[_Happening] = []
        self._ended: list[_Happening] = []
        self._joined: list[_Happening] = []

    @property
    def in_motion(self) -> bool:
        """Whether an activity is at work, or will join a line in its time."""
        return any(happening.is_armed for happening in self._happenings)

    def admit(self, case: int) -> None:
        """Let the activities of a case begin that wait for nothing but their time."""
        first, last = self._first_activity[case], self._first_activity[case + 1]
        for activity in range(first, last):
            if not self._waits[activity]:
                self._become_ready(activity)

    @property
    def unsettled(self) -> bool:
        """Whether something may start, or be handed out, that could not before."""
        return self.lines.changed or self._boarding.offering

    def settle(self) -> None:
        """Start every activity whose units are free, once all of an instant is applied.

        If there is none, hand out the slots of one conveyance that offers some.
        """
        if not self._start_granted() and self._boarding.offering:
            self._hand_out(self._boarding.next_offering())

    def _start_granted(self) -> list[int]:
        now = int(self.env.now)
        granted = self.lines.grant()
        self._granted_at += now * len(granted)
        for activity in granted:
            calendar = self._work_calendar[self._request[activity]]
            work = self._work[activity]
            end = now + work if calendar is None else calendar.end_of_work(now, work)
            self._start[activity] = now
            self._end_later(activity, end)
        return granted

    def _hand_out(self, offering: int) -> None:
        """Let boxes take the slots a conveyance offers; those nobody takes lapse."""
        slots = self._boarding.slots(offering)
        for pool, units in slots:
            self.lines.change(pool, units)
        granted = self._start_granted()
        for activity, work in self._boarding.load(granted, offering):
            self._work[activity] = work
        for boarding in granted:
            for before, after, lag, is_new in self._boarding.board(boarding, offering):
                self._missing[after] += is_new
                self._link(before, after, lag)
        for pool, _ in slots:
            self.lines.change(pool, -self.lines.free[pool])
        self._tell(offering)

    def _link(self, before: int, after: int, lag: int) -> None:
        """Say whom an activity waits for; that one's end may be known already."""
        if self._end[before] == NEVER:
            self._late.setdefault(before, []).append((after, lag))
        else:
            self._reach(after, self._end[before] + lag)

    def _reach(self, activity: int, time: int) -> None:
        """One of those an activity waits for has ended, with its lag, at a time."""
        self._ready[activity] = max(self._ready[activity], time)
        self._missing[activity] -= 1
        if not self._missing[activity]:
            self._become_ready(activity)

    def trace(self) -> Trace:
        """Return what has happened; what is at work still has not ended."""
        never_ready = np.array(self._missing) > 0
        end = np.array(self._end, dtype=np.int64)
        end[[happening.activity for happening in self._happenings if happening.is_armed]] = NEVER
        return Trace(
            ready=np.where(never_ready, NEVER, np.array(self._ready, dtype=np.int64)),
            start=np.array(self._start, dtype=np.int64),
            end=end,
            work=np.array(self._work, dtype=np.int64),
            boarded=self._boarding.boarded,
            tally=self._tally(),
        )

    def dismantle(self) -> None:
        """Free the columns now: events and network refer to each other and would linger."""
        vars(self).clear()

    def _tally(self) -> Tally:
        return Tally(
            until=int(self.env.now),
            ended=self._plan.activities - self.unfinished,
            joined_at=self._joined_at,
            granted_at=self._granted_at,
            released_at=self._released_at,
            free=tuple(self.lines.free),
        )

    def _become_ready(self, activity: int) -> None:
        if self._request[activity] >= 0:
            self._queue(activity)
        elif self._pass(activity):
            self._tell(activity)

    def _queue(self, activity: int) -> None:
        """Join the line, now or when the activity will be ready."""
        now = int(self.env.now)
        delay = self._ready[activity] - now
        if delay <= 0:
            self._join(activity, now)
        else:
            happening = self._joined.pop() if self._joined else self._new(self._on_join)
            happening.arm(activity, delay)

    def _new(self, happen: Callable[[_Happening], None]) -> _Happening:
        happening = _Happening(self.env, happen)
        self._happenings.append(happening)
        return happening

    def _join(self, activity: int, now: int) -> None:
        self._joined_at += now
        self.lines.join(self._request[activity], self._ready[activity], activity)

    def _pass(self, activity: int) -> bool:
        """Run a pure delay; say whether its end, known at once, can be told at once too."""
        start, work, calendar = (
            self._ready[activity],
            self._work[activity],
            self._calendar[activity],
        )
        end = start + work if calendar < 0 else self.calendars[calendar].end_of_work(start, work)
        self._start[activity] = start
        self._end[activity] = end
        if self._ends_silently[activity]:
            return True
        self._end_later(activity, end)
        return False

    def _end_later(self, activity: int, end: int) -> None:
        happening = self._ended.pop() if self._ended else self._new(self._on_end)
        happening.arm(activity, end - int(self.env.now))
        self._end[activity] = end

    def _on_join(self, happening: _Happening) -> None:
        self._joined.append(happening)
        self._join(happening.activity, int(self.env.now))

    def _on_end(self, happening: _Happening) -> None:
        activity = happening.activity
        self._ended.append(happening)
        self._released_at += int(self.env.now)
        if self._returned[activity] >= 0:
            for pool, units in self._plan.returns[self._returned[activity]]:
                self.lines.change(pool, units)
        if not self._boarding.offer(activity):
            self._tell(activity)

    def _tell(self, activity: int) -> None:
        """Tell those who wait for an activity when it ends; the last word makes them ready.

        Pure delays that become ready end at a known time too and are told of in the same loop.
        """
        ready, missing, lag, request = self._ready, self._missing, self._lag, self._request
        first_edge, successors, ends = self._first_edge, self._successor, self._end
        untold = [activity]
        while untold:
            before = untold.pop()
            end = ends[before]
            self.unfinished -= 1
            for after, late_lag in self._late.pop(before, ()):
                self._reach(after, end + late_lag)
            for edge in range(first_edge[before], first_edge[before + 1]):
                after = successors[edge]
                reached = end + lag[edge]
                if reached > ready[after]:  # noqa: PLR1730 - max() costs a call in the hottest loop
                    ready[after] = reached
                missing[after] -= 1
                if missing[after]:
                    continue
                if request[after] >= 0:
                    self._queue(after)
                elif self._pass(after):
                    untold.append(after)
