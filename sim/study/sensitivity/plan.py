"""The points of a sensitivity study: one scenario with its figures at places of their ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.sensitivity.mover import Mover
from sim.study.settings import Point

Floats = NDArray[np.float64]

_NAME = "moved="


@dataclass(frozen=True)
class Plan:
    """Points of one scenario.

    Attributes:
        start: the scenario as it is written.
        names: of the figures that the study is about; the scenario may lack some.
        ends: of those that it has, by name: their values at the low and at the high end, as text.
        places: shape (points, figures), from 0 to 1, where figures really are; NaN is as written.
        points: a row of ``places`` each; ``start`` itself where nothing is moved.
    """

    start: Point
    names: tuple[str, ...]
    ends: Mapping[str, tuple[str, str]]
    places: Floats
    points: tuple[Point, ...]


def plan_of(mover: Mover, names: Sequence[str], places: Floats) -> Plan:
    """Build and validate every point.

    Args:
        mover: of the scenario.
        names: of the figures.
        places: shape (points, figures), where figures are to be; whole numbers are put nearby.

    Raises:
        InputError: a point cannot be run.
    """
    digits = len(str(len(places)))
    points, reached = [], places.copy()
    for number, row in enumerate(places.tolist(), start=1):
        moved = {
            name: place
            for name, place in zip(names, row, strict=True)
            if name in mover.ranges and not np.isnan(place)
        }
        for name, place in moved.items():
            reached[number - 1, names.index(name)] = mover.ranges[name].reached(place)
        name = f"{mover.start.name},{_NAME}{number:0{digits}}"
        points.append(_point(mover, name, moved))
    ends = {name: (one.text(0.0), one.text(1.0)) for name, one in mover.ranges.items()}
    return Plan(mover.start, tuple(names), ends, reached, tuple(points))


def _point(mover: Mover, name: str, moved: Mapping[str, float]) -> Point:
    """A point; the start itself where every figure is where it was."""
    found = mover.point(name, moved)
    return mover.start if found.written == mover.start.written else found
