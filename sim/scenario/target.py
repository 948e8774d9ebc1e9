"""Published figures that a run lays beside its own."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, NonNegative, Number, Sourced, Strict, Text
from sim.scenario.reform import Distinct

Sense = Literal["at_most", "at_least", "equal"]


class Tolerance(Sourced):
    """How far from a figure still counts as equal to it, in the unit of the target's form."""

    value: NonNegative


class Target(Strict):
    """A figure a document states, and the KPI of scenarios that answers to it.

    ``form`` says how the KPI becomes comparable: its ``level``, its ``difference`` to the
    baseline, or its ``relative`` change against the baseline (-0.4 is minus forty per cent).
    ``sense`` says when it is met: ``at_most`` or ``at_least`` the figure, or ``equal`` to it within
    the ``tolerance``. ``role`` says what agreement means: the figure was put in (so it shows that
    the model does what it was told), the model was calibrated to it, or it is an outcome that
    tests the model. A ``goal`` tests nothing: it is what a document wants reforms to reach, so that
    it has a direction and the scenarios it names are compared with it only where reforms are in
    force, under whatever name that runs.
    """

    label: Label
    source: Text
    scenarios: Annotated[tuple[Name, ...], Field(min_length=1), Distinct]
    kpi: Text
    role: Literal["input", "calibrated", "outcome", "goal"]
    form: Literal["level", "difference", "relative"]
    sense: Sense = "equal"
    value: Number
    tolerance: Tolerance | None = None
    unit: Text

    @model_validator(mode="after")
    def _goal_has_a_direction(self) -> Self:
        if self.role == "goal" and self.sense == "equal":
            raise ValueError("a goal needs 'sense: at_most' or 'sense: at_least'")
        return self

    @model_validator(mode="after")
    def _equality_has_a_tolerance(self) -> Self:
        if self.sense == "equal" and self.tolerance is None:
            raise ValueError("'sense: equal' needs a 'tolerance' with its 'source' or 'assumption'")
        if self.sense != "equal" and self.tolerance is not None:
            raise ValueError(f"'sense: {self.sense}' does not take a 'tolerance'")
        return self
