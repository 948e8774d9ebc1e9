"""Quantiles by sectioning: replications are grouped, the estimate is that of all observations.

The interval comes from the spread of the sections' quantiles about the pooled one (Asmussen &
Glynn, Stochastic Simulation, 2007, III.5a). Averages of replication quantiles are never reported.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = {"median": 0.5, "p90": 0.9, "p95": 0.95}
MOST_SECTIONS = 10
_LEAST_IN_TAIL = 5


def sectioned_quantiles(replications: Sequence[Floats], level: float) -> tuple[float, Floats]:
    """Return the pooled quantile and that of each section.

    A section with too few observations beyond the quantile is NaN: its tail is too thin to tell.
    """
    sections = np.array_split(np.arange(len(replications)), min(len(replications), MOST_SECTIONS))
    parts = [np.concatenate([replications[number] for number in section]) for section in sections]
    pooled = np.concatenate(parts)
    overall = float(np.quantile(pooled, level)) if len(pooled) else float("nan")
    return overall, np.array([_quantile(part, level) for part in parts])


def _quantile(values: Floats, level: float) -> float:
    if len(values) * (1 - level) < _LEAST_IN_TAIL:
        return float("nan")
    return float(np.quantile(values, level))
