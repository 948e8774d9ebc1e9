"""What a kind of reference case becomes: an experiment to be replicated, or exact values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sim.traffic.draws import Draws
from sim.verify.estimators import Sums
from sim.verify.reference_file import Metric, Value


class UnsupportedError(ValueError):
    """A case that the product cannot express. Its text says why."""


class Experiment(Protocol):
    """Independent replications of a case."""

    @property
    def activities(self) -> float:
        """Activities the engine runs in one replication, about."""

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Run one replication and return the sums of each metric."""


@dataclass(frozen=True)
class Exact:
    """Values without chance, by metric.

    Attributes:
        values: by the name of the metric.
        of_engine: whether they come out of the engine, not of a formula.
        further: metrics the case does not list by name, such as a schedule in full.
    """

    values: dict[str, Value]
    of_engine: bool = True
    further: tuple[Metric, ...] = ()
