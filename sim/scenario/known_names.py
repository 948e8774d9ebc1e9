"""Names in a scenario that must be among those that are known."""

from collections.abc import Collection
from typing import get_args

from sim.scenario.errors import unknown_name
from sim.scenario.workflow import Flag

FLAGS: frozenset[str] = frozenset(get_args(Flag))


def require(known: Collection[str], where: str, kind: str, given: str) -> None:
    """Raise an InputError if a name is not known; it says which are."""
    if given not in known:
        raise unknown_name(where, kind, given, known)


def require_flags(where: str, conditions: Collection[str]) -> None:
    """Raise an InputError for the first condition that is on no flag of a consignment."""
    for condition in conditions:
        require(FLAGS, where, "condition", condition.removeprefix("not "))
