"""What a comparison was asked for, with the contributions of reforms or without."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Strict, Text
from sim.scenario.errors import InputError
from sim.study.contribution import Contribution, parts_of
from sim.study.precision.rules import Precision
from sim.study.reproduction.named_point import named_point
from sim.study.settings import Run

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
        whole = named_point(points, names.get(self.bundle, ""))
        requires = {name: reform.requires for name, reform in whole.written.reforms.items()}
        for name in names.values():
            named_point(points, name)
        if missing := [name for name in self.bundle if name not in requires]:
            raise InputError(f"study.bundle: '{whole.name}' has no reform '{missing[0]}'")
        return Contribution(run, parts_of(self.bundle, requires), names)
