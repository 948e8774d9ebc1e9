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
    Gamma,
    Hyperexponential,
    Lognormal,
    Triangular,
    Uniform,
)

TICKS_PER_HOUR = 3600
_NEWTON_STEPS = 100
Column = NDArray[np.float64]


def ticks(hours: ArrayLike) -> NDArray[np.int64]:
    """Turn hours into whole ticks (seconds), to the nearest."""
    return np.asarray(np.rint(np.asarray(hours) * TICKS_PER_HOUR), dtype=np.int64)


def sample(distribution: Distribution, uniform: Column) -> Column:  # noqa: PLR0911 - one a family
    """Return hours at the quantiles given by uniforms; they rise with the uniforms."""
    match distribution:
        case Constant():
            return np.full(uniform.shape, distribution.value)
        case Exponential():
            return -distribution.mean * np.log1p(-uniform)
        case Erlang() | Gamma():
            scale = distribution.mean / distribution.shape
            return np.asarray(gammaincinv(distribution.shape, uniform) * scale)
        case Hyperexponential():
            return _hyperexponential(distribution, uniform)
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


def _hyperexponential(distribution: Hyperexponential, uniform: Column) -> Column:
    """Invert the survival function by Newton's method on its logarithm.

    Minus the logarithm is concave and rises, so that each step from 0 stays below the root; steps
    end when none goes on.
    """
    share = distribution.first_share
    first, second = 1 / distribution.first_mean, 1 / distribution.second_mean
    aim = -np.log1p(-uniform)
    hours = np.zeros(uniform.shape)
    for _ in range(_NEWTON_STEPS):
        staying = share * np.exp(-first * hours), (1 - share) * np.exp(-second * hours)
        survival = staying[0] + staying[1]
        rate = (first * staying[0] + second * staying[1]) / survival
        further = np.maximum(hours, hours + (aim + np.log(survival)) / rate)
        if np.array_equal(further, hours):
            break
        hours = further
    return hours


def _triangular(distribution: Triangular, uniform: Column) -> Column:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    width = high - low
    rising = low + np.sqrt(uniform * width * (mode - low))
    falling = high - np.sqrt((1 - uniform) * width * (high - mode))
    return np.where(uniform * width < mode - low, rising, falling)
