"""Building blocks of every scenario model: strict numbers, labels, provenance."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["en", "zh"]
Count = Annotated[int, Field(strict=True, ge=0)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)]
Positive = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0)]
Probability = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=1)]
Text = Annotated[str, Field(strict=True, min_length=1)]
Name = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9_]*$")]
PoolName = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Strict):
    """What people read, by language."""

    en: Text
    zh: Text


class Sourced(Strict):
    """Figures that say where they come from: a source, a calibration, or an assumption.

    One that names a source and is marked as an assumption too is assumed in part; the source says
    which.
    """

    source: Text | None = None
    calibrated_to: Text | None = None
    assumption: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _has_provenance(self) -> Self:
        if not (self.source or self.calibrated_to or self.assumption):
            raise ValueError("needs one of 'source', 'calibrated_to' or 'assumption: true'")
        return self
