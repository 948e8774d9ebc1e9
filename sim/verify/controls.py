"""Control variates: sums of draws about their known means, which tell how lucky a path was.

The service of a customer is independent of the wait he finds, and the gap until the next one of
his time in system. So the sum of (wait to some power) times (service less its mean) has mean zero,
whatever the line does, as long as it does not look ahead; so has its twin for gaps. Estimates are
freed from as much of their noise as the sums explain (Lavenberg & Welch 1981, Management Science
27; sums weighted by the state: Henderson & Glynn 2002, Mathematics of Operations Research 27).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag

from sim.verify.clock import Clock
from sim.verify.line_measures import Visits, arrived

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_POWERS = np.arange(2)
_FOLDS = 10


@dataclass(frozen=True)
class Controls:
    """Sums over a window, divided by the root of its length.

    Attributes:
        sums: shape (controls,), each of mean zero.
        spread: shape (controls, controls), whose mean is the covariance of the sums.
    """

    sums: Floats
    spread: Floats

    @property
    def squares(self) -> Floats:
        """Products of the sums less their spread, once a pair: of mean zero too."""
        pairs = np.triu_indices(len(self.sums))
        return np.asarray((np.outer(self.sums, self.sums) - self.spread)[pairs])


def controls_of(
    visits: Visits, work: Ints, gap: float, service: tuple[float, float], clock: Clock
) -> Controls:
    """Return the controls of a line with Poisson arrivals and independent services.

    Args:
        visits: in order of arrival, with some after the window.
        work: ticks.
        gap: mean time between arrivals, in model units.
        service: mean and squared coefficient of variation of the services.
        clock: the window.
    """
    inside = np.flatnonzero(arrived(visits.arrival, clock))
    unit = np.sqrt(clock.relaxation * clock.scale)
    wait = (visits.start - visits.arrival)[inside] / unit
    stay = (visits.end - visits.arrival)[inside] / unit
    gaps = (visits.arrival[inside + 1] - visits.arrival[inside]) / clock.scale
    mean, scv = service
    parts = [(stay, gaps - gap, gap**2)]
    if scv:
        parts.append((wait, work[inside] / clock.scale - mean, scv * mean**2))
    sums, spreads = [], []
    for state, luck, variance in parts:
        weights = state ** _POWERS[:, None]
        sums.append(weights @ luck)
        spreads.append(variance * (weights @ weights.T))
    return Controls(
        np.concatenate(sums) / np.sqrt(clock.measured), block_diag(*spreads) / clock.measured
    )


def largest_error(controls: Floats) -> float:
    """Return how many standard errors the mean of some control is off, at most.

    What draws from a wrong distribution would otherwise be taken for luck.

    Args:
        controls: shape (replications, controls); there may be none.
    """
    errors = controls.std(axis=0, ddof=1) / np.sqrt(len(controls))
    return float((np.abs(controls.mean(axis=0)) / errors).max(initial=0.0))


def without_luck(values: Floats, controls: Floats) -> Floats:
    """Take from values what controls explain of them.

    How much that is, is learnt for each tenth of the replications from all others, so that what is
    taken away has mean zero (Avramidis & Wilson 1993, Operations Research Letters 14).

    Args:
        values: shape (replications,).
        controls: shape (replications, controls); there may be none.

    Returns:
        Shape (replications,).
    """
    if not controls.shape[1]:
        return values
    adjusted = np.empty_like(values)
    fold = np.arange(len(values)) % _FOLDS
    for number in range(_FOLDS):
        own = fold == number
        known = np.column_stack([np.ones(np.count_nonzero(~own)), controls[~own]])
        explained = np.linalg.lstsq(known, values[~own], rcond=None)[0][1:]
        adjusted[own] = values[own] - controls[own] @ explained
    return adjusted
