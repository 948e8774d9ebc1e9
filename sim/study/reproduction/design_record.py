"""What a design was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import JsonValue

from sim.scenario.base import Strict, Text
from sim.scenario.design import Design
from sim.study.design.points import DesignPoint, DesignRun
from sim.study.reproduction.named_point import named_point
from sim.study.settings import Point, Run


class DesignRow(Strict):
    """A point of a design; one that could not be run says why."""

    name: Text
    values: tuple[JsonValue, ...]
    cause: str = ""


class DesignRecord(Strict):
    """A design with the points that it came to."""

    kind: Literal["design"] = "design"
    design: Design
    baseline: Text
    rows: tuple[DesignRow, ...]

    @classmethod
    def of(cls, run: DesignRun) -> DesignRecord:
        """Note down what was asked for."""
        rows = (DesignRow(name=row.name, values=row.values, cause=row.cause) for row in run.points)
        return cls(design=run.design, baseline=run.baseline.name, rows=tuple(rows))

    def design_run(self, run: Run) -> DesignRun:
        """Ask for it again.

        Raises:
            InputError: there is no point of a row that could be run.
        """
        points = {point.name: point for point in run.points}
        baseline = DesignPoint(0, self.baseline, (), named_point(points, self.baseline))
        rows = (_row(row, number, points) for number, row in enumerate(self.rows, start=1))
        return DesignRun(self.design, baseline, tuple(rows), run.settings, run.overrides)


def _row(row: DesignRow, number: int, points: Mapping[str, Point]) -> DesignPoint:
    if row.cause:
        return DesignPoint(number, row.name, row.values, None, "invalid", row.cause)
    return DesignPoint(number, row.name, row.values, named_point(points, row.name))
