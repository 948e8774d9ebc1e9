"""Values of the factors at every point of a design."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import exp, floor, log

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from scipy.stats import qmc

from sim.scenario.design import Design, Factor

Values = tuple[JsonValue, ...]

_SEED = 2017
_DIGITS = 6


def grid_points(factors: Sequence[Factor]) -> Iterator[Values]:
    """Every combination of the factors' values, those of the last one changing fastest."""
    return product(*(factor.values or () for factor in factors))


def sampled_points(design: Design) -> list[Values]:
    """Points that fill the space of the factors evenly; the same ones for the same seed.

    A Latin hypercube cuts the range of every factor into as many strata as there are points and
    puts one point into each (McKay, Beckman & Conover, Technometrics 21, 1979). A Sobol sequence,
    scrambled (Owen, J. Complexity 14, 1998), is even in every pair of factors, too.
    """
    places = _unit_places(design)
    return [
        tuple(value_at(factor, place) for factor, place in zip(design.factors, row, strict=True))
        for row in places.tolist()
    ]


def _unit_places(design: Design) -> NDArray[np.float64]:
    """Shape (points, factors): where in its range, from 0 to 1, each factor of a point is."""
    number = design.points or 0
    seed = np.random.default_rng(_SEED if design.seed is None else design.seed)
    if design.kind == "sobol":
        sobol = qmc.Sobol(len(design.factors), rng=seed)
        return sobol.random_base2(number.bit_length() - 1)
    return qmc.LatinHypercube(len(design.factors), rng=seed).random(number)


def value_at(factor: Factor, place: float) -> JsonValue:
    """The value at a place from 0 to 1 of a factor's range, or of its values, all as wide.

    Numbers that are not whole have six digits, which tables show in full.
    """
    if factor.values is not None:
        return factor.values[min(int(place * len(factor.values)), len(factor.values) - 1)]
    assert factor.low is not None and factor.high is not None
    low, high = factor.low, factor.high
    if factor.integer:
        return int(min(max(floor(_within(low, high + 1, place, factor.scale)), low), high))
    value = float(f"{_within(low, high, place, factor.scale):.{_DIGITS}g}")
    return min(max(value, low), high)


def _within(low: float, high: float, place: float, scale: str) -> float:
    if scale == "log":
        return exp(log(low) + place * (log(high) - log(low)))
    return low + place * (high - low)
