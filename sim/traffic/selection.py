"""Binormal risk scores: how an agency of a stated AUC tells violations from what is clean.

A consignment has a standard normal risk score for each agency, correlated across agencies. A hidden
violation lifts the agency's score by the binormal distance of its stated AUC.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from sim.traffic.draws import Draws


def binormal_distance(auc: float) -> float:
    """Distance of two unit normals whose scores rank with this area under the ROC curve."""
    return float(np.sqrt(2.0) * ndtri(auc))


@lru_cache(maxsize=1024)
def score_threshold(rate: float, violation_share: float, distance: float) -> float:
    """Score above which a share ``rate`` lies, of a mixture of clean and violating."""
    if rate <= 0:
        return float("inf")
    if rate >= 1:
        return float("-inf")

    def excess(threshold: float) -> float:
        clean = (1 - violation_share) * ndtr(-threshold)
        return float(clean + violation_share * ndtr(distance - threshold) - rate)

    return float(brentq(excess, -40.0, 40.0, xtol=1e-12))


def normal_scores(
    draws: Draws, agency: str, entities: NDArray[np.int64], correlation: float
) -> NDArray[np.float64]:
    """Standard normal scores; those of two agencies correlate as given."""
    shared = ndtri(draws.uniform("risk.shared", entities))
    own = ndtri(draws.uniform(f"risk.{agency}", entities))
    return np.asarray(np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own)
