"""Where the figures of a study are put in their ranges; everything is drawn by key."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sim.traffic.draws import Draws

Floats = NDArray[np.float64]


def one_at_a_time(factors: int) -> Floats:
    """Each figure at its low and at its high end by itself.

    Returns:
        Shape (2 · factors, factors): low and high of the first, then of the second; NaN is as
        written.
    """
    places = np.full((2 * factors, factors), np.nan)
    for factor in range(factors):
        places[2 * factor : 2 * factor + 2, factor] = 0.0, 1.0
    return places


def trajectories(factors: int, number: int, levels: int, seed: int) -> Floats:
    """Walks through a grid that move one figure after another (Morris, Technometrics 33, 1991).

    Each step is levels / (2 · (levels - 1)) of a range, up or down. More walks of the same seed
    begin with the fewer ones.

    Args:
        factors: that are moved, in an order of its own in every walk.
        number: of walks.
        levels: of the grid, an even number.
        seed: of the walks.

    Returns:
        Shape (number, factors + 1, factors).
    """
    draws = Draws(seed, 0).under("morris")
    cells = np.arange(number * factors)
    shape = (number, factors)
    lower = np.floor(draws.uniform("level", cells) * (levels // 2)).reshape(shape)
    falls = draws.uniform("direction", cells).reshape(shape) < 0.5
    order = np.argsort(draws.uniform("order", cells).reshape(shape), axis=1, kind="stable")
    turn = np.argsort(order, axis=1, kind="stable")
    is_moved = np.arange(factors + 1)[None, :, None] > turn[:, None, :]
    is_high = is_moved ^ falls[:, None, :]
    return np.asarray((lower[:, None, :] + is_high * (levels // 2)) / (levels - 1))


def pick_and_freeze(factors: int, number: int, seed: int) -> Floats:
    """Two samples A and B, and A with each of its columns from B (Saltelli et al., CPC 181, 2010).

    They are halves of one scrambled Sobol sequence.

    Args:
        factors: that are moved.
        number: of points of each sample, a power of two.
        seed: of the scrambling.

    Returns:
        Shape (factors + 2, number, factors): A, B, then A with the first column of B, and so on.
    """
    sequence = qmc.Sobol(2 * factors, rng=np.random.default_rng(seed))
    both = sequence.random_base2(number.bit_length() - 1)
    a, b = both[:, :factors], both[:, factors:]
    mixed = [np.where(np.arange(factors) == factor, b, a) for factor in range(factors)]
    return np.stack([a, b, *mixed])
