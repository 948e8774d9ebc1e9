"""Composed points: the data of every scenario of a run, under a name that says what differs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.command.composition import Composer
from sim.command.library import SCENARIO, Library
from sim.command.overrides import Assignment
from sim.command.plain_data import with_value
from sim.command.relations import check_names_in_reforms
from sim.command.selections import Selection
from sim.scenario.errors import InputError, did_you_mean

_NOT_IN_NAMES = re.compile(r"[^a-z0-9_+.=,-]+")


@dataclass(frozen=True)
class ComposedPoint:
    """A scenario as plain data; ``implied`` if it is there only to be compared with."""

    name: str
    data: dict[str, Any]
    implied: bool


def compose_points(chosen: Sequence[Selection], session: Composer) -> list[ComposedPoint]:
    """Compose selections; of those that come out equal, only the first is kept.

    Raises:
        InputError: an override leads nowhere, or belongs to a reform no point has in force; a
            reform names another one that does not exist.
    """
    points: dict[tuple[str, ...], ComposedPoint] = {}
    in_force: set[str] = set()
    for selection in chosen:
        data = session.compose(options_of(selection))
        reforms = data.get("reforms") or {}
        in_force.update(reforms)
        applied = _applied(selection, reforms)
        identity = _words(applied, session.library)
        if identity in points:
            points[identity] = replace(points[identity], implied=False)
            continue
        for item in (*applied.fixed, *applied.swept):
            if item.kind == "value":
                data = with_value(data, item.key, item.value, item.may_add)
        name = _free(_name(identity), {point.name for point in points.values()})
        check_names_in_reforms(data, session.library)
        points[identity] = ComposedPoint(name, _of_scenario(data), selection.implied)
    _check_reforms(chosen, in_force, session.library)
    return list(points.values())


def options_of(selection: Selection) -> dict[str, str | list[str]]:
    """Return the options of groups that make up a point."""
    groups = (item for item in (*selection.fixed, *selection.swept) if item.kind == "group")
    options: dict[str, str | list[str]] = {item.key: item.value for item in groups}
    if selection.reforms is not None:
        options["reforms"] = list(selection.reforms)
    return {SCENARIO: selection.scenario, **options}


def _of_scenario(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "executor"}


def _applied(selection: Selection, in_force: Iterable[str]) -> Selection:
    """Leave out overrides of reforms that are not in force."""
    forced = {None, *in_force}
    return replace(
        selection,
        fixed=tuple(item for item in selection.fixed if item.reform in forced),
        swept=tuple(item for item in selection.swept if item.reform in forced),
    )


def _words(selection: Selection, library: Library) -> tuple[str, ...]:
    """What tells a point from the others of its run, word by word."""
    own = library.groups[SCENARIO][selection.scenario].chosen().get("reforms", [])
    swept = [f"{item.key}={item.text}" for item in selection.swept]
    if selection.reforms is None or set(selection.reforms) == set(own):
        return (selection.scenario, *swept)
    if not own:
        return ("+".join([selection.scenario, *selection.reforms]), *swept)
    return (selection.scenario, f"reforms={'+'.join(selection.reforms) or 'none'}", *swept)


def _name(words: Iterable[str]) -> str:
    """A name fit for tables and files."""
    plain = (word.strip().lower().replace("[", "").replace("]", "") for word in words)
    return ",".join(_NOT_IN_NAMES.sub("-", word.replace(",", "+")) for word in plain)


def _free(name: str, taken: set[str]) -> str:
    """The name itself, or with a number if another point has it."""
    candidates = (name if count == 1 else f"{name}-{count}" for count in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)


def _check_reforms(chosen: Sequence[Selection], in_force: set[str], library: Library) -> None:
    items: dict[str, Assignment] = {
        item.key: item for selection in chosen for item in (*selection.fixed, *selection.swept)
    }
    for key, item in items.items():
        if item.reform is None or item.reform in in_force:
            continue
        if item.reform not in library.groups["reforms"]:
            library.require(key, "reforms", item.reform)
        listed = ", ".join(sorted(in_force)) or "none"
        raise InputError(
            f"{key}: no scenario of this run has the reform '{item.reform}' in force; "
            f"in force: {listed}{did_you_mean(item.reform, in_force)}"
        )
