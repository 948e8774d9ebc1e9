"""How well a model ranks declarations it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from sim.measure.ranking import area_under_curve

INSPECTION_RATES = (0.01, 0.02, 0.05, 0.10)
CONFIDENCE = 0.95

Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Area:
    """Area under the ROC curve with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class AtRate:
    """What inspecting the highest scores finds.

    Attributes:
        rate: share of declarations inspected.
        hit_rate: share of these with fraud.
        recall: share of all fraud among these.
    """

    rate: float
    hit_rate: float
    recall: float


def area_with_interval(score: Scores, fraud: Flags) -> Area:
    """Area under the ROC curve and its 95 % interval.

    The variance is that of DeLong, DeLong & Clarke-Pearson (Biometrics 44, 1988), from midranks as
    in Sun & Xu (IEEE Signal Processing Letters 21, 2014).
    """
    ranks = rankdata(score)
    frauds, cleans = int(fraud.sum()), int((~fraud).sum())
    below_fraud = (ranks[fraud] - rankdata(score[fraud])) / cleans
    above_clean = 1 - (ranks[~fraud] - rankdata(score[~fraud])) / frauds
    variance = below_fraud.var(ddof=1) / frauds + above_clean.var(ddof=1) / cleans
    value = area_under_curve(score, fraud)
    half = float(ndtri((1 + CONFIDENCE) / 2) * np.sqrt(variance))
    return Area(value, max(0.0, value - half), min(1.0, value + half))


def at_rates(score: Scores, fraud: Flags) -> list[AtRate]:
    """What is found at each of the INSPECTION_RATES."""
    return [_at_rate(score, fraud, rate) for rate in INSPECTION_RATES]


def _at_rate(score: Scores, fraud: Flags, rate: float) -> AtRate:
    """Of equal scores at the threshold, as many as fit are taken at random: the mean counts."""
    inspected = max(1, round(rate * len(score)))
    threshold = np.partition(score, len(score) - inspected)[len(score) - inspected]
    above, tied = score > threshold, score == threshold
    hits = fraud[above].sum() + (inspected - above.sum()) * fraud[tied].mean()
    return AtRate(rate, float(hits / inspected), float(hits / fraud.sum()))
