"""Means and variances of differences of systems, updated replication by replication."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.study.choice.systems import Floats


class Moments:
    """Means and sums of products about them, by the updates of Welford (1962) for pairs.

    The same values in the same order give the same bits, however they were fetched.

    Attributes:
        number: replications so far.
        means: shape (systems,); of one that was left out later, of those before.
    """

    def __init__(self, systems: int) -> None:
        self.number = 0
        self.means = np.zeros(systems)
        self._products = np.zeros((systems, systems))

    def add(self, systems: Sequence[int], values: Floats) -> None:
        """Take in one replication of these systems, shape (len(systems),)."""
        self.number += 1
        before = values - self.means[systems]
        self.means[systems] += before / self.number
        after = values - self.means[systems]
        self._products[np.ix_(systems, systems)] += np.outer(before, after)

    def variances_of_differences(self) -> Floats:
        """Shape (systems, systems): sample variances, valid for pairs that were never left out.

        They are those of paired values: where luck is shared, what it explains is not in them.
        """
        own = np.diag(self._products)
        both = self._products + self._products.T
        return np.maximum(own[:, None] + own[None, :] - both, 0.0) / (self.number - 1)
