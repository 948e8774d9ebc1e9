"""What a design asks for: its points, sound or not, beside a baseline."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.scenario.design import Design
from sim.study.design.sampling import Values
from sim.study.settings import Point, Settings


@dataclass(frozen=True)
class DesignPoint:
    """One row of a design.

    Attributes:
        number: from 1, in the order of the design; the baseline is 0.
        name: in tables and figures.
        values: of the factors, in their order; none for the baseline.
        point: the scenario, unless it cannot be run.
        status: whether it can be, or has been, run.
        cause: why it could not.
    """

    number: int
    name: str
    values: Values
    point: Point | None
    status: str = "done"
    cause: str = ""

    def failed(self, cause: str, status: str = "failed") -> DesignPoint:
        """The same point, with what became of it."""
        return replace(self, status=status, cause=cause)


@dataclass(frozen=True)
class DesignRun:
    """All that a command asks for.

    Attributes:
        design: as its file says it.
        baseline: what every point is compared with.
        points: in the order of the design, those that cannot be run, too.
        settings: where and how replications are executed.
        overrides: the words of the command.
    """

    design: Design
    baseline: DesignPoint
    points: tuple[DesignPoint, ...]
    settings: Settings
    overrides: tuple[str, ...]

    @property
    def sound(self) -> tuple[Point, ...]:
        """The baseline, then every point that can be run."""
        rows = (self.baseline, *self.points)
        return tuple(row.point for row in rows if row.point is not None)
