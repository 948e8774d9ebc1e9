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
        ExecutionError: the baseline failed, or a point of a design that stops at errors.
    """
    causes: dict[str, str] = {}
    for (name, number), cause in sorted(failed.items()):
        causes.setdefault(name, f"replication {number}: {cause}")
    if run.baseline.name in causes:
        raise ExecutionError(
            f"the baseline '{run.baseline.name}', with which all points are compared: "
            f"{causes[run.baseline.name]}"
        )
    points = tuple(
        point.failed(causes[point.name]) if point.name in causes else point
        for point in (run.baseline, *run.points)
    )
    if causes and run.design.on_error == "stop":
        first = next(point for point in points if point.name in causes)
        raise ExecutionError(first.told(_keys(run)))
    return points


def _keys(run: DesignRun) -> list[str]:
    return [factor.key for factor in run.design.factors]


class FailureWatch:
    """Tells of every point that fails, once and at once."""

    def __init__(self, run: DesignRun, tell: Callable[[str], None]) -> None:
        self._run = run
        self._tell = tell
        self._told: set[str] = set()
        self._seen = 0

    def look(self, failed: Failed, set_aside: Failed) -> None:
        """Tell of points that have failed since.

        Args:
            failed: with an error, which ends a design that stops at errors now.
            set_aside: as they end their workers, which ends it when all others have been run.

        Raises:
            ExecutionError: the baseline failed, or a point of a design that stops at errors.
        """
        if len(failed) + len(set_aside) == self._seen:
            return
        self._seen = len(failed) + len(set_aside)
        for point in outcomes(self._run, {**failed, **self._to_be_told(set_aside)}):
            if point.status == "failed" and point.name not in self._told:
                self._told.add(point.name)
                self._tell(point.told(_keys(self._run)))

    def _to_be_told(self, set_aside: Failed) -> Failed:
        if self._run.design.on_error == "stop":
            return {}
        base = self._run.baseline.name
        return {one: cause for one, cause in set_aside.items() if one[0] != base}
