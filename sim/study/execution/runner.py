"""The replication runner: what is wanted is run, unless the store has it already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from sim.files.read_once import ReadOnce
from sim.scenario.errors import ExecutionError
from sim.study.execution.executor import MOST_DEATHS, Died, Done, Executor, Failed, Outcome
from sim.study.execution.executors import open_executor
from sim.study.execution.keys import KeyMaker
from sim.study.execution.kpi_values import KpiValues
from sim.study.execution.log import log
from sim.study.execution.model_version import model_version
from sim.study.execution.store import Store, open_store
from sim.study.execution.tasks import ReplicationTask, Replicator, Work
from sim.study.inputs import load_inputs
from sim.study.replication import Replication
from sim.study.settings import Point, Settings
from sim.traffic.targeting import check_models

OnProgress = Callable[[int, int], None]
"""Told how many replications of how many are there: when more are wanted, and after each."""

Numbered = tuple[str, int]
"""A replication: the name of its point and its number, from 0."""


class ReplicationRunner:
    """Runs replications of points, each once; a context manager that keeps its workers alive.

    Attributes:
        found: replications that were in the store.
        computed: those that were run.
        failed: why some could not be run, where errors are noted.
        set_aside: how the workers ended of those that end theirs time and again.
        files: all that traffic is drawn or read from, as it was when the runner was made.
    """

    def __init__(
        self,
        points: Sequence[Point],
        settings: Settings,
        on_progress: OnProgress,
        on_error: Literal["stop", "continue"] = "stop",
    ) -> None:
        """Read the files that the traffic of the points names.

        Args:
            points: all that replications will be wanted of; their names are unique.
            settings: where replications are run and kept.
            on_progress: told what is done.
            on_error: whether an error of a replication ends all, or is noted in ``failed``.

        Raises:
            InputError: a file or a model cannot be used.
        """
        self.found, self.computed = 0, 0
        self.failed: dict[Numbered, str] = {}
        self.set_aside: dict[Numbered, str] = {}
        self._points = {point.name: point for point in points}
        self._order = {name: place for place, name in enumerate(self._points)}
        self.files = ReadOnce()
        self._inputs = load_inputs((point.scenario for point in points), self.files)
        for point in points:
            for flow in point.scenario.traffic.flows.values():
                check_models(
                    point.scenario, self._inputs.declarations[flow.goods.declarations].scores
                )
        self._keys = {point.name: KeyMaker(point.scenario, self.files) for point in points}
        self._settings = settings
        self._on_progress = on_progress
        self._on_error = on_error
        self._there: set[Numbered] = set()
        self._values = KpiValues()
        self._opened = ExitStack()
        self._store: Store
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        self._store = self._opened.enter_context(open_store(self._settings.store))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._opened.close()
        if kind is KeyboardInterrupt and self._settings.store is not None:
            raise KeyboardInterrupt(
                f"interrupted; '{self._settings.store}' has {len(self._there)} of the "
                "replications, and the same command continues with them"
            )

    def run(self, wanted: Iterable[Numbered]) -> None:
        """Make sure that replications are in the store; what is found is not run again.

        One number after another, of all points: these share the luck.

        Raises:
            ExecutionError: replications ended their workers time and again, or cannot be kept.
                All others are in the store. Not if errors are to be noted.
            InputError: a replication cannot be run. Not if errors are to be noted.
        """
        missing = self._look_up(wanted)
        tasks = [self._task(key, of[0]) for key, of in missing.items()]
        number = sum(map(len, missing.values()))
        log("wanted", found=self.found, missing=number, there=len(self._there))
        total = self._count() + number
        self._on_progress(self._count(), total)
        if tasks:
            for outcome in self._open_executor().execute(tasks):
                self._take(outcome, missing[outcome.task.key])
                self._on_progress(self._count(), total)
        if self.set_aside and self._on_error == "stop":
            raise _ended_workers(self.set_aside)

    def replications(self, name: str, numbers: Iterable[int]) -> list[Replication]:
        """Read replications of a point that were run before.

        Raises:
            ExecutionError: one failed.
        """
        return [self._read((name, number)) for number in numbers]

    def values(self, name: str, kpi: str, numbers: Iterable[int]) -> NDArray[np.float64]:
        """Return a KPI of replications that were run before, one figure each.

        A replication that does not have it has what the KPI says of its absence, or else NaN.

        Raises:
            ExecutionError: a replication failed.
        """
        wanted = [(name, number) for number in numbers]
        for replication in wanted:
            if replication not in self._values:
                self._read(replication)
        return self._values.of(kpi, wanted)

    def _count(self) -> int:
        return len(self._there) + len(self.failed) + len(self.set_aside)

    def _look_up(self, wanted: Iterable[Numbered]) -> dict[str, list[Numbered]]:
        """What is not there yet, by key; points that are the same share their replications."""
        missing: dict[str, list[Numbered]] = {}
        asked = set(wanted) - self._there - self.failed.keys() - self.set_aside.keys()
        for name, number in sorted(asked, key=lambda one: (one[1], self._order[one[0]])):
            key = self._keys[name].key(number)
            if key not in missing and self._store.has(key):
                self._there.add((name, number))
                self.found += 1
            else:
                missing.setdefault(key, []).append((name, number))
        return missing

    def _task(self, key: str, replication: Numbered) -> ReplicationTask:
        name, number = replication
        return ReplicationTask(key, self._points[name].scenario, self._keys[name].scenario, number)

    def _open_executor(self) -> Executor:
        if self._executor is None:
            opening = open_executor(self._settings, Replicator, Work(self._inputs, model_version()))
            self._executor = self._opened.enter_context(opening)
        return self._executor

    def _take(self, outcome: Outcome[ReplicationTask], replications: Sequence[Numbered]) -> None:
        name, number = replications[0]
        if isinstance(outcome, Done):
            self._store.write(outcome.task.key, outcome.result)
            self._there.update(replications)
            self.computed += len(replications)
            seconds = round(outcome.seconds, 3)
            log("done", point=name, replication=number, seconds=seconds, worker=outcome.worker)
        elif isinstance(outcome, Died):
            log("died", point=name, replication=number, cause=outcome.cause, worker=outcome.worker)
        elif isinstance(outcome, Failed):
            cause = f"{type(outcome.error).__name__}: {outcome.error}"
            log("failed", point=name, replication=number, cause=cause)
            if self._on_error == "stop":
                raise outcome.error
            self.failed |= dict.fromkeys(replications, cause)
        else:
            log("set aside", point=name, replication=number, cause=outcome.cause)
            self.set_aside |= dict.fromkeys(replications, outcome.cause)

    def _read(self, replication: Numbered) -> Replication:
        lost = self.failed | self.set_aside
        if replication in lost:
            raise ExecutionError(f"{_named(replication)} failed: {lost[replication]}")
        name, number = replication
        found = self._store.read(self._keys[name].key(number))
        if found is None:
            # Damaged or removed since it was found.
            self._there.discard(replication)
            self.run([replication])
            return self._read(replication)
        self._values.add(replication, found.measures.kpis)
        return found


def _named(replication: Numbered) -> str:
    return f"replication {replication[1]} of '{replication[0]}'"


def _ended_workers(set_aside: dict[Numbered, str]) -> ExecutionError:
    listed = "; ".join(f"{_named(one)}: {cause}" for one, cause in set_aside.items())
    return ExecutionError(
        f"set aside, as the worker died {MOST_DEATHS} times: {listed}; all others are in the "
        "store; try fewer with executor.workers"
    )
