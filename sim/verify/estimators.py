"""Estimates from sums over replications: means, ratios, variances, with honest intervals.

A replication gives the sums of a metric. A plain mean is estimated by the mean of the replication
means. Smooth functions of means are estimated by the jackknife over replications (Miller 1974):
pseudo-values whose mean is the estimate, of a bias of second order, and whose spread is its error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, SupportsFloat

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Form = Literal["mean", "ratio", "variance", "relative_change", "relative_saving"]

_FORMS: dict[Form, Callable[[Floats], Floats]] = {
    "mean": lambda sums: sums[..., 0],
    "ratio": lambda sums: sums[..., 0] / sums[..., 1],
    "variance": lambda sums: sums[..., 2] / sums[..., 0] - (sums[..., 1] / sums[..., 0]) ** 2,
    "relative_change": lambda sums: sums[..., 0] / sums[..., 1] - 1,
    "relative_saving": lambda sums: 1 - sums[..., 0] / sums[..., 1],
}


@dataclass(frozen=True)
class Sums:
    """What one replication tells of a metric: sums, what they make, and how lucky it was.

    Attributes:
        form: what the sums make.
        values: the sums.
        controls: numbers of mean zero that explain some of its luck.
        squares: more of them, where its square counts.
        of_engine: whether the engine has a part in it; it has none in what is drawn.
    """

    form: Form
    values: tuple[float, ...]
    controls: tuple[float, ...] = ()
    squares: tuple[float, ...] = ()
    of_engine: bool = True


def mean(value: SupportsFloat) -> Sums:
    """A metric whose replication means are averaged."""
    return Sums("mean", (float(value),))


def ratio(total: SupportsFloat, number: SupportsFloat) -> Sums:
    """A metric that is one sum over another, such as of waits over their number."""
    return Sums("ratio", (float(total), float(number)))


def mean_of(sample: ArrayLike) -> Sums:
    """The mean of what is observed, however much it is in each replication."""
    values = np.asarray(sample, dtype=np.float64)
    return ratio(values.sum(), values.size)


def variance_of(sample: ArrayLike) -> Sums:
    """The variance of what is observed."""
    values = np.asarray(sample, dtype=np.float64)
    return Sums("variance", (float(values.size), float(values.sum()), float(values @ values)))


def pseudo_values(form: Form, sums: Floats) -> Floats:
    """Shape (replications,): independent values whose mean is the estimate.

    Args:
        form: what the sums make.
        sums: shape (replications, sums).
    """
    if form == "mean":
        return np.asarray(sums[:, 0])
    number = len(sums)
    total = sums.sum(axis=0)
    whole = _FORMS[form](total / number)
    without_one = _FORMS[form]((total - sums) / (number - 1))
    return np.asarray(number * whole - (number - 1) * without_one)
