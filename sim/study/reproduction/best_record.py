"""What a choice of the best was asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Count, Positive, Strict, Text
from sim.study.choice.question import BestQuestion, Detection, Indifference, Procedure
from sim.study.choice.systems import Sense
from sim.study.settings import Run


class BestRecord(Strict):
    """Which of the points is the best; see ``sim.study.choice.question``."""

    kind: Literal["best"] = "best"
    kpi: Text
    sense: Sense
    procedure: Procedure
    indifference: Positive
    of_the_baseline: Annotated[bool, Field(strict=True)]
    confidence: Positive
    first: Count
    ceiling: Count
    budget: Count
    detection: Detection

    @classmethod
    def of(cls, question: BestQuestion) -> BestRecord:
        """Note down what was asked for."""
        return cls(
            kpi=question.kpi,
            sense=question.sense,
            procedure=question.procedure,
            indifference=question.indifference.amount,
            of_the_baseline=question.indifference.is_share,
            confidence=question.confidence,
            first=question.first,
            ceiling=question.ceiling,
            budget=question.budget,
            detection=question.detection,
        )

    def question(self, run: Run) -> BestQuestion:
        """Ask for it again."""
        return BestQuestion(
            run=run,
            kpi=self.kpi,
            sense=self.sense,
            procedure=self.procedure,
            indifference=Indifference(self.indifference, self.of_the_baseline),
            confidence=self.confidence,
            first=self.first,
            ceiling=self.ceiling,
            budget=self.budget,
            detection=self.detection,
        )
