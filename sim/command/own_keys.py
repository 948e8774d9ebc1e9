"""Keys of a command that are no overrides of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import Self, TypeVar, get_args

from sim.command.overrides import KEY_OF_A_RUN
from sim.scenario.base import Language
from sim.scenario.errors import InputError, UnknownNameError, unknown_name
from sim.study.choice.systems import SENSES, Sense

Option = TypeVar("Option", bound=str)

_NUMBER = re.compile(r"\d+(\.\d+)?")
_LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class OwnKeys:
    """Texts that were given, by key."""

    texts: Mapping[str, str]

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Read ``key=value`` words whose keys are known.

        Raises:
            InputError: a key without a value, or given twice.
        """
        texts: dict[str, str] = {}
        for word in words:
            key, _, value = word.partition("=")
            if not value:
                raise InputError(f"{key}: write it as {key}=<value>")
            if key in texts:
                raise InputError(f"{word}: '{key}' is given twice")
            texts[key] = value
        return cls(texts)

    def text(self, key: str, default: str) -> str:
        """What a key was given."""
        return self.texts.get(key, default)

    def one_of(
        self, key: str, allowed: Sequence[Option], default: Option, what: str = "option"
    ) -> Option:
        """One of some options, which errors call what they are.

        Raises:
            InputError: another one.
        """
        given = self.texts.get(key, default)
        for option in allowed:
            if option == given:
                return option
        raise unknown_name(key, what, given, allowed)

    def whole(self, key: str, least: int, default: int) -> int:
        """A whole number.

        Raises:
            InputError: it is none, or too small.
        """
        given = self.texts.get(key, str(default))
        if not given.isdecimal() or int(given) < least:
            raise InputError(f"{key}: a whole number from {least} is expected, given '{given}'")
        return int(given)

    def between(self, key: str, low: float, high: float, default: float) -> float:
        """A number between two others, or above the first, neither of them allowed.

        Raises:
            InputError: it is none.
        """
        given = self.texts.get(key, str(default))
        value = plain_number(given)
        if value is None or not low < value < high:
            ends = f"above {low:g}" + (f" and below {high:g}" if high < inf else "")
            raise InputError(f"{key}: a number {ends} is expected, given '{given}'")
        return value

    def language(self) -> Language:
        """Of figures and pages.

        Raises:
            InputError: another one than there are.
        """
        return self.one_of("language", _LANGUAGES, "en", "language")

    def sense(self, kpi: str, known: Sense | None) -> Sense:
        """Whether less or more of a KPI is better, which may be known without a word.

        Raises:
            InputError: neither known nor given.
        """
        if known is None and "sense" not in self.texts:
            raise InputError(
                f"sense: it is not known whether less or more of '{kpi}' is better; "
                "write sense=less or sense=more"
            )
        return self.one_of("sense", SENSES, known or "less")


def plain_number(text: str) -> float | None:
    """A number as people write it, without a sign or an exponent; None if it is none."""
    return float(text) if _NUMBER.fullmatch(text) else None


@contextmanager
def keys_beside(own: Sequence[str]) -> Iterator[None]:
    """Where words of a run are read: an unknown key is told the keys of the command, too."""
    try:
        yield
    except UnknownNameError as error:
        if error.kind == KEY_OF_A_RUN:
            raise error.beside(own) from error
        raise
