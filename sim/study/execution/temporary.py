"""Folders for the time of a run, that no other user can look into and that no killed run leaves."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from stat import S_ISDIR
from tempfile import gettempdir, mkdtemp

from sim.scenario.errors import ExecutionError


def private_folder() -> Path:
    """Return the folder of this user where temporary files are; it is made if need be.

    Raises:
        ExecutionError: there is something of another user in its place.
    """
    folder = Path(gettempdir()) / f"portclear-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise ExecutionError(
            f"'{folder}', for temporary files, belongs to another user; set TMPDIR to a folder of "
            "your own"
        )
    return folder


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that goes at the end, or with the next one that is asked for.

    A process holds a lock on its own, and the system ends that with the process, however it ends.
    One whose lock is free has been left.
    """
    runs = private_folder() / "runs"
    runs.mkdir(exist_ok=True)
    # One process at a time: none takes a folder for left that is being made.
    with _locked(runs):
        for other in runs.iterdir():
            _remove_if_left(other)
        folder = Path(mkdtemp(dir=runs))
        kept = _lock(folder, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        with _locked(runs):
            rmtree(folder)
        os.close(kept)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = _lock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(folder: Path, how: int) -> int:
    """Lock a folder until the descriptor that is returned is closed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _remove_if_left(folder: Path) -> None:
    try:
        descriptor = _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    rmtree(folder)
    os.close(descriptor)
