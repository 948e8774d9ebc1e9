"""Elementary effects: what one step of a figure does, from many places of its range.

Morris, Technometrics 33 (1991); the mean of absolute effects is of Campolongo, Cariboni & Saltelli,
Environmental Modelling & Software 22 (2007).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.sensitivity.resampling import bootstrap_limits

Floats = NDArray[np.float64]


def elementary_effects(places: Floats, values: Floats) -> Floats:
    """Change of a KPI for a whole range, as each step of each walk tells it.

    Args:
        places: shape (walks, figures + 1, figures), where the figures really are: a whole number
            moves by more or less than the step that was planned; each step moves one figure.
        values: shape (walks, figures + 1, replications).

    Returns:
        Shape (walks, figures, replications), the figures in the order of ``places``.
    """
    steps = np.diff(places, axis=1)
    figure = np.abs(steps).argmax(axis=2)
    rates = np.diff(values, axis=1) / steps.sum(axis=2)[:, :, None]
    effects: Floats = np.empty_like(rates)
    np.put_along_axis(effects, figure[:, :, None], rates, axis=1)
    return effects


def morris_table(
    names: Sequence[str], effects: Floats, confidence: float, seed: int
) -> pd.DataFrame:
    """Importance of every figure, the largest first.

    Args:
        names: of the figures.
        effects: shape (walks, figures, replications).
        confidence: of the intervals of ``mu_star``, by a bootstrap over walks.
        seed: of the bootstrap.

    Returns:
        A row a figure, all in the unit of the KPI for a whole range: mu_star (mean of absolute
        effects over walks) with its limits, mu (their mean), sigma (how they differ from place to
        place: curvature and interaction), luck_error (standard error of mu over replications).
    """
    by_walk = effects.mean(axis=2)
    size = np.abs(by_walk)
    low, high = bootstrap_limits(
        lambda drawn: size[drawn].mean(axis=0), len(size), confidence, seed
    )
    table = pd.DataFrame(
        {
            "figure": list(names),
            "mu_star": size.mean(axis=0),
            "low": low,
            "high": high,
            "mu": by_walk.mean(axis=0),
            "sigma": by_walk.std(axis=0, ddof=1),
            "luck_error": _error(effects.mean(axis=0)),
        }
    )
    return table.sort_values("mu_star", ascending=False, kind="stable").reset_index(drop=True)


def _error(by_replication: Floats) -> Floats:
    """Standard error of means over replications; shape (figures, replications)."""
    number = by_replication.shape[1]
    if number < 2:
        return np.full(len(by_replication), np.nan)
    return np.asarray(by_replication.std(axis=1, ddof=1) / np.sqrt(number))
