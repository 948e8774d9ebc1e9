"""What the engine counts while it runs, apart from the columns of the trace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """Counts of a run, taken by its clock as things happen.

    The differences between the sums of ticks are the areas under the number in line and at work.

    Attributes:
        until: the tick at which the run ended.
        ended: activities that ended.
        joined_at: sum of the ticks at which activities came to a line.
        granted_at: sum of the ticks at which activities were granted their units.
        released_at: sum of the ticks at which activities ended that hold or offer units.
        free: by pool, units free in the end; below zero where more are in use than on shift.
    """

    until: int
    ended: int
    joined_at: int
    granted_at: int
    released_at: int
    free: tuple[int, ...]
