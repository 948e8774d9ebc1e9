"""Putting plain data together: files onto each other, and single values into place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.scenario import Scenario
from sim.scenario.schema import fields_at


def merged(base: Any, over: Any, in_place: bool = False) -> Any:
    """Lay mappings onto each other, key by key; anything else replaces what was there.

    A mapping of another ``dist`` replaces, too: parameters of two distributions do not mix.

    Args:
        base: what is there.
        over: what is laid onto it.
        in_place: put a new key before the known one that is written next, instead of at the end.
    """
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    if "dist" in over and over["dist"] != base.get("dist"):
        return over
    return {
        key: merged(base.get(key), over[key], in_place) if key in over else base[key]
        for key in (_in_place(base, over) if in_place else {**base, **over})
    }


def _in_place(base: Mapping[str, Any], over: Mapping[str, Any]) -> list[str]:
    """Keys of both: those of the base in their order, new ones before the known one after them."""
    new: list[str] = []
    ahead: dict[str, list[str]] = {}
    for key in over:
        if key in base:
            ahead[key], new = new, []
        else:
            new.append(key)
    return [name for key in base for name in (*ahead.get(key, ()), key)] + new


def placed(content: Any, package: str) -> Any:
    """Put content under a dotted key."""
    for part in reversed(package.split(".") if package else []):
        content = {part: content}
    return content


def with_value(
    data: Mapping[str, Any], key: str, value: Any, may_add: bool = False
) -> dict[str, Any]:
    """Return scenario data with the value at a dotted key laid onto what is there.

    A field that no model has is put in all the same, so that validation refuses it; a new entry of
    a free mapping (an agency, a step) is a slip of the pen unless ``may_add`` says otherwise.

    Raises:
        InputError: the key leads into a value, or to an entry that does not exist.
    """
    return dict(_with_value(data, _Route(key, value, may_add), (), key))


@dataclass(frozen=True)
class _Route:
    """Where a value goes; ``key`` is the whole of it, for errors."""

    key: str
    value: Any
    may_add: bool


def _with_value(here: Any, route: _Route, path: tuple[str, ...], rest: str) -> Any:
    if isinstance(here, list):
        return _with_item(here, route, path, rest)
    if not isinstance(here, Mapping):
        raise InputError(f"{route.key}: '{'.'.join(path)}' is a value and holds no keys")
    name = _entry(here, rest) or rest.partition(".")[0]
    if name not in here and not fields_at(Scenario, path):
        if not route.may_add:
            raise unknown_name(route.key, "key", name, map(str, here))
        # Nothing is below an entry that is a plain value: the dots are part of its name.
        name = name if fields_at(Scenario, (*path, name)) else rest
    return {**here, name: _next(here.get(name), route, (*path, name), rest[len(name) + 1 :])}


def _with_item(here: list[Any], route: _Route, path: tuple[str, ...], rest: str) -> list[Any]:
    name, _, further = rest.partition(".")
    if not name.isdecimal() or int(name) >= len(here):
        raise InputError(
            f"{route.key}: '{'.'.join(path)}' is a list of {len(here)}, it has no '{name}'"
        )
    position = int(name)
    item = _next(here[position], route, (*path, name), further)
    return [*here[:position], item, *here[position + 1 :]]


def _next(old: Any, route: _Route, path: tuple[str, ...], rest: str) -> Any:
    if not rest:
        return merged(old, route.value)
    return _with_value({} if old is None else old, route, path, rest)


def _entry(here: Mapping[str, Any], rest: str) -> str | None:
    """The longest key the rest begins with: pools such as ``customs.examiners`` have dots."""
    fitting = [key for key in map(str, here) if rest == key or rest.startswith(f"{key}.")]
    return max(fitting, key=len, default=None)
