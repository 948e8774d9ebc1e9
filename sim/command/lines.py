"""Errors about files of one's own: which file, and which line of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.command.library import SCENARIO, ConfigFile, Library
from sim.scenario.scenario import Scenario
from sim.scenario.strict_yaml import line_at

_REFORMS = "reforms"
_ABSENT = object()


def with_line(text: str, data: Mapping[str, Any], library: Library) -> str:
    """Put file and line before an error about a scenario, if a file of one's own is to blame.

    That is one that sets what stands at the key of the error, or would have to.

    Args:
        text: the error; what comes before its first colon is the key.
        data: the scenario as plain data.
        library: with the files that a command names by path.
    """
    key = tuple(text.partition(": ")[0].split("."))
    if key[0] not in Scenario.model_fields:
        return text
    for file, path, own in _candidates(key, data, library):
        found = _at(file.content, path)
        if found == _at(own, path):
            line = line_at(Path(file.where).read_text("utf-8"), path)
            return f"{file.where}:{line}: {text}"
    return text


def _candidates(
    key: tuple[str, ...], data: Mapping[str, Any], library: Library
) -> list[tuple[ConfigFile, tuple[str, ...], object]]:
    """Files that may be to blame, the path in each, and the data that it has a part in."""
    found: list[tuple[ConfigFile, tuple[str, ...], object]] = []
    if key[0] == _REFORMS and len(key) > 1 and (_REFORMS, key[1]) in library.own:
        found.append((library.groups[_REFORMS][key[1]], key[2:], _at(data, key[:2])))
    name = data.get("name")
    if isinstance(name, str) and (SCENARIO, name) in library.own:
        found.append((library.groups[SCENARIO][name], key, data))
    return found


def _at(content: object, path: Sequence[str]) -> object:
    """What stands at a path; a list's items are called by their position."""
    for part in path:
        if isinstance(content, Mapping):
            content = content.get(part, _ABSENT)
        elif isinstance(content, list) and part.isdecimal() and int(part) < len(content):
            content = content[int(part)]
        else:
            return _ABSENT
    return content
