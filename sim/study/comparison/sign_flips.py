"""How large the largest of several dependent t statistics is where nothing differs.

Without a difference, a paired difference is as likely to be that much above zero as below it. So
the signs of whole replications are turned round, those of all scenarios together, and the largest
|t| of each pattern of signs is noted: Westfall & Young (Resampling-Based Multiple Testing, 1993)
with the studentised maximum of Romano & Wolf (JASA 100, 2005). The dependence of scenarios, and of
their standard errors, is that of the data; no correlation is estimated.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.traffic.draws import Draws

Floats = NDArray[np.float64]

_PATTERNS_LOG2 = 12
_SEED = 1955
_KEPT = 8


class LargestT:
    """The largest absolute value of k t statistics.

    Signs are turned round of the differences as they are, which is exact where nothing differs, and
    of those about their means, where much does; the less sure of the two is told. All patterns of
    signs are taken where they are at most 4,096, else as many that are drawn by key. Sums are taken
    element by element, without a library of linear algebra, so that every machine finds the same
    bits.
    """

    def __init__(self, differences: Floats) -> None:
        """Take paired differences, shape (k, replications), each of which varies."""
        means = differences.mean(axis=1, keepdims=True)
        signs = _signs(differences.shape[1])
        sums = np.zeros((len(differences), signs.shape[1]))
        for column, row in zip(differences.T, signs, strict=True):
            sums += column[:, None] * row
        self._largest = (
            _largest(sums, differences),
            _largest(sums - means * signs.sum(axis=0), differences - means),
        )

    def exceeds(self, value: float) -> float:
        """Share of patterns in which the largest is at least this value."""
        return max(
            1 - int(np.searchsorted(found, value, side="left")) / len(found)
            for found in self._largest
        )

    def quantile(self, probability: float) -> float:
        """The value above which a statistic is exceeded in a share below 1 − probability."""
        place = max(1, ceil((1 - probability) * len(self._largest[0])))
        return max(float(found[-place]) for found in self._largest)


def _largest(sums: Floats, values: Floats) -> Floats:
    """Largest |t| of each pattern, in order, from sums of the values with their signs."""
    number = values.shape[1]
    # The squares of values are the same whatever their signs are.
    shares = sums**2 / (number * (values**2).sum(axis=1, keepdims=True))
    with np.errstate(divide="ignore"):
        statistics = np.sqrt((number - 1) * shares / np.maximum(1 - shares, 0.0))
    return np.asarray(np.sort(statistics.max(axis=0)))


@lru_cache(maxsize=_KEPT)
def _signs(number: int) -> Floats:
    """Shape (number, patterns): +1 and −1; the first row is 1, as turning all changes no |t|."""
    turned = number - 1
    patterns = np.arange(1 << min(turned, _PATTERNS_LOG2))
    if turned <= _PATTERNS_LOG2:
        is_turned = (patterns >> np.arange(turned)[:, None]) & 1 == 1
    else:
        entities = np.arange(turned * len(patterns))
        is_turned = Draws(_SEED, 0).uniform("signs", entities).reshape(turned, -1) < 0.5
    return np.vstack([np.ones((1, len(patterns))), np.where(is_turned, -1.0, 1.0)])
