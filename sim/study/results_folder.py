"""The folder of a run: filled beside its place, and there at once, whole, or not at all."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Callable, Sequence
from errno import EEXIST, ENOTDIR, ENOTEMPTY
from itertools import count
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import TypeVar

from sim.scenario.errors import ExecutionError

Filled = TypeVar("Filled")

_UNFINISHED = ".part"
_TAKEN = (EEXIST, ENOTDIR, ENOTEMPTY)


def fill_folder(wanted: Path, fill: Callable[[Path], Filled]) -> tuple[Path, Filled]:
    """Have results written, and give them their name when all of them are there.

    Whatever ends this before, there is no such folder, so that it can be asked for again. What a
    process left behind that was killed meanwhile is removed by the next one.

    Args:
        wanted: the folder; if another run has taken the name by the time, a number is added.
        fill: writes into the folder it is given, which is not there for long.

    Returns:
        Where the folder is now, and what ``fill`` returned.

    Raises:
        ExecutionError: it cannot be written to.
    """
    place = wanted.resolve() if wanted.is_symlink() else wanted
    made = [path for path in place.parents if not path.exists()]
    part: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _sweep(place.parent)
        part = _part_of(place)
        filled = fill(part)
        return _renamed(part, place), filled
    except BaseException as error:
        if part is not None:
            rmtree(part, ignore_errors=True)
        _remove_empty(made)
        if isinstance(error, OSError):
            # Some libraries name neither the file nor, first of all, the cause.
            cause = os.strerror(error.errno) if error.errno else str(error)
            raise ExecutionError(
                f"results: '{wanted}' cannot be written to: {cause}; nothing is left of it, and "
                "the same command continues"
            ) from error
        raise


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _part_of(place: Path) -> Path:
    """A new folder beside a place, named by the process."""
    owner = f"{platform.node()}-{os.getpid()}"
    part = place.with_name(f".{place.name}.{owner}.{token_hex(4)}{_UNFINISHED}")
    part.mkdir()
    return part


def _sweep(folder: Path) -> None:
    """Remove what processes of this machine left behind that are no more."""
    owned = re.compile(rf"\..+\.{re.escape(platform.node())}-(\d+)\.[0-9a-f]+{_UNFINISHED}")
    for part in folder.glob(f".*{_UNFINISHED}"):
        found = owned.fullmatch(part.name)
        if found and not _is_alive(int(found[1])):
            rmtree(part, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _renamed(part: Path, wanted: Path) -> Path:
    """Give the folder its name, or the first with a number that no run has taken."""
    for number in count(1):
        place = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            # An empty folder gives way; of two runs that want the name, one is the first.
            part.rename(place)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            continue
        return place
    raise AssertionError("numbers do not end")
