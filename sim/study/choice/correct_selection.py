"""How probable it is that the chosen system is the best, judged by the values themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from sim.study.choice.systems import Floats


def estimated_probability(samples: Sequence[Floats], chosen: int, indifference: float) -> float:
    """Estimate that no system is better than the chosen one by more than a zone.

    The approximate probability of correct selection of Chen et al. 2000 (Discrete Event Dynamic
    Systems 10, 251-270): one less the sum, by Bonferroni, of the probabilities that each other
    system is better. Here with Student's t, and with the correlation of values that share their
    luck. It is an estimate: the choice was made on the same values.

    Args:
        samples: of each system, at least two values, more being better; those at the same place
            share their luck, or none do.
        chosen: place of the chosen one.
        indifference: width of the zone.

    Returns:
        0 where the sum is above one.
    """
    others = [sample for place, sample in enumerate(samples) if place != chosen]
    errors = [_better(other, samples[chosen], indifference) for other in others]
    return max(0.0, 1.0 - sum(errors))


def _better(other: Floats, chosen: Floats, indifference: float) -> float:
    lead = float(chosen.mean() - other.mean()) + indifference
    error = _error_of_difference(other, chosen)
    if error == 0:
        return float(lead < 0)
    return float(stats.t.sf(lead / error, min(len(other), len(chosen)) - 1))


def _error_of_difference(one: Floats, other: Floats) -> float:
    """Standard error of the difference of two means over numbers that may differ."""
    shared = min(len(one), len(other))
    first, second = (float(values.std(ddof=1)) / np.sqrt(len(values)) for values in (one, other))
    paired = _correlation(one[:shared], other[:shared])
    of_means = paired * np.sqrt(shared / max(len(one), len(other)))
    return float(np.sqrt(max(0.0, first**2 + second**2 - 2 * of_means * first * second)))


def _correlation(one: Floats, other: Floats) -> float:
    """Sample correlation; 0 where a sample does not vary.

    Summed without a library of linear algebra, so that every machine finds the same bits.
    """
    away, there = one - one.mean(), other - other.mean()
    product = float(np.sqrt((away**2).sum() * (there**2).sum()))
    return float((away * there).sum()) / product if product else 0.0
