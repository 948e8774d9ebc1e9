"""What the catalogue of measures says of each: how it is delivered, and where it is measured."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, Strict, Text

Delivered = Literal["reform", "measurement", "governance"]


class CatalogueEntry(Strict):
    """One measure of the policy documents.

    A reform has a file of its own, and a home: the scenario in which its effect on the KPIs in
    ``kpi`` is measured. What is delivered otherwise has a label, and says what stands in its place.
    """

    row: Text
    delivered: Delivered
    documents: tuple[Text, ...]
    home: Name | None = None
    kpi: Annotated[tuple[Text, ...], Field(max_length=3)] = ()
    label: Label | None = None
    says: Label | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        needed = ("home", "kpi") if self.delivered == "reform" else ("label", "says")
        for name in needed:
            if not getattr(self, name):
                raise ValueError(f"{name}: missing; what is delivered as {self.delivered} has it")
        return self
