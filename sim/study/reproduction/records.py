"""What a run was asked for besides its points, as its manifest keeps it."""

from __future__ import annotations

from math import isnan
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, JsonValue

from sim.scenario.base import Count, Positive, Strict, Text
from sim.scenario.design import Design
from sim.scenario.errors import InputError
from sim.study.contribution import Contribution, parts_of
from sim.study.design.points import DesignPoint, DesignRun
from sim.study.precision.rules import Precision
from sim.study.ranking.question import Detection, Indifference, Procedure, Question
from sim.study.ranking.systems import Sense
from sim.study.sensitivity.plan import Plan
from sim.study.sensitivity.question import Method
from sim.study.sensitivity.question import Question as SensitivityQuestion
from sim.study.settings import Point, Run

Rule = Annotated[Precision, Field(discriminator="rule")]


class ComparisonRecord(Strict):
    """All points are compared with the first; a rule may say how often they are replicated."""

    kind: Literal["comparison"] = "comparison"
    precision: Rule | None = None


class NamedBundle(Strict):
    """Reforms, and the point that has just these of a bundle."""

    reforms: tuple[Text, ...]
    point: Text


class ContributionRecord(Strict):
    """What each reform of a bundle contributes; the bundles to compare follow from its order."""

    kind: Literal["contribution"] = "contribution"
    precision: Rule | None = None
    bundle: tuple[Text, ...]
    points: tuple[NamedBundle, ...]

    @classmethod
    def of(cls, contribution: Contribution) -> ContributionRecord:
        """Note down what was asked for."""
        named = contribution.names.items()
        return cls(
            precision=contribution.run.precision,
            bundle=contribution.parts[-1].whole,
            points=tuple(NamedBundle(reforms=reforms, point=name) for reforms, name in named),
        )

    def contribution(self, run: Run) -> Contribution:
        """Ask for it again.

        Raises:
            InputError: there is no point of a bundle.
        """
        names = {named.reforms: named.point for named in self.points}
        points = {point.name: point for point in run.points}
        whole = _named(points, names.get(self.bundle, ""))
        requires = {name: reform.requires for name, reform in whole.written.reforms.items()}
        for name in names.values():
            _named(points, name)
        if missing := [name for name in self.bundle if name not in requires]:
            raise InputError(f"study.bundle: '{whole.name}' has no reform '{missing[0]}'")
        return Contribution(run, parts_of(self.bundle, requires), names)


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
        baseline = DesignPoint(0, self.baseline, (), _named(points, self.baseline))
        rows = (_row(row, number, points) for number, row in enumerate(self.rows, start=1))
        return DesignRun(self.design, baseline, tuple(rows), run.settings, run.overrides)


class BestRecord(Strict):
    """Which of the points is the best; see ``sim.study.ranking.question``."""

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
    def of(cls, question: Question) -> BestRecord:
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

    def question(self, run: Run) -> Question:
        """Ask for it again."""
        return Question(
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


class PlanRecord(Strict):
    """Points of one scenario with its figures moved; a place that is null is as written."""

    start: Text
    names: tuple[Text, ...]
    ends: dict[Text, tuple[Text, Text]]
    places: tuple[tuple[float | None, ...], ...]
    points: tuple[Text, ...]

    @classmethod
    def of(cls, plan: Plan) -> PlanRecord:
        """Note down what was asked for."""
        return cls(
            start=plan.start.name,
            names=plan.names,
            ends=dict(plan.ends),
            places=tuple(
                tuple(None if isnan(place) else place for place in row)
                for row in plan.places.tolist()
            ),
            points=tuple(point.name for point in plan.points),
        )

    def plan(self, points: dict[str, Point]) -> Plan:
        """Ask for it again.

        Raises:
            InputError: a point is not there, or has no place.
        """
        if len(self.places) != len(self.points):
            raise InputError(
                f"study.plans: '{self.start}' has {len(self.points)} points and "
                f"{len(self.places)} places"
            )
        places = np.array(self.places, dtype=np.float64).reshape(len(self.points), len(self.names))
        moved = tuple(_named(points, name) for name in self.points)
        return Plan(_named(points, self.start), self.names, self.ends, places, moved)


class SensitivityRecord(Strict):
    """Which figures matter; see ``sim.study.sensitivity.question``."""

    kind: Literal["sensitivity"] = "sensitivity"
    method: Method
    kpi: Text
    sense: Sense | None
    plans: Annotated[tuple[PlanRecord, ...], Field(min_length=1)]
    fixed: tuple[Text, ...]
    seed: Annotated[int, Field(strict=True)]

    @classmethod
    def of(cls, question: SensitivityQuestion) -> SensitivityRecord:
        """Note down what was asked for."""
        return cls(
            method=question.method,
            kpi=question.kpi,
            sense=question.sense,
            plans=tuple(map(PlanRecord.of, question.plans)),
            fixed=question.fixed,
            seed=question.seed,
        )

    def question(self, run: Run) -> SensitivityQuestion:
        """Ask for it again.

        Raises:
            InputError: a point is not there.
        """
        points = {point.name: point for point in run.points}
        plans = tuple(plan.plan(points) for plan in self.plans)
        return SensitivityQuestion(
            run, self.method, self.kpi, self.sense, plans, self.fixed, self.seed
        )


Record = Annotated[
    ComparisonRecord | ContributionRecord | DesignRecord | BestRecord | SensitivityRecord,
    Field(discriminator="kind"),
]


def _row(row: DesignRow, number: int, points: dict[str, Point]) -> DesignPoint:
    if row.cause:
        return DesignPoint(number, row.name, row.values, None, "invalid", row.cause)
    return DesignPoint(number, row.name, row.values, _named(points, row.name))


def _named(points: dict[str, Point], name: str) -> Point:
    if name not in points:
        raise InputError(f"points: '{name}' is asked for and not there")
    return points[name]
