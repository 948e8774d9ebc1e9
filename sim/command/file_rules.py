"""What no configuration file may hold: it is data, whoever wrote it."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sim.scenario.errors import InputError
from sim.scenario.strict_yaml import line_at

CHOOSES = "override /"
_CHOICE = re.compile(rf"{CHOOSES}[a-z_]+")
_CALL = re.compile(r"\(\)|^[A-Za-z_][A-Za-z0-9_.]*\(.*\)$", re.S)


def refuse_instructions(
    where: str, text: str, content: dict[str, Any], refused: Collection[str]
) -> None:
    """Refuse what Hydra, OmegaConf or a reader of Python would take for an instruction.

    Args:
        where: the file, for errors.
        text: what it holds.
        content: the same, read.
        refused: keys that may not be at its top.

    Raises:
        InputError: one of those keys, ``_target_``, ``${…}`` or a call; with its line.
    """
    at_top = (((key,), f"'{key}' is not allowed here") for key in content if key in refused)
    for path, fault in (*at_top, *_instructions(content, ())):
        raise InputError(f"{where}:{line_at(text, path)}: {fault}")


def refuse_other_defaults(where: str, text: str, entries: Sequence[Any]) -> None:
    """Refuse what a scenario's list of defaults may do but choose options of groups.

    Raises:
        InputError: an entry of another form than ``override /<group>: …``; with its line.
    """
    for number, entry in enumerate(entries):
        keys = [str(key) for key in entry] if isinstance(entry, dict) else [str(entry)]
        if not isinstance(entry, dict) or len(keys) != 1 or not _CHOICE.fullmatch(keys[0]):
            raise InputError(
                f"{where}:{line_at(text, ('defaults', str(number)))}: defaults: "
                f"only '{CHOOSES}<group>: …' is allowed, given '{_in_one_line(', '.join(keys))}'"
            )


def _instructions(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where instructions stand, and what is wrong with them."""
    if isinstance(value, dict):
        for key, item in value.items():
            inside = (*path, str(key))
            if key == "_target_":
                yield inside, "'_target_' is not allowed here"
            yield from _instructions(key, inside)
            yield from _instructions(item, inside)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _instructions(item, (*path, str(number)))
    elif isinstance(value, str):
        if "${" in value:
            yield path, f"'${{' is not allowed here, given '{_in_one_line(value)}'"
        if _CALL.search(value):
            yield path, f"a call is not allowed here, given '{_in_one_line(value)}'"


def _in_one_line(value: str) -> str:
    return " ".join(value.split())
