"""Hidden violations and how agencies pick what they examine.

A consignment has a standard normal risk score for each agency, correlated across agencies. A hidden
violation lifts the agency's score by the binormal distance of its stated AUC. An agency examines a
random share of each tier and, above a threshold, the highest scores, so that the tier's inspection
rate is as stated.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from sim.scenario.resources import Selection
from sim.traffic.draws import Draws

Flags = NDArray[np.bool_]


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


def risk_scores(
    draws: Draws, agency: str, entities: NDArray[np.int64], correlation: float
) -> NDArray[np.float64]:
    """Standard normal scores; those of two agencies correlate as given."""
    shared = ndtri(draws.uniform("risk.shared", entities))
    own = ndtri(draws.uniform(f"risk.{agency}", entities))
    return np.asarray(np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own)


def select(
    selection: Selection,
    violation_probability: NDArray[np.float64],
    violating: Flags,
    tier: NDArray[np.int64],
    rate_by_tier: NDArray[np.float64],
    scores: NDArray[np.float64],
    luck: NDArray[np.float64],
) -> Flags:
    """Say which consignments an agency examines.

    Args:
        selection: the agency's way of selecting.
        violation_probability: shape (tiers,), share that hides a violation.
        violating: shape (n,), whether the consignment does.
        tier: shape (n,), index of the trader's tier.
        rate_by_tier: shape (tiers,), inspection rate to reach.
        scores: shape (n,), standard normal scores before the lift of a violation.
        luck: shape (n,), uniforms for the random share.
    """
    distance = binormal_distance(selection.auc)
    random_rate = rate_by_tier * selection.random_share
    remaining = np.divide(
        rate_by_tier - random_rate,
        1 - random_rate,
        where=random_rate < 1,
        out=np.zeros_like(random_rate),
    )
    thresholds = np.array(
        [
            score_threshold(float(rate), float(share), distance)
            for rate, share in zip(remaining, violation_probability, strict=True)
        ]
    )
    by_score = scores + distance * violating > thresholds[tier]
    return by_score | (luck < random_rate[tier])
