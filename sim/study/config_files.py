"""Configuration files: which there are, what they hold, and what they may not hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.strict_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = "scenario"
EXECUTOR = "executor"
LISTED_GROUPS = frozenset({"workflows", "reforms", "targets"})
_NAMED_GROUPS = frozenset({"workflows", "reforms"})
_NOUNS = {
    "executor": "executor",
    "port": "port",
    "reforms": "reform",
    "scenario": "scenario",
    "targets": "file of targets",
    "tariff": "tariff",
    "workflows": "workflow",
}

_FILE_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_GROUP_OVERRIDE = re.compile(r"^override /([a-z_]+)$")


@dataclass(frozen=True)
class ConfigFile:
    """A YAML file: its content, and apart from it the defaults list that Hydra reads.

    Attributes:
        where: its path below the root of the configuration.
        package: the key its content stands under; empty for the top.
    """

    where: str
    package: str
    content: Mapping[str, Any]
    defaults: tuple[Any, ...] = ()

    def label(self) -> str:
        """What people read in English, or nothing."""
        label = self.content.get("label")
        return str(label.get("en", "")) if isinstance(label, dict) else ""

    def chosen(self) -> dict[str, list[str]]:
        """Options a scenario's defaults list chooses, by group."""
        return {
            key.removeprefix("override /"): value if isinstance(value, list) else [value]
            for entry in self.defaults
            for key, value in entry.items()
        }


@dataclass(frozen=True)
class Library:
    """All configuration files: the primary one, and the options of every group."""

    primary: ConfigFile
    groups: Mapping[str, Mapping[str, ConfigFile]]

    def require(self, where: str, group: str, option: object) -> str:
        """Return the option if the group has it.

        Raises:
            InputError: the group has no such option.
        """
        options = self.groups[group]
        if not isinstance(option, str) or option not in options:
            raise unknown_name(where, noun(group), _shown(option), options)
        return option


def noun(group: str) -> str:
    """What an option of a group is called."""
    return _NOUNS.get(group, "option")


def _shown(value: object) -> str:
    return "null" if value is None else str(value)


@cache
def load_library(root: Path = ROOT) -> Library:
    """Read every file below ``configs/`` and ``scenarios/``.

    Raises:
        InputError: a file is not readable as what it should be.
    """
    groups = {
        folder.name: _read_group(root, folder, folder.name)
        for folder in sorted((root / "configs").iterdir())
        if any(folder.glob("*.yaml"))
    }
    groups[SCENARIO] = _read_group(root, root / "scenarios", SCENARIO)
    library = Library(_read_primary(root), groups)
    for name, file in groups[SCENARIO].items():
        _check_scenario_file(library, name, file)
    return library


def _read_group(root: Path, folder: Path, group: str) -> dict[str, ConfigFile]:
    files = {}
    for path in sorted(folder.glob("*.yaml")):
        where = path.relative_to(root).as_posix()
        if not _FILE_NAME.match(path.stem):
            raise InputError(f"{where}: a file name has lower-case letters, digits and _ only")
        content = _read(path, where)
        _refuse_code(where, content)
        _refuse_keys(where, content, {"hydra"} if group == SCENARIO else {"hydra", "defaults"})
        defaults = _defaults(where, content) if group == SCENARIO else ()
        files[path.stem] = ConfigFile(where, _package(group, path.stem), content, defaults)
    return files


def _read_primary(root: Path) -> ConfigFile:
    where = "configs/config.yaml"
    content = _read(root / where, where)
    return ConfigFile(where, "", content, _defaults(where, content))


def _read(path: Path, where: str) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: cannot be read as UTF-8 text") from error
    return read_yaml(text, where)


def _package(group: str, name: str) -> str:
    if group == SCENARIO:
        return ""
    return f"{group}.{name}" if group in _NAMED_GROUPS else group


def _defaults(where: str, content: dict[str, Any]) -> tuple[Any, ...]:
    entries = content.pop("defaults", [])
    if not isinstance(entries, list):
        raise InputError(f"{where}: defaults: a list is expected")
    return tuple(entries)


def _refuse_keys(where: str, content: Mapping[str, Any], refused: set[str]) -> None:
    for key in sorted(refused & content.keys()):
        raise InputError(f"{where}: '{key}' is not allowed here")


def _refuse_code(where: str, value: object) -> None:
    """Refuse what Hydra or OmegaConf would take for an instruction: such a file is data."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "_target_":
                raise InputError(f"{where}: '_target_' is not allowed here")
            _refuse_code(where, key)
            _refuse_code(where, item)
    elif isinstance(value, list):
        for item in value:
            _refuse_code(where, item)
    elif isinstance(value, str) and "${" in value:
        raise InputError(f"{where}: '${{' is not allowed here, given '{' '.join(value.split())}'")


def _check_scenario_file(library: Library, name: str, file: ConfigFile) -> None:
    _refuse_keys(file.where, file.content, {"compare", EXECUTOR, SCENARIO})
    if file.content.get("name") != name:
        raise InputError(f"{file.where}: name: '{name}' is expected, as the file is called")
    choosable = library.groups.keys() - {SCENARIO, EXECUTOR}
    for entry in file.defaults:
        if not isinstance(entry, dict) or len(entry) != 1:
            raise InputError(f"{file.where}: defaults: only 'override /<group>: …' is allowed")
        ((key, value),) = entry.items()
        match = _GROUP_OVERRIDE.match(str(key))
        if match is None:
            raise InputError(
                f"{file.where}: defaults: only 'override /<group>: …' is allowed, given '{key}'"
            )
        group = match.group(1)
        if group not in choosable:
            raise unknown_name(f"{file.where}: defaults", "group", group, choosable)
        check_choice(library, f"{file.where}: defaults", group, value)
    baseline = file.content.get("baseline")
    if baseline is not None:
        library.require(f"{file.where}: baseline", SCENARIO, baseline)


def check_choice(library: Library, where: str, group: str, value: object) -> list[str]:
    """Return the options chosen of a group, as a list.

    Raises:
        InputError: an option that does not exist or is given twice, or a list where one is meant.
    """
    if isinstance(value, list) and group not in LISTED_GROUPS:
        raise InputError(f"{where}: one {noun(group)} is expected, not a list")
    given = value if isinstance(value, list) else [value]
    return check_distinct(where, [library.require(where, group, option) for option in given])


def check_compare(library: Library, value: object) -> list[str]:
    """Return the scenarios to compare.

    Raises:
        InputError: none, an unknown one, or one twice.
    """
    given = value if isinstance(value, list) else [value]
    if not given:
        raise InputError("compare: at least one scenario is expected")
    return check_distinct("compare", [library.require("compare", SCENARIO, item) for item in given])


def check_distinct(where: str, names: list[str]) -> list[str]:
    """Return the names.

    Raises:
        InputError: one is given twice.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"{where}: '{name}' is given twice")
        seen.add(name)
    return names
