"""The points of a design: values of its factors laid onto one scenario, each of them validated."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sim.clearance.validate import SoundSteps
from sim.command.composition import Composer
from sim.command.configuration import accepted
from sim.command.design_keys import REFORMS, FactorKey, selection_at
from sim.command.library import EXECUTOR
from sim.command.overrides import Assignment
from sim.command.plain_data import with_value
from sim.command.points import options_of
from sim.command.selections import Selection
from sim.scenario.errors import InputError
from sim.scenario.known_parts import with_known_parts
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.design.sampling import Values
from sim.study.settings import Point


@dataclass(frozen=True)
class _Start:
    """What all points of one choice of options share, as plain data and as a scenario."""

    data: dict[str, Any]
    scenario: Scenario | None


class PointBuilder:
    """Builds points; what they share is composed and validated once."""

    def __init__(self, session: Composer, base: Selection, keys: Sequence[FactorKey]) -> None:
        self._session = session
        self._base = base
        self._keys = keys
        self._starts: dict[str, _Start] = {}
        self._known = SoundSteps()
        self._in_force: set[str] = set()

    def point(self, name: str, values: Values) -> Point:
        """Return the point that has these values of the factors.

        Raises:
            InputError: it cannot be run.
        """
        return self.build(name, selection_at(self._base, self._keys, values, self._session.library))

    def build(self, name: str, selection: Selection) -> Point:
        """Return a point of any choice of options and values.

        Raises:
            InputError: it cannot be run.
        """
        start = self._start(selection)
        data = start.data
        for item in _applied(selection.swept, data):
            data = with_value(data, item.key, item.value)
        shared = with_known_parts(data, start.data, start.scenario)
        return accepted(Point(name, build_scenario(shared)), self._known)

    def check_used(self) -> None:
        """Refuse a factor of a reform that is in force in no point built.

        Raises:
            InputError: the first such factor.
        """
        for key in self._keys:
            if key.of_reform and key.of_reform not in self._in_force:
                raise InputError(
                    f"factors: {key.key}: no point has the reform '{key.of_reform}' in force"
                )

    def _start(self, selection: Selection) -> _Start:
        options = options_of(selection)
        key = json.dumps(options)
        if key not in self._starts:
            composed = self._session.compose(options)
            data = {name: part for name, part in composed.items() if name != EXECUTOR}
            self._in_force.update(data.get(REFORMS) or {})
            for item in _applied(selection.fixed, data):
                data = with_value(data, item.key, item.value, item.may_add)
            self._starts[key] = _Start(data, _if_sound(data))
        return self._starts[key]


def _applied(items: Sequence[Assignment], data: dict[str, Any]) -> Iterator[Assignment]:
    """Values to lay onto the data, without those of reforms that are not in force."""
    in_force = {None, *(data.get(REFORMS) or {})}
    return (item for item in items if item.kind == "value" and item.reform in in_force)


def _if_sound(data: dict[str, Any]) -> Scenario | None:
    """The scenario, unless it lacks what the values of a point bring."""
    with suppress(InputError):
        return build_scenario(data)
    return None
