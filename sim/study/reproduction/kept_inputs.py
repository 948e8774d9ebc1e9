"""Files that scenarios name, kept beside the results, so that a run can be done again elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from sim.files.declarations import FOLDER
from sim.files.existing_file import check_file
from sim.files.read_once import ReadOnce
from sim.scenario.base import Strict, Text
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.study.inputs import input_files

INPUTS = "inputs"
MOST_BYTES = 64 * 2**20


class KeptInput(Strict):
    """A file that a scenario names, and its copy; one that is too large has none.

    Attributes:
        path: as the scenario says it.
        sha256: of its content.
        kept: the copy, from the folder of the run.
    """

    path: Text
    sha256: Text
    kept: Text | None


def keep_inputs(scenarios: Iterable[Scenario], files: ReadOnce, folder: Path) -> list[KeptInput]:
    """Write every file that scenarios in effect name, unless it ships with the program.

    Args:
        scenarios: that were simulated.
        files: by which theirs were read: what is there by now may be something else.
        folder: of the run.

    Raises:
        InputError: there is no table of a name.
    """
    named = dict.fromkeys(path for one in scenarios for path in input_files(one))
    return [_kept(path, files, folder) for path in named if path.parent != FOLDER]


def _kept(path: Path, files: ReadOnce, folder: Path) -> KeptInput:
    content, digest = files.contents[path], files.digest(path)
    if len(content) > MOST_BYTES:
        return KeptInput(path=str(path), sha256=digest, kept=None)
    copy = Path(INPUTS, f"{digest[:8]}_{path.name}")
    (folder / INPUTS).mkdir(exist_ok=True)
    (folder / copy).write_bytes(content)
    return KeptInput(path=str(path), sha256=digest, kept=copy.as_posix())


def places(inputs: Sequence[KeptInput], folder: Path) -> dict[str, str]:
    """Where the files of a run are now, by the path that scenarios name.

    Raises:
        InputError: one is not there, or is not what it was.
    """
    found = {}
    for one in inputs:
        path = Path(one.path) if one.kept is None else folder / one.kept
        if one.kept is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise InputError(f"inputs: '{one.kept}' is outside the folder of the run")
        check_file(path, "inputs")
        if sha256(path.read_bytes()).hexdigest() != one.sha256:
            raise InputError(f"inputs: '{path}' is not the file that the run read")
        found[one.path] = str(path)
    return found


def with_places(data: Any, places: Mapping[str, str]) -> Any:
    """Plain data of a scenario with every ``path`` that is known led to where its file is now."""
    if isinstance(data, dict):
        return {
            key: places.get(str(Path(value)), value)
            if key == "path" and isinstance(value, str)
            else with_places(value, places)
            for key, value in data.items()
        }
    return [with_places(item, places) for item in data] if isinstance(data, list) else data
