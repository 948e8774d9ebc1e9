"""Keys of a command that are no overrides of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, TypeVar

from sim.command.overrides import KEY_OF_A_RUN
from sim.scenario.errors import InputError, UnknownNameError, unknown_name

Option = TypeVar("Option", bound=str)


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

    def one_of(self, key: str, allowed: Sequence[Option], default: Option) -> Option:
        """One of some options.

        Raises:
            InputError: another one.
        """
        given = self.texts.get(key, default)
        for option in allowed:
            if option == given:
                return option
        raise unknown_name(key, "option", given, allowed)

    def whole(self, key: str, least: int, default: int) -> int:
        """A whole number.

        Raises:
            InputError: it is none, or too small.
        """
        given = self.texts.get(key, str(default))
        if not given.isdecimal() or int(given) < least:
            raise InputError(f"{key}: a whole number from {least} is expected, given '{given}'")
        return int(given)


@contextmanager
def keys_beside(own: Sequence[str]) -> Iterator[None]:
    """Where words of a run are read: an unknown key is told the keys of the command, too."""
    try:
        yield
    except UnknownNameError as error:
        if error.kind == KEY_OF_A_RUN:
            raise error.beside(own) from error
        raise
