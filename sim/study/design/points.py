"""What a design asks for: its points, sound or not, beside a baseline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

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
        status: ``invalid`` if it cannot be run, ``failed`` if a replication could not.
        cause: why it could not.
    """

    number: int
    name: str
    values: Values
    point: Point | None
    status: Literal["done", "failed", "invalid"] = "done"
    cause: str = ""

    def failed(self, cause: str) -> DesignPoint:
        """The same point, which a replication made fail."""
        return replace(self, status="failed", cause=cause)

    def told(self, keys: Sequence[str]) -> str:
        """What became of it, in one line with its number and its values as they would be typed."""
        texts = (item if isinstance(item, str) else json.dumps(item) for item in self.values)
        values = ", ".join(f"{key}={text}" for key, text in zip(keys, texts, strict=False))
        return f"point {self.number} ({values}): {self.cause}"


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
