"""The folder of a run: made when there is something to write, and never shared with another run."""

from itertools import count
from pathlib import Path


def claim_folder(wanted: Path) -> Path:
    """Make a folder for results and return it; a name that was taken meanwhile gets a number."""
    names = (wanted if number == 1 else Path(f"{wanted}-{number}") for number in count(1))
    for folder in names:
        if not folder.exists() or not any(folder.iterdir()):
            folder.mkdir(parents=True, exist_ok=True)
            return folder
    raise AssertionError("names do not end")
