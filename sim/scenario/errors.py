"""Errors a user can act on: one line that says where, what was given, what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(ValueError):
    """Input that cannot be used. Its text is one line, fit to be shown as it is."""


class RowsError(InputError):
    """Rows of a file that cannot be used. Its text is one line for each."""


class MisfitError(InputError):
    """Data that does not fit its model.

    Attributes:
        path: the keys that lead to what does not fit, from the top of the data.
    """

    def __init__(self, text: str, path: tuple[str, ...]) -> None:
        super().__init__(text)
        self.path = path


class UnknownNameError(InputError):
    """A name that is not one of the allowed ones."""

    def __init__(self, where: str, kind: str, given: str, allowed: Iterable[str]) -> None:
        self.where, self.kind, self.given, self.allowed = where, kind, given, sorted(allowed)
        listed = ", ".join(self.allowed) if self.allowed else "none"
        hint = did_you_mean(given, self.allowed)
        super().__init__(f"{where}: unknown {kind} '{given}'; allowed: {listed}{hint}")

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[object, ...]]:
        return type(self), (self.where, self.kind, self.given, self.allowed)

    def beside(self, others: Iterable[str]) -> UnknownNameError:
        """The same error where other names are allowed, too."""
        return UnknownNameError(self.where, self.kind, self.given, [*self.allowed, *others])


class ExecutionError(RuntimeError):
    """A run could not be carried out, for a reason outside the model. Its text is one line."""


class InvariantError(RuntimeError):
    """A run broke a law that must hold whatever the scenario: a fault of the simulator."""


_LEAST_BEGINNING = 3


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest allowed word, or nothing.

    A word that begins with the other, as ``wednesday`` with ``wed``, is near enough. Of the path of
    a configuration file its name counts.
    """
    words, word = list(allowed), given.lower().rpartition("/")[2].removesuffix(".yaml")
    near = get_close_matches(word, words, n=1, cutoff=0.6) or [
        other
        for other in words
        if min(len(word), len(other)) >= _LEAST_BEGINNING
        and (word.startswith(other) or other.startswith(word))
    ]
    return f"; did you mean '{near[0]}'?" if near else ""


def unknown_name(where: str, kind: str, given: str, allowed: Iterable[str]) -> UnknownNameError:
    """Error for a name that is not one of the allowed ones."""
    return UnknownNameError(where, kind, given, allowed)
