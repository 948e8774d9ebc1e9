"""What a run is asked to do, apart from what a scenario says."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Point:
    """One scenario of a run under the name it has in tables; names are unique in a run."""

    name: str
    scenario: Scenario


@dataclass(frozen=True)
class Settings:
    """Where and how replications are executed."""

    executor: Literal["serial", "pool"]
    workers: int
    folder: Path


@dataclass(frozen=True)
class Run:
    """All that a command asks for: points (the first is the baseline) and settings."""

    points: tuple[Point, ...]
    settings: Settings
    overrides: tuple[str, ...]
