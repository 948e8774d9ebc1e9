"""How a command is to be executed: what the configuration and its words say but for scenarios."""

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.command.library import EXECUTOR
from sim.command.overrides import Assignment
from sim.command.plain_data import merged, placed
from sim.scenario.base import Strict, Text
from sim.scenario.errors import InputError
from sim.scenario.validate import validated


class ExecutorChoice(Strict):
    """What performs replications, as written in ``configs/executor``."""

    kind: Literal["serial", "pool", "dask"]
    workers: Annotated[int, Field(strict=True, ge=1)] | None
    address: Text | None = None


class StoreChoice(Strict):
    """Where replications are kept; nowhere after the run if there is no path."""

    path: Text | None


class Execution(Strict):
    """Everything about a run that changes no result."""

    executor: ExecutorChoice
    store: StoreChoice
    progress: Literal["auto", "quiet"]


def read_execution(
    executor: Mapping[str, Any], primary: Mapping[str, Any], chosen: Sequence[Assignment]
) -> Execution:
    """Lay the words of a command onto what is configured.

    Args:
        executor: the option of the group ``executor`` that is chosen.
        primary: what ``configs/config.yaml`` says.
        chosen: assignments of a command; those of other kinds do not count.

    Raises:
        InputError: something that cannot be used, or that does not go together.
    """
    data = {EXECUTOR: executor, "store": primary.get("store"), "progress": primary.get("progress")}
    words = (placed(item.value, item.key) for item in chosen if item.kind == "execution")
    execution = validated(Execution, reduce(merged, words, data))
    _check_executor(execution.executor)
    if execution.store.path is not None:
        check_can_be_made("store.path", Path(execution.store.path))
    return execution


def _check_executor(executor: ExecutorChoice) -> None:
    if executor.kind == "serial" and executor.workers not in (None, 1):
        raise InputError(f"executor.workers: serial has one worker, given {executor.workers}")
    if executor.address is None:
        return
    if executor.kind != "dask":
        raise InputError(f"executor.address: is for executor=dask, given executor={executor.kind}")
    if executor.workers is not None:
        raise InputError("executor.workers: the workers are those of executor.address")


def check_can_be_made(key: str, folder: Path) -> None:
    """Check that a folder is there or can be made, and can be written to.

    Raises:
        InputError: it cannot; ``key`` says which one it is.
    """
    try:
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    except OSError as error:
        raise InputError(f"{key}: {error.strerror}") from error
    if not existing.is_dir():
        raise InputError(f"{key}: '{existing}' is a file")
    try:
        with TemporaryDirectory(dir=existing):
            return
    except OSError as error:
        # That it is not there would be wrong: it is, and takes no files, as /proc does.
        reason = "" if isinstance(error, FileNotFoundError) else f": {error.strerror}"
        raise InputError(f"{key}: '{existing}' cannot be written to{reason}") from error
