"""How well scores rank what is looked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata


def area_under_curve(score: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: share of pairs that scores put in the right order.

    Mann and Whitney's statistic; a tie counts half. NaN where there are no pairs.
    """
    positives = int(positive.sum())
    pairs = positives * (len(positive) - positives)
    if not pairs:
        return float("nan")
    ranks = rankdata(score)
    least = positives * (positives + 1) / 2
    return float((ranks[positive].sum() - least) / pairs)
