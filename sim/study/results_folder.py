"""The folder of a run: made when there is something to write, and never shared with another run."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from shutil import rmtree


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


@contextmanager
def results_folder(wanted: Path) -> Iterator[Path]:
    """Claim a folder to be filled; one that is interrupted goes, with the folders made for it."""
    made = [path for path in (wanted, *wanted.parents) if not path.exists()]
    folder = claim_folder(wanted)
    try:
        yield folder
    except KeyboardInterrupt:
        rmtree(folder)
        for parent in made:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise
