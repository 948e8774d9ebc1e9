"""The time a run covers: warm-up, the window that is measured, cool-down."""

from __future__ import annotations

from dataclasses import dataclass

from sim.scenario.traffic import Experiment

_DAY_TICKS = 86_400


@dataclass(frozen=True)
class Window:
    """The arrivals that are measured, and the last arrival at all. Ticks."""

    start: int
    end: int
    last: int


def observation_window(experiment: Experiment) -> Window:
    """Return the window after the warm-up and before the cool-down."""
    start = round(experiment.warm_up_days * _DAY_TICKS)
    end = start + round(experiment.horizon_days * _DAY_TICKS)
    return Window(start, end, end + round(experiment.cool_down_days * _DAY_TICKS))
