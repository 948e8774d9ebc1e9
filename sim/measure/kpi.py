"""A key performance indicator of one replication."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Kpi:
    """A figure of one replication.

    Attributes:
        key: its name.
        unit: of the value.
        value: NaN where there was nothing to measure.
        absent: what it is in a replication that does not have it, as none of its steps was met.
    """

    key: str
    unit: str
    value: float
    absent: float = float("nan")


def mean(values: NDArray[np.float64]) -> float:
    """Mean, or NaN of nothing."""
    return float(values.mean()) if len(values) else float("nan")


def ratio(numerator: float, denominator: float) -> float:
    """Quotient, or NaN over nothing."""
    return float(numerator) / float(denominator) if denominator else float("nan")
