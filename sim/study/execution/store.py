"""Where finished replications are kept: one file each, whole or not there at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from sim.scenario.errors import ExecutionError
from sim.study.execution.encoding import decode, is_intact
from sim.study.execution.log import log
from sim.study.execution.temporary import temporary_folder
from sim.study.replication import Replication

_UNFINISHED = ".part"
_FORGOTTEN_AFTER = 24 * 3600.0


class Store:
    """Replications by their keys. Any number of processes may share one.

    What is there is told by the files alone: each is written under another name, brought to the
    disk, and then renamed. A file that is not as it was written counts as not there.

    Raises:
        ExecutionError: it cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._damaged: set[str] = set()
        with self._writing():
            _make_folder(self._replications)
            self._sweep()

    @property
    def damaged(self) -> int:
        """How many files were found damaged."""
        return len(self._damaged)

    def has(self, key: str) -> bool:
        """Whether a replication is there and as it was written."""
        return self._intact(key) is not None

    def read(self, key: str) -> Replication | None:
        """Return a replication, or None where it is not there or damaged."""
        data = self._intact(key)
        return None if data is None else decode(data)

    def write(self, key: str, data: bytes) -> None:
        """Keep the bytes of a replication.

        Raises:
            ExecutionError: they cannot be written; what is there stays.
        """
        final = self.file(key)
        part = final.with_name(f".{final.stem}.{os.getpid()}.{token_hex(4)}{_UNFINISHED}")
        with self._writing():
            _make_folder(final.parent)
            try:
                _write_to_disk(part, data)
                part.replace(final)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            _bring_names_to_disk(final.parent)

    def file(self, key: str) -> Path:
        """Where a replication is kept."""
        return self._replications / key[:2] / f"{key}.rep"

    @property
    def _replications(self) -> Path:
        return self.path / "replications"

    def _intact(self, key: str) -> bytes | None:
        try:
            data = self.file(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._report(key, str(error.strerror))
            return None
        if is_intact(key, data):
            return data
        self._report(key, f"{len(data)} bytes that are not what was written")
        return None

    def _report(self, key: str, cause: str) -> None:
        if key not in self._damaged:
            self._damaged.add(key)
            log("damaged", file=str(self.file(key)), cause=cause)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ExecutionError(
                f"store.path: '{self.path}' cannot be written to: {error.strerror}; "
                "what is in it stays, and the same command continues"
            ) from error

    def _sweep(self) -> None:
        """Remove what processes left behind that died while they wrote."""
        for part in self._replications.glob(f"??/.*{_UNFINISHED}"):
            # Another process may have finished it, or swept it too.
            with suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > _FORGOTTEN_AFTER:
                    part.unlink()


@contextmanager
def open_store(path: Path | None) -> Iterator[Store]:
    """Give the store of a path, or a temporary one."""
    if path is not None:
        yield Store(path)
        return
    with temporary_folder() as folder:
        yield Store(folder)


def _make_folder(folder: Path) -> None:
    """Make a folder that is not there, and those it is in, and bring their names to the disk."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in made:
        _bring_names_to_disk(path.parent)


def _write_to_disk(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _bring_names_to_disk(folder: Path) -> None:
    """A name is in its folder, which is a file of its own."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
