"""Levels of a factor: the values it takes, or ranges of them where there are many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from sim.study.design.sweep import plain

MOST_LEVELS = 8
LEAST_MEMBERS = 8
"""Points of a range, or of a pair of ranges, that are wanted at least."""

Mask = NDArray[np.bool_]
Group = NDArray[np.int64]
"""Shape (points,): the level of a factor, from 0, at each point. Every level has a point."""


@dataclass(frozen=True)
class Level:
    """Points in which a factor has one value, or one of a range.

    Attributes:
        values: the one value, or the least and the greatest of a range.
        members: shape (points,), whether a point is one of them.
    """

    values: tuple[JsonValue, ...]
    members: Mask

    @property
    def name(self) -> str:
        """As tables have it: ``8`` or ``8 to 12``."""
        return " to ".join(
            f"{value:g}" if isinstance(value, float) else str(plain(value)) for value in self.values
        )


def levels_of(values: Sequence[JsonValue], ranges: int) -> list[Level]:
    """Split points by their values of a factor.

    Numbers come in rising order, anything else in the order it is met. More than ``MOST_LEVELS``
    numbers become ranges with about as many points each; equal numbers stay together.

    Args:
        values: one a point.
        ranges: how many there are, where there are ranges.
    """
    if not all(is_number(value) for value in values):
        cells = [json.dumps(value) for value in values]
        return [
            Level((values[cells.index(cell)],), np.array([other == cell for other in cells]))
            for cell in dict.fromkeys(cells)
        ]
    column = np.array(values, dtype=np.float64)
    distinct = np.unique(column)
    if len(distinct) <= MOST_LEVELS:
        return [Level((values[int(np.argmax(column == one))],), column == one) for one in distinct]
    edges = np.unique(np.quantile(column, np.arange(1, ranges) / ranges, method="higher"))
    place = np.searchsorted(edges, column, side="right")
    return [_range(column, place == number, values) for number in np.unique(place)]


def group_of(levels: Sequence[Level]) -> Group:
    """The place among the levels of a factor of that which each point has."""
    return np.asarray(np.argmax([level.members for level in levels], axis=0))


def is_number(value: JsonValue) -> bool:
    """Whether a value is a number, and not merely true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _range(column: NDArray[np.float64], members: Mask, values: Sequence[JsonValue]) -> Level:
    inside = np.flatnonzero(members)
    ends = inside[np.argmin(column[inside])], inside[np.argmax(column[inside])]
    least, most = (values[int(end)] for end in ends)
    return Level((least,) if least == most else (least, most), members)
