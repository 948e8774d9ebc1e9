"""The words after ``python run.py maps``: those of a run, and a language."""

from collections.abc import Sequence
from typing import get_args

from sim.command.own_keys import keys_beside
from sim.command.places import Runs, build_runs
from sim.scenario.base import Language
from sim.scenario.errors import InputError, unknown_name

_KEY = "language"


def maps_request(words: Sequence[str], multirun: bool = False) -> tuple[Runs, Language]:
    """Build the runs whose workflows are drawn, and say in which language.

    Raises:
        InputError: a word that cannot be used.
    """
    given = [word for word in words if word.partition("=")[0] == _KEY]
    if len(given) > 1:
        raise InputError(f"maps: {_KEY}: is given twice")
    with keys_beside([_KEY]):
        runs = build_runs([word for word in words if word not in given], multirun)
    name = given[0].partition("=")[2] if given else "en"
    for language in get_args(Language):
        if language == name:
            return runs, language
    raise unknown_name(_KEY, "language", name, get_args(Language))
