"""What a terminal says of a run that was done again."""

from collections.abc import Sequence

from sim.study.reproduction.agreement import Difference
from sim.study.reproduction.versions import OtherVersion

_NONE = "none"
_SHOWN = 12
_MOST_FOREIGN = 10


def version_lines(others: Sequence[OtherVersion]) -> list[str]:
    """A warning for everything that is of another version than it was."""
    return [
        f"warning: {other.name}: {_short(other.there)} then, {_short(other.now)} now"
        for other in others
    ]


def _short(version: str | None) -> str:
    """A version as it is; a hash of 64 digits by its first ones."""
    return _NONE if version is None else version[:_SHOWN]


def change_lines(changed: Sequence[str]) -> list[str]:
    """A warning for every file that was changed since the run."""
    return [
        f"warning: {name}: was changed since the run wrote it (its SHA-256 is another one)"
        for name in changed
    ]


def foreign_lines(foreign: Sequence[str]) -> list[str]:
    """A line for every file that is not of the run, as far as they are few."""
    lines = [f"note: {name}: is not of the run" for name in foreign[:_MOST_FOREIGN]]
    more = len(foreign) - _MOST_FOREIGN
    return [*lines, f"note: and {more} more"] if more > 0 else lines


def agreement_lines(
    difference: Difference | None, differing: int, tables: int, changed: Sequence[str]
) -> list[str]:
    """Say whether every bit agrees, or else what differs first.

    Args:
        difference: the first one.
        differing: how many tables differ.
        tables: how many were compared.
        changed: files that are not what the run wrote.
    """
    if difference is not None:
        count = f"{differing} of {tables} tables differ; the first difference:"
        return [count, f"  {_described(difference)}"]
    if changed:
        return [f"The {tables} tables agree in every bit, but {changed[0]} was changed."]
    return [f"Every bit of {tables} tables agrees."]


def _described(difference: Difference) -> str:
    row = [f"{key} {value}" for key, value in difference.row.items()]
    place = ", ".join([difference.file, *row, difference.what])
    return f"{place}: {difference.there} there, {difference.now} now"
