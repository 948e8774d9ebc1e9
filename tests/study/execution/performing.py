"""Work that workers of tests do: found by name in their processes, and quick to import."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import sleep

from sim.scenario.errors import InputError, MisfitError

Perform = Callable[[int], object]


def multiplied(factor: int) -> Perform:
    return partial(_times, factor)


def _times(factor: int, task: int) -> int:
    return factor * task


def deadly(poison: frozenset[int]) -> Perform:
    """A task that is poison kills the process that performs it."""
    return partial(_kill_or_return, poison)


def _kill_or_return(poison: frozenset[int], task: int) -> int:
    if task in poison:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def deadly_once(folder: Path) -> Perform:
    """Every task kills the first process that performs it."""
    return partial(_kill_first, folder)


def _kill_first(folder: Path, task: int) -> int:
    tried = folder / str(task)
    if not tried.exists():
        tried.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def faulty(_: object) -> Perform:
    return _refuse


def _refuse(task: int) -> int:
    if task == 1:
        raise InputError("one: is not liked")
    if task == 2:
        # Has more to it than its text, so that it cannot be unpickled.
        raise MisfitError("two: does not fit", ("two",))
    return task


def never_ready(code: int) -> Perform:
    os._exit(code)


def refused(text: str) -> Perform:
    raise InputError(text)


def refused_but_once(folder: Path) -> Perform:
    """The first worker is prepared, all others are refused."""
    if (folder / "prepared").exists():
        raise InputError("x: no")
    (folder / "prepared").touch()
    return _rest


def _rest(task: int) -> int:
    """Long enough for another worker to be given the next task."""
    sleep(0.05)
    return task


def own_process(_: object) -> Perform:
    return _process


def _process(_: int) -> int:
    return os.getpid()


def sharing(store: Path) -> Perform:
    return partial(_run_in_store, store)


def _run_in_store(store: Path, _: int) -> tuple[int, tuple[float, ...]]:
    # Takes longer to import than all else here.
    from sim.study.execution.runner import ReplicationRunner  # noqa: PLC0415
    from sim.study.settings import Point, Settings  # noqa: PLC0415
    from tests.builders import tiny  # noqa: PLC0415

    point = Point("one", tiny(("experiment.horizon_days", 1.0)))
    settings = Settings("serial", 1, Path(), store)
    with ReplicationRunner([point], settings, lambda *_: None) as runner:
        runner.run(("one", number) for number in range(8))
        values = runner.values("one", "all.overall_clearance_time.mean", range(8))
    return runner.found + runner.computed, tuple(values.tolist())
