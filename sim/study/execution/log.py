"""What happened in a run, event by event: one JSON object a line."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import move

from sim.study.execution.temporary import private_folder

_LOGGER = logging.getLogger("portclear")
_LOGGER.setLevel(logging.INFO)
_LOGGER.propagate = False
_LOGGER.addHandler(logging.NullHandler())
LOG_FILE = "log.jsonl"


def log(event: str, **facts: object) -> None:
    """Note an event and what is to be known of it, in the log of the run if it has one."""
    _LOGGER.info(event, extra={"facts": facts})


def warn(text: str) -> None:
    """Note what who waits for the run should know now; see ``warnings_told``."""
    _LOGGER.warning("warning", extra={"facts": {"text": text}})


@contextmanager
def warnings_told(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of every warning meanwhile, besides noting it in the log."""
    telling = _Telling(tell)
    _LOGGER.addHandler(telling)
    try:
        yield
    finally:
        _LOGGER.removeHandler(telling)


class RunLog:
    """The log of a run that is on: beside the store at first, so that an interrupted run has one.

    Attributes:
        folder: where it goes at the end; None leaves it where it is.
    """

    folder: Path | None = None


@contextmanager
def run_log(store: Path | None) -> Iterator[RunLog]:
    """Keep a log of all that happens meanwhile.

    Args:
        store: the log stands in its folder ``logs`` as long as the run is on; without one, where
            temporary files of this user are.
    """
    logs = (store or private_folder()) / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    path = logs / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.jsonl"
    lines = _Lines(path)
    _LOGGER.addHandler(lines)
    kept = RunLog()
    try:
        yield kept
        log("ended")
    except BaseException as error:
        # Where the disk is full, the error that says so is the one to be heard of.
        with suppress(OSError):
            log("ended", error=f"{type(error).__name__}: {error}")
        raise
    finally:
        _LOGGER.removeHandler(lines)
        lines.close()
        if kept.folder is not None:
            move(path, kept.folder / LOG_FILE)


class _Telling(logging.Handler):
    """Hands the text of warnings on."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Hand one on."""
        self._tell(vars(record)["facts"]["text"])


class _Lines(logging.Handler):
    """Writes an event as a JSON object on a line: when, what, and its facts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file = path.open("ab", buffering=0)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; what cannot be written is an error, as of any other result."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"time": when, "event": record.getMessage(), **vars(record)["facts"]}
        try:
            self._file.write(f"{json.dumps(told, ensure_ascii=False)}\n".encode())
        except OSError as error:
            # A file that is written to without a buffer does not say its name.
            raise OSError(error.errno, error.strerror, str(self._path)) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
