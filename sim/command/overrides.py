"""Overrides of the command line: ``key=value`` in Hydra's grammar, checked against what exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any, Literal

from hydra.core.config_loader import ConfigLoader
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, ValueType
from hydra.errors import HydraException

from sim.command.command_line import COMMANDS
from sim.command.library import (
    EXECUTION,
    LISTED_GROUPS,
    PRECISION,
    SCENARIO,
    STEPS,
    Library,
    check_choice,
    check_compare,
    check_distinct,
)
from sim.command.own_files import own_names
from sim.command.quoting import quoted
from sim.scenario.errors import InputError, did_you_mean, unknown_name
from sim.scenario.scenario import Scenario

MOST_POINTS = 10_000

_FOLDER_KEYS = ("hydra.run.dir", "hydra.sweep.dir")
_OF_THE_FILE = {"name", "baseline"}

KEY_OF_A_RUN = "key"
Kind = Literal["compare", "group", "execution", "precision", "folder", "value"]


@dataclass(frozen=True)
class Assignment:
    """A key and the value it is given; ``text`` is the value as it would be typed."""

    kind: Kind
    key: str
    value: Any
    text: str
    may_add: bool = False

    @property
    def reform(self) -> str | None:
        """The reform below which a value is set."""
        parts = self.key.split(".")
        return parts[1] if self.kind == "value" and parts[0] == "reforms" else None


@dataclass(frozen=True)
class Axis:
    """A key with every value it takes in a command; a plain override has one."""

    key: str
    word: str
    swept: bool
    assignments: tuple[Assignment, ...]

    @property
    def kind(self) -> Kind:
        """What the key is about."""
        return self.assignments[0].kind


def parse_overrides(words: Sequence[str], library: Library, loader: ConfigLoader) -> list[Axis]:
    """Read overrides, one axis for each key.

    Raises:
        InputError: a word is no override, names what does not exist, or repeats a key.
    """
    parser = OverridesParser.create(config_loader=loader)
    axes: dict[str, Axis] = {}
    for word in words:
        axis = _Reader(word, library, parser, loader).axis()
        if axis.key in axes:
            raise InputError(f"{word}: '{axis.key}' is given twice")
        axes[axis.key] = axis
    return list(axes.values())


@dataclass(frozen=True)
class _Reader:
    """Reads one word."""

    word: str
    library: Library
    parser: OverridesParser
    loader: ConfigLoader

    def axis(self) -> Axis:
        override = self._parsed(self.word)
        key = override.key_or_group
        kind = kind_of(key, self.library)
        self._check_form(override, kind)
        if not override.is_sweep_override():
            values, swept = [override], False
        else:
            values, swept = self._swept(override), True
        may_add = override.is_add() or override.is_force_add()
        assignments = tuple(self._assignment(kind, item, may_add) for item in values)
        check_distinct(self.word, [assignment.text for assignment in assignments])
        return Axis(key, self.word, swept, assignments)

    def _parsed(self, word: str) -> Override:
        if "${" in word or "_target_" in word:
            raise InputError(f"{word}: neither '${{…}}' nor '_target_' is allowed in an override")
        if not word.partition("=")[0] or ("=" not in word and not word.startswith("~")):
            raise _no_override(word, self.library)
        try:
            override = self.parser.parse_override(quoted(word))
        except (HydraException, ValueError, ArithmeticError) as error:
            reason = f"{error}\n".splitlines()[0].partition(" expecting ")[0]
            raise InputError(f"{word}: no valid override; {reason}{_advice(word)}") from error
        override.config_loader = self.loader
        return override

    def _check_form(self, override: Override, kind: Kind) -> None:
        if override.is_delete():
            raise InputError(f"{self.word}: keys cannot be removed")
        if override.package is not None:
            raise InputError(f"{self.word}: '@{override.package}' is not used here")
        if kind != "value" and (override.is_add() or override.is_force_add()):
            raise InputError(f"{self.word}: leave out the '+'; '{override.key_or_group}' exists")

    def _swept(self, override: Override) -> list[Override]:
        if not override.is_discrete_sweep():
            raise InputError(f"{self.word}: an interval has no values to run one by one")
        texts = list(islice(override.sweep_string_iterator(), MOST_POINTS + 1))
        if override.value_type is ValueType.GLOB_CHOICE_SWEEP and override.key_or_group == SCENARIO:
            texts.sort(key=self._has_baseline)
        if not texts:
            allowed = ", ".join(sorted(self.library.groups.get(override.key_or_group, {})))
            raise InputError(
                f"{self.word}: matches nothing{f'; allowed: {allowed}' if allowed else ''}"
            )
        if len(texts) > MOST_POINTS:
            raise InputError(f"{self.word}: more than {MOST_POINTS} values")
        return [self._parsed(f"{override.key_or_group}={text}") for text in texts]

    def _has_baseline(self, scenario: str) -> bool:
        return self.library.groups[SCENARIO][scenario].content.get("baseline") is not None

    def _assignment(self, kind: Kind, override: Override, may_add: bool) -> Assignment:
        key = override.key_or_group
        text = override.get_value_element_as_str()
        return assigned(self.library, self.word, kind, key, override.value(), text, may_add)


def assigned(
    library: Library, word: str, kind: Kind, key: str, value: Any, text: str, may_add: bool = False
) -> Assignment:
    """Give a value to a key; ``word`` is what errors call it.

    Raises:
        InputError: options that do not exist, or no folder where one is meant.
    """
    value = own_names(key, value)
    if kind == "group":
        options = check_choice(library, key, key, value)
        value = options if key in LISTED_GROUPS else value
    elif kind == "compare":
        value = check_compare(library, value)
    elif kind == "folder" and (value in (None, "") or isinstance(value, list | dict)):
        raise InputError(f"{word}: a folder is expected")
    return Assignment(kind, key, value, text, may_add)


def kind_of(key: str, library: Library) -> Kind:
    """Say what a key is about.

    Raises:
        InputError: nothing has this key, or it is not for a command.
    """
    if key == "compare":
        return "compare"
    if key in library.groups:
        return "group"
    if key in _FOLDER_KEYS:
        return "folder"
    head = key.split(".", maxsplit=1)[0]
    if head == "hydra" or head.startswith("hydra/"):
        raise unknown_name(key, "key", key, _FOLDER_KEYS)
    if key == "language":
        raise InputError(
            "language: is of design, sensitivity and maps, whose figures it is about; all else is "
            "in English"
        )
    if head == STEPS:
        raise InputError(
            f"{key}: fragments are named in the files of workflows; "
            "a step is at workflows.<workflow>.steps.<step>"
        )
    if head in EXECUTION:
        return "execution"
    if head == PRECISION:
        return "precision"
    known = {*Scenario.model_fields, *library.groups, *EXECUTION, "compare", "hydra"} - _OF_THE_FILE
    if key in _OF_THE_FILE:
        raise InputError(f"{key}: belongs to the scenario's file; write compare=[…] to choose")
    if head not in known or head in (SCENARIO, "compare"):
        raise unknown_name(key, KEY_OF_A_RUN, head if head not in known else key, known)
    return "value"


def _advice(word: str) -> str:
    """How the path of a folder is written that holds signs of the grammar."""
    key, _, value = word.partition("=")
    if key not in (*_FOLDER_KEYS, "store.path") or value[:1] in ("'", '"'):
        return ""
    return f"; write it in quotes twice: \"{key}='{value}'\""


def _no_override(word: str, library: Library) -> InputError:
    if word.startswith("-"):
        return InputError(f"{word}: this command has no such flag; see python run.py --help")
    scenarios = library.groups[SCENARIO]
    name = PurePath(word).stem
    if name in scenarios:
        hint = f"; did you mean '{SCENARIO}={name}'?"
    elif word.endswith(".yaml"):
        hint = f"; did you mean 'reforms=[{word}]' or '{SCENARIO}={word}'?"
    elif word in COMMANDS:
        hint = "; a command is the first word"
    else:
        keys = {*Scenario.model_fields, *library.groups, *EXECUTION, "compare", *scenarios}
        hint = did_you_mean(word, [*COMMANDS, *sorted(keys)])
    listed = ", ".join(COMMANDS)
    return InputError(f"{word}: neither a command ({listed}) nor an override key=value{hint}")
