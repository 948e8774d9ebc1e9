"""A scenario with some of its figures moved, validated without validating the rest again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.clearance.figures import find_figure
from sim.clearance.validate import SoundSteps, check_effect
from sim.scenario.errors import InputError
from sim.scenario.known_parts import with_known_parts
from sim.scenario.validate import build_scenario
from sim.study.sensitivity.ranges import Range
from sim.study.settings import Point


class Mover:
    """Moves figures of one scenario.

    Attributes:
        start: the scenario as it is written.
        ranges: of the figures that it has, by name.
    """

    def __init__(self, start: Point, ranges: Mapping[str, Range]) -> None:
        self.start = start
        self.ranges = ranges
        self._data = start.written.model_dump(mode="json", exclude_unset=True)
        self._known = SoundSteps()

    def point(self, name: str, places: Mapping[str, float]) -> Point:
        """Return the scenario with figures at places of their ranges, the others as written.

        Raises:
            InputError: it cannot be run, in one line that says where the figures are.
        """
        data = self._data
        try:
            for figure, place in places.items():
                found = self.ranges[figure]
                for key, value in zip(found.keys, found.at(place), strict=True):
                    data = _opened(data, key.split("."))
                    find_figure(data, key, key).set(value)
            written = build_scenario(with_known_parts(data, self._data, self.start.written))
            point = Point(name, written)
            check_effect(point.effect, self._known)
        except InputError as error:
            moves = ", ".join(f"{one}={self.ranges[one].text(at)}" for one, at in places.items())
            raise InputError(f"{error} (with {moves} in '{self.start.name}')") from error
        return point


def _opened(here: Any, path: list[str]) -> Any:
    """The data with all that holds a key copied, so that it can be set; the rest is the same."""
    if isinstance(here, dict):
        head = path[0]
        inner = _opened(here[head], path[1:]) if path[1:] and head in here else here.get(head)
        return {**here, head: inner} if head in here else dict(here)
    if isinstance(here, list):
        return [
            _opened(item, path[1:]) if path[1:] and path[0] == str(place) else item
            for place, item in enumerate(here)
        ]
    return here
