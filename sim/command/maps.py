"""The words after ``python run.py maps``: those of a run, and a language."""

from collections.abc import Sequence

from sim.command.own_keys import OwnKeys, keys_beside
from sim.command.places import Runs, build_runs
from sim.scenario.base import Language

_KEY = "language"


def maps_request(words: Sequence[str], multirun: bool = False) -> tuple[Runs, Language]:
    """Build the runs whose workflows are drawn, and say in which language.

    Raises:
        InputError: a word that cannot be used.
    """
    given = [word for word in words if word.partition("=")[0] == _KEY]
    language = OwnKeys.of(given).language()
    with keys_beside([_KEY]):
        return build_runs([word for word in words if word not in given], multirun), language
