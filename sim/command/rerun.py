"""The words after ``python run.py rerun``: which run is done again, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.files.existing_file import check_file
from sim.scenario.errors import InputError, did_you_mean
from sim.study.execution.temporary import temporary_folder
from sim.study.reproduction.manifest import MANIFEST
from sim.study.settings import Settings

HELP = """\
Does a run again from its folder alone, and says whether every bit of its tables agrees.

  python run.py rerun DIR|FILE.zip [key=value ...]

  DIR                     the folder of a run, or one with a folder for each place
  FILE.zip                such a folder, zipped
  executor=serial|pool|dask  executor.workers=4  progress=quiet   as in any run
  store.path=<folder>     replications are looked for and kept here; without it all are run anew

The scenarios are those of manifest.json, their files those in inputs/; configurations of this
installation have no part in it. Tables (CSV, Parquet) are compared. Figures, the page and the log
are not drawn again; whether figures and page are still as the run wrote them is checked by hash.
Nothing is written into the folder.

The exit code is 0 if every bit agrees, 1 if not, with the first difference, and 2 if DIR cannot
be used. Other versions than those of the run are told of.

Example
  python run.py rerun results/2026-01-15/09-30-00 executor=serial
"""

_KEYS = ("executor", "executor.workers", "executor.address", "store.path", "progress")
_FRESH = "store.path=null"
# Any scenario will do to read settings: they belong to the command.
_ANY = "compare=[serial]"
_MOST_UNPACKED = 4 * 2**30


@dataclass(frozen=True)
class RerunRequest:
    """A folder or a zipped one, and how its runs are executed."""

    path: Path
    settings: Settings


def rerun_request(words: Sequence[str], root: Path = ROOT) -> RerunRequest:
    """Turn words into a request.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    named = [word for word in words if "=" not in word]
    given = [word for word in words if "=" in word]
    if len(named) != 1:
        raise InputError(f"rerun: one folder is expected, given {len(named)}; see rerun --help")
    for word in given:
        key = word.partition("=")[0]
        if key not in _KEYS:
            raise InputError(
                f"{word}: a run is done again as it was; allowed: {', '.join(_KEYS)}"
                f"{did_you_mean(key, _KEYS)}"
            )
    fresh = [] if any(word.startswith("store.path=") for word in given) else [_FRESH]
    return RerunRequest(Path(named[0]), build_run([_ANY, *fresh, *given], root=root).settings)


@contextmanager
def run_folders(path: Path) -> Iterator[dict[str, Path]]:
    """Give the folders of runs at a path, by place; a zip file is unpacked meanwhile.

    Raises:
        InputError: there is none.
    """
    if path.is_dir():
        yield _runs_in(path, path)
        return
    check_file(path, "rerun")
    if not is_zipfile(path):
        raise InputError(f"rerun: '{path}' is neither a folder nor a zip file")
    with temporary_folder() as unpacked:
        _unpack(path, unpacked)
        top = [found for found in unpacked.iterdir() if found.name != "__MACOSX"]
        inside = top[0] if len(top) == 1 and top[0].is_dir() else unpacked
        yield _runs_in(inside, path)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            if size > _MOST_UNPACKED:
                raise InputError(
                    f"rerun: '{path}' holds {size / 2**30:.1f} GiB unpacked, more than "
                    f"{_MOST_UNPACKED // 2**30} are not unpacked; unpack it yourself"
                )
            packed.extractall(folder)
    except (BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(f"rerun: '{path}' cannot be unpacked: {error}") from error


def _runs_in(folder: Path, shown: Path) -> dict[str, Path]:
    if (folder / MANIFEST).is_file():
        return {".": folder}
    places = {found.parent.name: found.parent for found in sorted(folder.glob(f"*/{MANIFEST}"))}
    if not places:
        raise InputError(f"rerun: '{shown}' is not the folder of a run: it holds no {MANIFEST}")
    return places
