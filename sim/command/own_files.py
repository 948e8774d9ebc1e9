"""Reforms and scenarios of one's own, which a command names by the path of their file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, QuotedString
from hydra.errors import HydraException

from sim.command.config_files import check_scenario_file, read_option
from sim.command.library import SCENARIO, ConfigFile, Library, noun
from sim.command.quoting import quoted
from sim.files.existing_file import check_file
from sim.scenario.errors import InputError, MisfitError
from sim.scenario.reform import Reform
from sim.scenario.scenario import Scenario
from sim.scenario.strict_yaml import line_at
from sim.scenario.validate import check_keys, validated

_SUFFIX = ".yaml"
_REFORMS = "reforms"
_GROUPS = {SCENARIO: SCENARIO, "compare": SCENARIO, _REFORMS: _REFORMS}


def own_names(key: str, value: Any) -> Any:
    """Return a value with the names of files in the place of their paths, if the key takes any."""
    if key not in _GROUPS:
        return value
    if isinstance(value, list):
        return [own_names(key, item) for item in value]
    return Path(value).stem if isinstance(value, str) and _is_path(value) else value


def with_own_files(library: Library, words: Sequence[str]) -> Library:
    """Return the library with the files that words name by path, as options of their groups.

    They are held to the rules of shipped ones, and called as their files are.

    Raises:
        InputError: a file that cannot be used, or whose name another one has.
    """
    groups = {group: dict(files) for group, files in library.groups.items()}
    origins: dict[tuple[str, str], Path] = {}
    for key, given in _paths(words):
        group, path = _GROUPS[key], Path(given)
        if path.stem in library.groups[group]:
            raise InputError(
                f"{key}: '{path.stem}' is a shipped {noun(group)}; name it without a path, or give "
                f"your file '{given}' another name"
            )
        if origins.setdefault((group, path.stem), path.resolve()) != path.resolve():
            raise InputError(f"{key}: two files are called '{path.stem}'; rename one")
        groups[group][path.stem] = _read(path, given, key)
    if not origins:
        return library
    extended = replace(library, groups=groups, own=frozenset(origins))
    for group, name in origins:
        if group == SCENARIO:
            check_scenario_file(extended, name, groups[group][name])
    return extended


def _paths(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Keys, and each path they are given."""
    parser = OverridesParser.create()
    for word in words:
        key = word.partition("=")[0]
        if key not in _GROUPS:
            continue
        try:
            value = parser.parse_override(quoted(word)).value()
        except (HydraException, ValueError, ArithmeticError):
            continue  # It is refused when overrides are read.
        yield from ((key, option) for option in _options(value) if _is_path(option))


def _options(value: object) -> Iterator[str]:
    if isinstance(value, list | ChoiceSweep):
        for item in value if isinstance(value, list) else value.list:
            yield from _options(item)
    elif isinstance(value, str | QuotedString):
        yield value if isinstance(value, str) else value.text


def _is_path(option: str) -> bool:
    return Path(option).name != option or option.endswith((_SUFFIX, ".yml"))


def _read(path: Path, given: str, key: str) -> ConfigFile:
    check_file(path, key)
    if path.suffix != _SUFFIX:
        raise InputError(f"{key}: the name of a file ends in '{_SUFFIX}', given '{given}'")
    file = read_option(path, given, _GROUPS[key])
    if not file.content and not file.defaults:
        raise InputError(f"{given}: the file is empty")
    try:
        if key == _REFORMS:
            validated(Reform, dict(file.content))
        else:
            check_keys(Scenario, file.content)
    except MisfitError as error:
        line = line_at(path.read_text("utf-8"), error.path)
        raise InputError(f"{given}:{line}: {error}") from error
    return file
