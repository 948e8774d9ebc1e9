"""The words after ``python run.py maps``: those of a run, and a language."""

from collections.abc import Sequence

from sim.command.overrides import KEY_OF_A_RUN
from sim.command.own_keys import OwnKeys
from sim.command.places import Runs, build_runs
from sim.scenario.base import Language
from sim.scenario.errors import UnknownNameError

_KEY = "language"


def maps_request(words: Sequence[str], multirun: bool = False) -> tuple[Runs, Language]:
    """Build the runs whose workflows are drawn, and say in which language.

    Raises:
        InputError: a word that cannot be used.
    """
    given = [word for word in words if word.partition("=")[0] == _KEY]
    language = OwnKeys.of(given).language()
    return _runs([word for word in words if word not in given], multirun), language


def _runs(words: Sequence[str], multirun: bool) -> Runs:
    try:
        return build_runs(words, multirun)
    except UnknownNameError as error:
        raise error.beside([_KEY]) if error.kind == KEY_OF_A_RUN else error from error
