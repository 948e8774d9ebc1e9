"""The folder of a run: made when there is something to write, and never shared with another run."""

from itertools import count
from pathlib import Path


def claim_folder(wanted: Path) -> Path:
    """Make a folder for results and return it; a name that was taken meanwhile gets a number."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if wanted.is_dir() and not any(wanted.iterdir()):
        return wanted
    for number in count(1):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise AssertionError("numbers do not end")
