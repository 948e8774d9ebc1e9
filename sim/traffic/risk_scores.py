"""Scores that a trained model gives to the rows of a table of declarations.

A consignment that hides a violation is scored like a row in which fraud was found, one that does
not like a row found clean: like the row its goods are drawn from where that fits, else like another
row of the table. So goods, traders and violations are the same whichever way an agency selects, and
the scores separate violations as they separate the fraud in the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class RowScores:
    """Scores of the rows of a table; shapes are (rows,). There are rows of both outcomes.

    Attributes:
        score: the higher, the riskier; of models that had not seen the outcome of the row.
        fraud: whether the examination of the row found fraud.
    """

    score: Floats
    fraud: Flags


@dataclass(frozen=True)
class Threshold:
    """All scores above ``score`` are selected, and this part of those equal to it."""

    score: float
    part: float


def scored_like(scores: RowScores, row: Ints, violating: Flags, luck: Floats) -> Ints:
    """Return shape (n,), the row whose score each consignment has.

    Args:
        scores: of the table.
        row: shape (n,), the row its goods are drawn from.
        violating: shape (n,), whether it hides a violation.
        luck: shape (n,), uniforms that choose another row where its own does not fit.
    """
    of_outcome = (np.flatnonzero(~scores.fraud), np.flatnonzero(scores.fraud))
    clean, fraud = ((luck * len(rows)).astype(np.int64) for rows in of_outcome)
    another = np.where(violating, of_outcome[1][fraud], of_outcome[0][clean])
    return np.where(scores.fraud[row] == violating, row, another)


def row_masses(scores: RowScores, weight: Floats, violation_share: float) -> Floats:
    """Return shape (rows,), the probability that a consignment is scored like each row.

    Args:
        scores: of the table.
        weight: shape (rows,), how often goods are drawn from each row; not all zero.
        violation_share: share of consignments that hide a violation.
    """
    drawn = weight / weight.sum()
    fraud_drawn = float(drawn[scores.fraud].sum())
    frauds = int(scores.fraud.sum())
    cleans = len(scores.fraud) - frauds
    like_fraud = violation_share * (drawn + (1 - fraud_drawn) / frauds)
    like_clean = (1 - violation_share) * (drawn + fraud_drawn / cleans)
    return np.asarray(np.where(scores.fraud, like_fraud, like_clean))


def threshold(score: Floats, mass: Floats, rate: float) -> Threshold:
    """Return the threshold at which a share ``rate`` of the mass is selected."""
    if rate <= 0:
        return Threshold(float("inf"), 0.0)
    levels, level = np.unique(score, return_inverse=True)
    at = np.bincount(level, weights=mass)
    reached = np.cumsum(at[::-1])[::-1]
    # The mass adds up to one but for rounding, so the lowest level always reaches the rate.
    found = max(0, int(np.count_nonzero(reached >= rate)) - 1)
    above = reached[found + 1] if found + 1 < len(levels) else 0.0
    part = (rate - above) / at[found] if at[found] else 1.0
    return Threshold(float(levels[found]), float(np.clip(part, 0.0, 1.0)))


def chosen(score: Floats, tier: Ints, thresholds: list[Threshold], luck: Floats) -> Flags:
    """Return shape (n,), whether a score passes the threshold of its tier; luck settles ties."""
    limit = np.array([each.score for each in thresholds])[tier]
    part = np.array([each.part for each in thresholds])[tier]
    return np.asarray((score > limit) | ((score == limit) & (luck < part)))
