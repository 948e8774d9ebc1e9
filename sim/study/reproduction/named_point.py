"""The point that a record asks for."""

from __future__ import annotations

from collections.abc import Mapping

from sim.scenario.errors import InputError
from sim.study.settings import Point


def named_point(points: Mapping[str, Point], name: str) -> Point:
    """Return a point by its name.

    Raises:
        InputError: it is not there.
    """
    if name not in points:
        raise InputError(f"points: '{name}' is asked for and not there")
    return points[name]
