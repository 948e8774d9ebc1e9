"""What a sensitivity study was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from sim.scenario.base import Strict, Text
from sim.scenario.errors import InputError
from sim.study.choice.systems import Sense
from sim.study.reproduction.named_point import named_point
from sim.study.sensitivity.plan import Plan
from sim.study.sensitivity.question import Method, SensitivityQuestion
from sim.study.settings import Point, Run


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

    def plan(self, points: Mapping[str, Point]) -> Plan:
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
        moved = tuple(named_point(points, name) for name in self.points)
        return Plan(named_point(points, self.start), self.names, self.ends, places, moved)


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
