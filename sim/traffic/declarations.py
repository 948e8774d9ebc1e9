"""The table of real declarations that goods are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.traffic.risk_scores import RowScores


@dataclass(frozen=True)
class DeclarationTable:
    """Columns of declarations; a consignment draws one row.

    Attributes:
        chapter: chapter of the Harmonized System, 1 to 97.
        tax_rate: duty rate in per cent of value.
        value_per_kg: value in the currency of the table.
        importer: number of the importer.
        scores: by model, the scores of the rows.
    """

    chapter: NDArray[np.int64]
    tax_rate: NDArray[np.float64]
    value_per_kg: NDArray[np.float64]
    importer: NDArray[np.int64]
    scores: Mapping[str, RowScores] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.chapter)
