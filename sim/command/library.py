"""Options of configuration groups: what there is to choose, and checks of a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.command.file_rules import CHOOSES
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.places import SeveralPlaces

SCENARIO = "scenario"
EXECUTOR = "executor"
PRECISION = "precision"
EXECUTION = frozenset({EXECUTOR, "store", "progress"})
"""What a key begins with that is no matter of scenarios and changes no result."""
STEPS = "steps"
WORKFLOWS = "workflows"
LISTED_GROUPS = frozenset(
    {"agencies", "disruptions", "reforms", STEPS, "targets", "tariff", "traffic", WORKFLOWS}
)
_NOUNS = {
    "disruptions": "disruption",
    "executor": "executor",
    "holidays": "calendar of holidays",
    "port": "port",
    PRECISION: "rule of precision",
    "reforms": "reform",
    "scenario": "scenario",
    STEPS: "fragment",
    "targets": "file of targets",
    "tariff": "tariff",
    WORKFLOWS: "workflow",
}


@dataclass(frozen=True)
class ConfigFile:
    """A YAML file: its content, and apart from it the defaults list that Hydra reads.

    Attributes:
        where: its path below the root of the configuration.
        package: the key its content stands under, in Hydra's words: ``_global_`` for the top, and
            None for a fragment, which stands below the ``steps`` of whatever workflow names it.
    """

    where: str
    package: str | None
    content: Mapping[str, Any]
    defaults: tuple[Any, ...] = ()

    def label(self) -> str:
        """What people read in English, or nothing."""
        label = self.content.get("label")
        return str(label.get("en", "")) if isinstance(label, dict) else ""

    def chosen(self) -> dict[str, list[str]]:
        """Options a scenario's defaults list chooses, by group."""
        return {
            key.removeprefix(CHOOSES): value if isinstance(value, list) else [value]
            for entry in self.defaults
            for key, value in entry.items()
        }


@dataclass(frozen=True, eq=False)
class Library:
    """All configuration files; a library equals itself alone.

    Attributes:
        primary: the file that Hydra begins with.
        groups: the options of every group, to be chosen from.
        fragments: steps that workflows share; only files of workflows name them.
        several_places: what stands for several scenarios, each with a run of its own.
        own: group and name of the files that a command names by path.
    """

    primary: ConfigFile
    groups: Mapping[str, Mapping[str, ConfigFile]]
    fragments: Mapping[str, ConfigFile]
    several_places: Mapping[str, SeveralPlaces] = field(default_factory=dict)
    own: frozenset[tuple[str, str]] = frozenset()

    @property
    def folders(self) -> dict[str, Mapping[str, ConfigFile]]:
        """Files that a defaults list may name: options by group, and fragments."""
        return {**self.groups, STEPS: self.fragments}

    def require(self, where: str, group: str, option: object) -> str:
        """Return the option if the group has it.

        Raises:
            InputError: the group has no such option.
        """
        options = self.folders[group]
        if group == SCENARIO and isinstance(option, str) and option in self.several_places:
            raise InputError(
                f"{where}: '{option}' is of several places, each with a run of its own; write "
                f"scenario={option}, or one of: {', '.join(self.several_places[option].places)}"
            )
        if not isinstance(option, str) or option not in options:
            of_several = self.several_places if where == SCENARIO else ()
            raise unknown_name(where, noun(group), _shown(option), [*options, *of_several])
        return option


def noun(group: str) -> str:
    """What an option of a group is called."""
    return _NOUNS.get(group, "option")


def _shown(value: object) -> str:
    return "null" if value is None else str(value)


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
