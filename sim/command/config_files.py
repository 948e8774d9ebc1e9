"""Reading configuration files, and refusing what such a file may not hold."""

from functools import cache
from pathlib import Path
from typing import Any

from sim.command.file_rules import CHOOSES, refuse_instructions, refuse_other_defaults
from sim.command.library import (
    EXECUTION,
    EXECUTOR,
    PRECISION,
    SCENARIO,
    STEPS,
    WORKFLOWS,
    ConfigFile,
    Library,
    check_choice,
)
from sim.command.names import has_form_of_a_name, is_a_value
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.places import SeveralPlaces
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import validated

ROOT = Path(__file__).resolve().parents[2]

_SEVERAL_PLACES = "of_several_places"
_NAMED_GROUPS = frozenset({WORKFLOWS, "reforms", "disruptions"})


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
    fragments = groups.pop(STEPS, {})
    several_places = _read_several_places(root)
    library = Library(_read_primary(root), groups, fragments, several_places)
    for name, several in several_places.items():
        _check_places(library, name, several)
    for file in groups.get(WORKFLOWS, {}).values():
        _check_workflow_file(library, file)
    for name, file in groups[SCENARIO].items():
        check_scenario_file(library, name, file)
    return library


def _read_group(root: Path, folder: Path, group: str) -> dict[str, ConfigFile]:
    files = {}
    for path in sorted(folder.glob("*.yaml")):
        where = path.relative_to(root).as_posix()
        files[path.stem] = read_option(path, where, group)
    return files


def read_option(path: Path, where: str, group: str) -> ConfigFile:
    """Read a file as an option of a group, which is called as the file is.

    Raises:
        InputError: it cannot be read, or holds what no option of the group may.
    """
    if not has_form_of_a_name(path.stem):
        raise InputError(f"{where}: a file name has lower-case letters, digits and _ only")
    if is_a_value(path.stem):
        raise InputError(f"{where}: '{path.stem}' is read as a value; give the file another name")
    text = _read(path, where)
    content = read_yaml(text, where)
    refuse_instructions(where, text, content, _refused_keys(group))
    defaults = _defaults(where, content)
    if group == SCENARIO:
        refuse_other_defaults(where, text, defaults)
    return ConfigFile(where, _package(group, path.stem), content, defaults)


def _read_primary(root: Path) -> ConfigFile:
    where = "configs/config.yaml"
    content = read_yaml(_read(root / where, where), where)
    return ConfigFile(where, "_global_", content, _defaults(where, content))


def _read(path: Path, where: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: cannot be read as UTF-8 text") from error


def _package(group: str, name: str) -> str | None:
    if group == SCENARIO:
        return "_global_"
    if group == STEPS:
        return None
    return f"{group}.{name}" if group in _NAMED_GROUPS else group


def _defaults(where: str, content: dict[str, Any]) -> tuple[Any, ...]:
    entries = content.pop("defaults", [])
    if not isinstance(entries, list):
        raise InputError(f"{where}: defaults: a list is expected")
    return tuple(entries)


def _refused_keys(group: str) -> set[str]:
    """Keys that a file of a group may not hold at its top."""
    if group == SCENARIO:
        return {"hydra", "compare", PRECISION, *EXECUTION, SCENARIO}
    return {"hydra"} if group == WORKFLOWS else {"hydra", "defaults"}


def _read_several_places(root: Path) -> dict[str, SeveralPlaces]:
    files = _read_group(root, root / "scenarios" / _SEVERAL_PLACES, _SEVERAL_PLACES)
    return {name: _several_places(file) for name, file in files.items()}


def _several_places(file: ConfigFile) -> SeveralPlaces:
    try:
        return validated(SeveralPlaces, dict(file.content))
    except InputError as error:
        raise InputError(f"{file.where}: {error}") from error


def _check_places(library: Library, name: str, several: SeveralPlaces) -> None:
    where = f"scenarios/{_SEVERAL_PLACES}/{name}.yaml"
    if several.name != name:
        raise InputError(f"{where}: name: '{name}' is expected, as the file is called")
    if name in library.groups[SCENARIO]:
        raise InputError(f"{where}: name: '{name}' is a scenario of one place")
    for place in several.places:
        library.require(f"{where}: places", SCENARIO, place)


def _check_workflow_file(library: Library, file: ConfigFile) -> None:
    if not file.defaults:
        return
    first, *others = file.defaults
    if not isinstance(first, dict) or [*first] != [f"/{STEPS}"] or others != ["_self_"]:
        raise InputError(
            f"{file.where}: defaults: only '/{STEPS}: […]' and then '_self_' is allowed"
        )
    check_choice(library, f"{file.where}: defaults", STEPS, first[f"/{STEPS}"])


def check_scenario_file(library: Library, name: str, file: ConfigFile) -> None:
    """Check what a scenario file is called, what its defaults choose, and its baseline.

    Raises:
        InputError: one of them is not what it has to be.
    """
    if file.content.get("name") != name:
        raise InputError(f"{file.where}: name: '{name}' is expected, as the file is called")
    choosable = library.groups.keys() - {SCENARIO, EXECUTOR, PRECISION}
    for entry in file.defaults:
        ((key, value),) = entry.items()
        group = key.removeprefix(CHOOSES)
        if group not in choosable:
            raise unknown_name(f"{file.where}: defaults", "group", group, choosable)
        check_choice(library, f"{file.where}: defaults", group, value)
    baseline = file.content.get("baseline")
    if baseline is not None:
        library.require(f"{file.where}: baseline", SCENARIO, baseline)
