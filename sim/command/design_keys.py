"""Keys of a design's factors, which mean what they mean on a command line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from sim.command.library import SCENARIO, Library
from sim.command.overrides import Assignment, Kind, assigned, kind_of
from sim.command.selections import Selection
from sim.scenario.errors import InputError
from sim.study.design.sampling import Values

REFORMS = "reforms"
_SHARED = ("experiment", "targets")


@dataclass(frozen=True)
class FactorKey:
    """What a factor's key is about.

    Attributes:
        key: as it is written.
        kind: as of a command's key.
        switch: the reform that ``reforms.<reform>`` puts in force or takes out.
        of_reform: the reform below which it sets a value.
    """

    key: str
    kind: Kind
    switch: str = ""
    of_reform: str = ""

    def assignment(self, library: Library, value: JsonValue) -> Assignment:
        """Give the key a value, as a command would.

        Raises:
            InputError: an option that does not exist.
        """
        text = json.dumps(value, ensure_ascii=False)
        return assigned(library, self.key, self.kind, self.key, value, text)


def factor_key(key: str, library: Library) -> FactorKey:
    """Read the key of a factor: one of a command, or ``reforms.<reform>`` for in force or not.

    Raises:
        InputError: there is no such key, or all points share what it is about.
    """
    parts = key.split(".")
    where = f"factors: {key}"
    if parts[0] == REFORMS and len(parts) > 1:
        reform = library.require(where, REFORMS, parts[1])
        is_switch = len(parts) == 2
        return FactorKey(key, "value", reform if is_switch else "", "" if is_switch else reform)
    kind = kind_of(key, library)
    if kind not in ("group", "value") or parts[0] in _SHARED:
        raise InputError(f"{where}: is no factor; all points share it")
    return FactorKey(key, kind)


def selection_at(
    base: Selection, keys: Sequence[FactorKey], values: Values, library: Library
) -> Selection:
    """Return what makes up the point that has these values of the factors.

    Single reforms are switched after ``scenario`` and ``reforms`` have chosen theirs.

    Raises:
        InputError: an option that does not exist, or a switch that is neither true nor false.
    """
    selection = base
    for key, value in zip(keys, values, strict=True):
        if key.switch:
            continue
        item = key.assignment(library, value)
        if key.key == SCENARIO:
            selection = replace(selection, scenario=item.value)
        elif key.key == REFORMS:
            selection = replace(selection, reforms=tuple(item.value))
        else:
            selection = replace(selection, swept=(*selection.swept, item))
    for key, value in zip(keys, values, strict=True):
        if key.switch:
            selection = _switched(selection, key, value, library)
    return selection


def _switched(
    selection: Selection, key: FactorKey, value: JsonValue, library: Library
) -> Selection:
    """Put a reform in force after those that are, or take it out."""
    if not isinstance(value, bool):
        raise InputError(
            f"{key.key}: true (in force) or false is expected, given {json.dumps(value)}"
        )
    own = library.groups[SCENARIO][selection.scenario].chosen().get(REFORMS, ())
    chosen = tuple(own) if selection.reforms is None else selection.reforms
    if value == (key.switch in chosen):
        return selection
    if value:
        return replace(selection, reforms=(*chosen, key.switch))
    return replace(selection, reforms=tuple(name for name in chosen if name != key.switch))
