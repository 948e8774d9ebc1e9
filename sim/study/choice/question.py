"""What is asked of a choice among the points of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.study.choice.systems import Sense
from sim.study.settings import Run

Procedure = Literal["kn", "kn++", "ocba"]
Detection = Literal["keep", "mark"]
PROCEDURES: tuple[Procedure, ...] = ("kn", "kn++", "ocba")
DETECTIONS: tuple[Detection, ...] = ("keep", "mark")


@dataclass(frozen=True)
class Indifference:
    """The least difference worth finding.

    Attributes:
        amount: in the unit of the KPI, or a share of the baseline's level, above 0.
        is_share: whether it is such a share; the level is that of the first stage.
    """

    amount: float
    is_share: bool

    def of(self, level: float) -> float:
        """Width of the zone in the unit of the KPI."""
        return self.amount * abs(level) if self.is_share else self.amount


@dataclass(frozen=True)
class BestQuestion:
    """Which of some points is the best.

    Attributes:
        run: the candidates, the baseline first, and settings.
        kpi: that tells, one number a replication.
        sense: whether less or more of it is better.
        procedure: how to choose.
        indifference: the least difference worth finding.
        confidence: probability of a correct choice, of ``kn`` and ``kn++``.
        first: replications of every candidate before any is dropped or favoured.
        ceiling: most replications of one candidate, of ``kn`` and ``kn++``.
        budget: replications of all candidates, of ``ocba``.
        detection: whether candidates that find clearly fewer violations are set aside beforehand
            or only marked.
    """

    run: Run
    kpi: str
    sense: Sense
    procedure: Procedure
    indifference: Indifference
    confidence: float
    first: int
    ceiling: int
    budget: int
    detection: Detection

    @property
    def least_replications(self) -> int:
        """Replications that are run in any case: of the first stage or the budget, and fresh."""
        fresh = 2 * self.run.points[0].scenario.experiment.replications
        of_first = self.first * len(self.run.points)
        return fresh + (self.budget if self.procedure == "ocba" else of_first)
