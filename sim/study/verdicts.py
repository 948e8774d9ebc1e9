"""Whether an estimate meets a published figure, and how probable that is."""

from __future__ import annotations

from math import isnan, nan

from sim.scenario.target import Target
from sim.study.intervals import Interval


def side(target: Target, found: Interval) -> str:
    """Say on which side of a figure the whole interval lies: ``met``, ``missed``, ``undecided``.

    A figure to be equal to is met where the interval lies within its tolerance, and missed where
    it lies outside. An interval without limits decides nothing.
    """
    if isnan(found.low) or isnan(found.high):
        return "undecided"
    least, most = _range(target)
    if least <= found.low and found.high <= most:
        return "met"
    return "missed" if found.high < least or found.low > most else "undecided"


def probability_of(target: Target, found: Interval) -> float:
    """Confidence in a true value that meets the figure, by Student's t; NaN without an error."""
    if isnan(found.error):
        return nan
    least, most = _range(target)
    if found.error == 0:
        return float(least <= found.estimate <= most)
    return found.probability_at_most(most) - found.probability_at_most(least)


def _range(target: Target) -> tuple[float, float]:
    """Values that meet the figure, both ends among them."""
    if target.tolerance is not None:
        return target.value - target.tolerance.value, target.value + target.tolerance.value
    if target.sense == "at_most":
        return -float("inf"), target.value
    return target.value, float("inf")
