"""Whether a file that a user names is there, and what is in it."""

from collections.abc import Callable
from pathlib import Path

from sim.scenario.errors import InputError, did_you_mean

_MOST_LISTED = 5

Read = Callable[[Path, str], bytes]
"""Gives the content of a file; it is told what errors call the file, too."""


def check_file(path: Path, where: str) -> None:
    """Check that a path leads to a file.

    Args:
        path: as it was given.
        where: what errors call it.

    Raises:
        InputError: it is a folder, or nothing is there; what is near is offered.
    """
    if path.is_dir():
        raise InputError(f"{where}: '{path}' is a folder, a file is expected{_inside(path)}")
    if not path.is_file():
        alike = [name for name in _files(path.parent) if Path(name).suffix == path.suffix]
        near = [name for name in alike if did_you_mean(path.stem, [Path(name).stem])]
        hint = did_you_mean(path.name, near)
        raise InputError(f"{where}: there is no such file, looked for at '{path}'{hint}")


def read_file(path: Path, where: str) -> bytes:
    """Return the content of a file; see ``check_file``."""
    check_file(path, where)
    return path.read_bytes()


def _inside(folder: Path) -> str:
    """The file of a folder that was probably meant, or else which there are."""
    names = _files(folder)
    if len(names) == 1:
        return f"; did you mean '{folder / names[0]}'?"
    more = ", …" if len(names) > _MOST_LISTED else ""
    return f"; it holds {', '.join(names[:_MOST_LISTED])}{more}" if names else "; it holds no file"


def _files(folder: Path) -> list[str]:
    return (
        sorted(found.name for found in folder.iterdir() if found.is_file())
        if folder.is_dir()
        else []
    )
