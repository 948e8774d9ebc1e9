"""Inspection of a sample of a lot without putting anything back."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.scenario.base import Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, ratio
from sim.verify.reference_file import Case

_LOTS = 1_000


class SamplingModel(Strict):
    """How many items there are, how many are defective, how many are opened."""

    kind: Literal["sampling"]
    lot: Annotated[int, Field(ge=1)]
    defective: Annotated[int, Field(ge=0)]
    sample: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _fits_into_the_lot(self) -> Self:
        if max(self.defective, self.sample) > self.lot:
            raise ValueError(f"defective and sample are at most {self.lot}, the lot")
        return self


class Sampling:
    """The items with the lowest keyed draws are opened; a lot is found out if one is defective."""

    def __init__(self, case: Case) -> None:
        self._model = validated(SamplingModel, case.model, case.id)

    @cached_property
    def activities(self) -> float:
        """Items of a replication."""
        return _LOTS * self._model.lot

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Inspect lots; the first items of each are the defective ones."""
        model = self._model
        items = np.arange(_LOTS * model.lot, dtype=np.int64)
        luck = draws.uniform("item", items).reshape(_LOTS, model.lot)
        opened = np.argpartition(luck, model.sample - 1, axis=1)[:, : model.sample]
        found = np.count_nonzero((opened < model.defective).any(axis=1))
        detected = replace(ratio(found, _LOTS), of_engine=False)
        return {"P_detect": detected, "P_detect_binomial_WRONG": detected}
