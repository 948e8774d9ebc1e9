"""Distributions of the scenario applied to standard uniforms, by inversion."""

from __future__ import annotations

from typing import assert_never

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

from sim.scenario.duration import (
    Constant,
    Distribution,
    Erlang,
    Exponential,
    Lognormal,
    Triangular,
    Uniform,
)

TICKS_PER_HOUR = 3600
Column = NDArray[np.float64]


def ticks(hours: ArrayLike) -> NDArray[np.int64]:
    """Turn hours into whole ticks (seconds), to the nearest."""
    return np.asarray(np.rint(np.asarray(hours) * TICKS_PER_HOUR), dtype=np.int64)


def sample(distribution: Distribution, uniform: Column) -> Column:
    """Return hours at the quantiles given by uniforms; they rise with the uniforms."""
    match distribution:
        case Constant():
            return np.full(uniform.shape, distribution.value)
        case Exponential():
            return -distribution.mean * np.log1p(-uniform)
        case Erlang():
            scale = distribution.mean / distribution.shape
            return np.asarray(gammaincinv(distribution.shape, uniform) * scale)
        case Lognormal():
            return lognormal(distribution.mean, distribution.cv, uniform)
        case Uniform():
            return distribution.low + (distribution.high - distribution.low) * uniform
        case Triangular():
            return _triangular(distribution, uniform)
        case _:
            assert_never(distribution)


def lognormal(mean: float, cv: float, uniform: Column) -> Column:
    """Lognormal by mean and coefficient of variation."""
    variance = np.log1p(cv * cv)
    return np.asarray(mean * np.exp(np.sqrt(variance) * ndtri(uniform) - variance / 2))


def _triangular(distribution: Triangular, uniform: Column) -> Column:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    width = high - low
    rising = low + np.sqrt(uniform * width * (mode - low))
    falling = high - np.sqrt((1 - uniform) * width * (high - mode))
    return np.where(uniform * width < mode - low, rising, falling)
