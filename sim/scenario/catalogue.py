"""What the catalogue of measures says of each: how it is delivered, and where it is measured."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sim.scenario.base import Label, Name, Strict, Text

Delivered = Literal["reform", "measurement", "governance"]
_CITATION = re.compile(r"[HLS]\d+(-\d+)?|H-phase-[123]|Z\d(\(\d\))?|F[1-4](-next)?")


def _of_a_document(text: str) -> str:
    if not _CITATION.fullmatch(text):
        raise ValueError(
            f"'{text}' is no item of a document; such are H11-13, H-phase-2, L4, Z3(4), S12, F4 "
            "and F4-next"
        )
    return text


Citation = Annotated[str, AfterValidator(_of_a_document)]


class CatalogueEntry(Strict):
    """One measure of the policy documents.

    A reform has a file of its own, and a home: the scenario in which its effect on the KPIs in
    ``kpi`` is measured. ``documents`` are the items that order it, each the letter of a document
    and what follows: an item or a range of these, a part and its point, a stage, a case. What is
    delivered otherwise has a label, and says what stands in its place.
    """

    row: Text
    delivered: Delivered = "reform"
    documents: tuple[Citation, ...]
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
