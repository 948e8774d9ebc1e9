"""A figure in the plain data of a scenario: found by its dotted key, replaced or changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor
from operator import mul
from typing import Any

from pydantic import JsonValue

from sim.scenario.change import Relation
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.scenario import Scenario
from sim.scenario.schema import fields_at, is_table

_CHANGES: Mapping[Relation, Callable[[Any, float], float]] = {
    "times": mul,
    "at_most": min,
    "at_least": max,
}
_CHARGES = (("tariff", "fees"), ("tariff", "box_fees"), ("tariff", "stay_charges"))


@dataclass(frozen=True)
class Figure:
    """What stands at a key: ``holder`` is the mapping or list that it stands in."""

    key: str
    holder: Any
    position: str | int

    @property
    def value(self) -> JsonValue:
        """The value as plain data; None where there is nothing."""
        if isinstance(self.holder, Mapping):
            return self.holder.get(self.position)
        found: JsonValue = self.holder[self.position]
        return found

    def set(self, value: JsonValue) -> None:
        """Put a value into its place."""
        self.holder[self.position] = value

    def changed(self, relation: Relation, number: float, where: str) -> JsonValue:
        """Return the number that stands there, or each of a table of numbers, changed by another.

        Whole numbers stay whole: they go to the nearest, a half upwards.

        Raises:
            InputError: it is neither.
        """
        value, change = self.value, _CHANGES[relation]
        if _is_number(value):
            return _rounded_as(value, change(value, number))
        if (
            isinstance(value, dict)
            and is_table(Scenario, self.key.split("."))
            and all(map(_is_number, value.values()))
        ):
            return {name: _rounded_as(one, change(one, number)) for name, one in value.items()}
        held = "is not there" if value is None else "is no number and no table of numbers"
        raise InputError(f"{where}.{relation}: '{self.key}' {held}; say what it becomes with 'to'")


def is_there(data: Any, key: str) -> bool:
    """Whether anything stands at a dotted key of plain data."""
    for part in key.split("."):
        if isinstance(data, list):
            data = data[int(part)] if part.isdecimal() and int(part) < len(data) else None
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
    return data is not None


def find_figure(data: dict[str, Any], key: str, where: str, *, is_block: bool = False) -> Figure:
    """Return what stands at a dotted key of a scenario's plain data.

    A key that the schema knows need not be there yet; an entry of a free mapping must be, but for
    a whole block that brings a new fee or charge.

    Args:
        data: holding every field of its models, whether it was given or not.
        key: dotted; a number leads into a list.
        where: what to call the key in an error.
        is_block: whether a block is to stand there.

    Raises:
        InputError: it leads nowhere.
    """
    holder: Any = data
    *path, last = key.split(".")
    for depth, part in enumerate(path):
        holder = holder[_position(holder, path[:depth], part, where)]
    if is_block and tuple(path) in _CHARGES:
        return Figure(key, holder, last)
    return Figure(key, holder, _position(holder, path, last, where))


def _position(holder: Any, path: list[str], part: str, where: str) -> str | int:
    """Where in a mapping or a list a part of the key leads."""
    shown = ".".join(path)
    if isinstance(holder, list):
        if not part.isdecimal() or int(part) >= len(holder):
            raise InputError(f"{where}: '{shown}' is a list of {len(holder)}, it has no '{part}'")
        return int(part)
    if not isinstance(holder, Mapping):
        held = "is not there" if holder is None else "is a value and holds no keys"
        raise InputError(f"{where}: '{shown}' {held}")
    known = {*holder, *fields_at(Scenario, path)}
    if part not in known:
        raise unknown_name(f"{where}: {shown}", "key", part, known)
    return part


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rounded_as(number: Any, changed: float) -> JsonValue:
    return floor(changed + 0.5) if isinstance(number, int) else changed
