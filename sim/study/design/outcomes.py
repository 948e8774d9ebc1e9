"""What became of the points of a design, told as soon as it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.scenario.errors import ExecutionError
from sim.study.design.points import DesignPoint, DesignRun

Failed = Mapping[tuple[str, int], str]
"""Causes by name of the point and number of the replication."""


def outcomes(run: DesignRun, failed: Failed) -> tuple[DesignPoint, ...]:
    """Return the baseline and the points, those with a failed replication as failed.

    Raises:
        ExecutionError: the baseline failed.
    """
    causes: dict[str, str] = {}
    for (name, number), cause in sorted(failed.items()):
        causes.setdefault(name, f"replication {number}: {cause}")
    if run.baseline.name in causes:
        raise ExecutionError(
            f"the baseline '{run.baseline.name}', with which all points are compared: "
            f"{causes[run.baseline.name]}"
        )
    return tuple(
        point.failed(causes[point.name]) if point.name in causes else point
        for point in (run.baseline, *run.points)
    )


class FailureWatch:
    """Tells of every point that fails, once and at once."""

    def __init__(self, run: DesignRun, tell: Callable[[str], None]) -> None:
        self._run = run
        self._tell = tell
        self._told: set[str] = set()
        self._seen = 0

    def look(self, failed: Failed) -> None:
        """Tell of points that have failed since.

        Raises:
            ExecutionError: the baseline failed, or a point of a design that stops at errors.
        """
        if len(failed) == self._seen:
            return
        self._seen = len(failed)
        keys = [factor.key for factor in self._run.design.factors]
        for point in outcomes(self._run, failed):
            if point.status != "failed" or point.name in self._told:
                continue
            self._told.add(point.name)
            if self._run.design.on_error == "stop":
                raise ExecutionError(point.told(keys))
            self._tell(point.told(keys))
