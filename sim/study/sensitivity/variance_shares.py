"""Sobol indices: the share of a KPI's variance that each figure explains, alone and with others.

Estimators of Saltelli et al., Computer Physics Communications 181 (2010), as scipy has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import sobol_indices

from sim.study.sensitivity.resampling import bootstrap_limits

Floats = NDArray[np.float64]


def sobol_table(names: Sequence[str], values: Floats, confidence: float, seed: int) -> pd.DataFrame:
    """First and total index of every figure, the largest total first.

    The intervals are by a bootstrap over the points of the samples. scipy has one, but it cannot be
    seeded.

    Args:
        names: of the figures.
        values: shape (figures + 2, number): means over replications at the points of
            ``pick_and_freeze``.
        confidence: of the intervals.
        seed: of the bootstrap.

    Returns:
        A row a figure: first and total, each with its limits (``first_low`` and so on).
    """
    first, total = _indices(values)
    low, high = bootstrap_limits(
        lambda drawn: _indices(values[:, drawn]), values.shape[1], confidence, seed
    )
    table = pd.DataFrame(
        {
            "figure": list(names),
            "first": first,
            "first_low": low[0],
            "first_high": high[0],
            "total": total,
            "total_low": low[1],
            "total_high": high[1],
        }
    )
    return table.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)


def _indices(values: Floats) -> Floats:
    """Shape (2, figures): first, then total."""
    a, b, *mixed = values[:, None, :]
    parts: dict[Literal["f_A", "f_B", "f_AB"], Floats] = {
        "f_A": a,
        "f_B": b,
        "f_AB": np.stack(mixed),
    }
    found = sobol_indices(func=parts, n=values.shape[1])
    return np.stack([np.ravel(found.first_order), np.ravel(found.total_order)])
