"""What a run is asked to do, apart from what a scenario says."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from sim.clearance.parameters import Effect, effect_of
from sim.scenario.scenario import Scenario
from sim.study.precision.rules import Precision


@dataclass(frozen=True)
class Point:
    """One scenario of a run under the name it has in tables; names are unique in a run.

    Attributes:
        name: in tables.
        written: the scenario as its configuration says it.
    """

    name: str
    written: Scenario

    @cached_property
    def effect(self) -> Effect:
        """What the reforms in force set in the scenario.

        Raises:
            InputError: they cannot.
        """
        return effect_of(self.written)

    @property
    def scenario(self) -> Scenario:
        """The scenario in effect: what is simulated and measured."""
        return self.effect.scenario


@dataclass(frozen=True)
class Settings:
    """Where and how replications are executed.

    Attributes:
        executor: what performs them.
        workers: how many at a time; a cluster that is there already has its own.
        folder: where the results of the run go.
        store: where replications are kept and found again; None keeps them for the run only.
        address: of the scheduler of a cluster; None for one of this machine.
        progress: whether to say how far the run is.
    """

    executor: Literal["serial", "pool", "dask"]
    workers: int
    folder: Path
    store: Path | None = None
    address: str | None = None
    progress: Literal["auto", "quiet"] = "auto"


@dataclass(frozen=True)
class Run:
    """All that a command asks for: points (the first is the baseline) and settings.

    Attributes:
        points: the scenarios.
        settings: where and how they are run.
        overrides: the words of the command.
        precision: what tells how many replications there are; None where the experiment does.
    """

    points: tuple[Point, ...]
    settings: Settings
    overrides: tuple[str, ...]
    precision: Precision | None = None
