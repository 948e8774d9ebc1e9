"""What each factor of a design adds beside the others: least squares where levels do not balance.

Where a point is missing, or rows were listed at will, the plain mean of a level is one over other
values of the other factors than that of the next level: what those do is laid at its door. The
additive model tells them apart, as far as the points do (Searle, Speed & Milliken, The American
Statistician 34, 1980: population marginal means).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.study.design.levels import Group

Floats = NDArray[np.float64]

_LEAST_PIVOT = 1e-9


def is_balanced(groups: Sequence[Group]) -> bool:
    """Whether every two levels of two factors meet as often as in proportion to their points.

    Then plain means of levels are those of least squares.
    """
    return all(_is_proportionate(one, other) for one, other in combinations(groups, 2))


def _is_proportionate(one: Group, other: Group) -> bool:
    meetings = np.zeros((one.max() + 1, other.max() + 1), dtype=np.int64)
    np.add.at(meetings, (one, other), 1)
    expected = meetings.sum(axis=1)[:, None] * meetings.sum(axis=0)
    return bool((meetings * len(one) == expected).all())


def adjusted_effects(groups: Sequence[Group], place: int, values: Floats) -> Floats:
    """Effects of the levels of one factor beside those of all others; they sum to zero.

    Args:
        groups: of all factors.
        place: of the factor.
        values: shape (points, columns); a column with NaN has NaN effects.

    Returns:
        Shape (levels, columns); NaN where the points cannot tell the factor from the others.
    """
    others = [_constant(values), *(_contrasts(group) for group in _without(groups, place))]
    own = _contrasts(groups[place])
    found, _ = _least_squares(np.hstack(others), own, values)
    return np.vstack([found, -found.sum(axis=0)])


def adjusted_mean(groups: Sequence[Group], values: Floats) -> Floats:
    """Shape (columns,): the mean over all levels of all factors, each as often as the others."""
    others = np.hstack([_contrasts(group) for group in groups])
    found, _ = _least_squares(others, _constant(values), values)
    return np.asarray(found[0])


def residuals(groups: Sequence[Group], values: Floats) -> Floats:
    """Shape (points, columns): what the factors do not explain by adding up."""
    columns = np.hstack([_constant(values), *(_contrasts(group) for group in groups)])
    _, left = _least_squares(columns, np.empty((len(values), 0)), values)
    return left


def _without(groups: Sequence[Group], place: int) -> list[Group]:
    return [group for other, group in enumerate(groups) if other != place]


def _constant(values: Floats) -> Floats:
    return np.ones((len(values), 1))


def _contrasts(group: Group) -> Floats:
    """Shape (points, levels − 1): 1 at a level, −1 at the last one."""
    last = int(group.max())
    levels = np.arange(last)
    return np.asarray((group[:, None] == levels).astype(np.float64) - (group == last)[:, None])


def _least_squares(others: Floats, own: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Coefficients of own columns beside others, and what all of them leave.

    Modified Gram–Schmidt (Björck, BIT 7, 1967), summed without a library of linear algebra, so that
    every machine finds the same bits. Columns that depend on those before are left out; where an
    own one does, coefficients are NaN.
    """
    known = others.shape[1] + own.shape[1]
    table = np.hstack([others, own, values])
    sizes = np.sqrt((table[:, :known] ** 2).sum(axis=0))
    shares = np.zeros((known, table.shape[1]))
    for place in range(known):
        column = table[:, place]
        size = float(np.sqrt((column**2).sum()))
        if size <= _LEAST_PIVOT * sizes[place]:
            continue
        unit = column / size
        shares[place, place] = size
        shares[place, place + 1 :] = (unit[:, None] * table[:, place + 1 :]).sum(axis=0)
        table[:, place + 1 :] -= unit[:, None] * shares[place, place + 1 :]
    return _solved(shares[others.shape[1] :], others.shape[1], known), table[:, known:]


def _solved(shares: Floats, start: int, stop: int) -> Floats:
    """Solve a triangular system from its last row; NaN if any of its pivots is missing."""
    triangle, right = shares[:, start:stop], shares[:, stop:]
    found = np.full(right.shape, np.nan)
    if not triangle.diagonal().all():
        return found
    for row in reversed(range(len(found))):
        after = (triangle[row, row + 1 :, None] * found[row + 1 :]).sum(axis=0)
        found[row] = (right[row] - after) / triangle[row, row]
    return found
