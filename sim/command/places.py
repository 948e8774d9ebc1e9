"""Commands about several places: one run for each of them, in a folder of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run, composed_data
from sim.command.library import SCENARIO, Library
from sim.scenario.errors import InputError
from sim.study.settings import Run

ONE_PLACE = "."
Result = TypeVar("Result")


@dataclass(frozen=True)
class Runs:
    """What a command asks for.

    Attributes:
        folder: where results go.
        by_place: the run of each place, by the name of its folder below that; a command that is
            not about several places has one, in the folder itself.
    """

    folder: Path
    by_place: Mapping[str, Run]


def build_runs(words: Sequence[str], multirun: bool = False, root: Path = ROOT) -> Runs:
    """Turn overrides into the run that ``build_run`` makes of them, or one for each place.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    runs = dict(_of_each_place(words, root, lambda given: build_run(given, multirun, root)))
    return Runs(next(iter(runs.values())).settings.folder, runs)


def composed_runs(
    words: Sequence[str], multirun: bool = False, root: Path = ROOT
) -> dict[str, dict[str, Any]]:
    """Return the validated plain data of the points asked for, of every place.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    composed = _of_each_place(words, root, lambda given: composed_data(given, multirun, root))
    return {name: data for _, points in composed for name, data in points.items()}


def _of_each_place(
    words: Sequence[str], root: Path, build: Callable[[Sequence[str]], Result]
) -> Iterator[tuple[str, Result]]:
    for number, (place, given) in enumerate(words_by_place(words, load_library(root)).items()):
        try:
            yield place, build(given)
        except InputError as error:
            # An error that all places share shows up in the first one, whose name would mislead.
            if not number:
                raise
            raise InputError(f"{error} (in '{place}')") from error


def words_by_place(words: Sequence[str], library: Library) -> dict[str, tuple[str, ...]]:
    """The words of a command for each place of the scenario it names."""
    for number, word in enumerate(words):
        key, _, name = word.partition("=")
        if key == SCENARIO and name in library.several_places:
            return {
                place: (*words[:number], f"{SCENARIO}={place}", *words[number + 1 :])
                for place in library.several_places[name].places
            }
    return {ONE_PLACE: tuple(words)}
