"""Keyed luck in the shapes that experiments need: the same bits however many are repeated."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.traffic.draws import Draws

Floats = NDArray[np.float64]
_SEED = 2026


def luck(name: str, experiment: int) -> Draws:
    """Luck of one repetition of an experiment."""
    return Draws(_SEED, experiment).under(name)


def uniform(draws: Draws, purpose: str, *shape: int) -> Floats:
    """Uniform numbers of a shape; a longer first axis leaves the others as they are."""
    return draws.uniform(purpose, np.arange(prod(shape))).reshape(shape)


def normal(draws: Draws, purpose: str, *shape: int) -> Floats:
    """Standard normal deviates, by inversion."""
    return np.asarray(special.ndtri(uniform(draws, purpose, *shape)))


def deviates_at(draws: Draws, purpose: str, places: NDArray[np.int64]) -> Floats:
    """Standard normal deviates of some places, whichever others are asked for."""
    return np.asarray(special.ndtri(draws.uniform(purpose, places)))


def exponential(draws: Draws, purpose: str, *shape: int) -> Floats:
    """Exponential times of mean one, by inversion."""
    return np.asarray(-np.log(uniform(draws, purpose, *shape)))
