"""Which moved figure would change the ranking of options, and where there is only a tie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.estimates import Sample, difference
from sim.study.intervals import Interval, holm
from sim.study.ranking.systems import Sense, sign

Floats = NDArray[np.float64]

PAIR_COLUMNS = [
    "figure", "end", "value", "first", "second", "base_difference", "base_low", "base_high",
    "difference", "low", "high", "p_holm", "verdict",
]  # fmt: skip
COLUMNS = [
    "figure", "end", "value", "option", "mean", "rank", "base_rank", "difference", "low", "high",
    "standing", "verdict",
]  # fmt: skip
BASE = ("", "", "")
Move = tuple[str, str, str]


def pair_table(
    options: Sequence[str],
    values: dict[Move, list[Sample]],
    sense: Sense,
    confidence: float,
) -> pd.DataFrame:
    """Every two options beside each other at every move.

    Args:
        options: their names.
        values: by move (figure, end, value), a sample an option; ``BASE`` is as written.
        sense: whether less or more is better.
        confidence: of the intervals.

    Returns:
        A row a move and a pair: first (better at the base) and second; second less first, paired,
        at the base and at the move; p_holm over all rows; verdict: ``swapped`` (clear at both, in
        the other order), ``lost`` (clear at the base only), ``decided`` (clear at the move only),
        ``open`` (at neither), ``kept``.
    """
    order = _order(values[BASE], sense)
    rows, p_values = [], []
    for move, samples in values.items():
        if move == BASE:
            continue
        for first, second in combinations(order, 2):
            base = difference(values[BASE][second], values[BASE][first], confidence)
            here = difference(samples[second], samples[first], confidence)
            limits = (base.estimate, base.low, base.high, here.estimate, here.low, here.high)
            named = (options[first], options[second])
            rows.append((*move, *named, *limits, np.nan, _verdict(base, here)))
            p_values.append(here.p_value)
    return pd.DataFrame(rows, columns=PAIR_COLUMNS).assign(p_holm=holm(np.array(p_values)))


def ranking_table(
    options: Sequence[str],
    values: dict[Move, list[Sample]],
    sense: Sense,
    confidence: float,
) -> pd.DataFrame:
    """Ranks of all options at every move, and where they are to the one that is best at the base.

    Returns:
        A row a move and an option: its mean, its rank there and at the base; its difference to the
        one that is best at the base, paired; its standing to that one: ``ahead`` or ``behind`` if
        clear, or ``tied``, or ``best`` for that one itself. The verdict is of the move:
        ``overturned`` if any is ahead, ``tied`` if any is tied, ``kept``.
    """
    at_base = _order(values[BASE], sense)
    best = at_base[0]
    rows: list[tuple[object, ...]] = []
    for move, samples in values.items():
        here = _order(samples, sense)
        found = [difference(sample, samples[best], confidence) for sample in samples]
        standings = [
            "best" if option == best else _standing(one, sense) for option, one in enumerate(found)
        ]
        verdict = _of_move(standings)
        for option, (sample, one) in enumerate(zip(samples, found, strict=True)):
            ranks = (here.index(option) + 1, at_base.index(option) + 1)
            limits = (one.estimate, one.low, one.high)
            start = (*move, options[option], sample.estimate)
            rows.append((*start, *ranks, *limits, standings[option], verdict))
    return pd.DataFrame(rows, columns=COLUMNS)


def _order(samples: Sequence[Sample], sense: Sense) -> list[int]:
    """Options from the best to the worst; of equal ones, the one named first."""
    return sorted(range(len(samples)), key=lambda one: -sign(sense) * samples[one].estimate)


def is_clear_of_zero(low: float, high: float) -> bool:
    """Whether an interval leaves out zero; where there is none, nothing is clear."""
    return low > 0 or high < 0


def _is_clear(interval: Interval) -> bool:
    return is_clear_of_zero(interval.low, interval.high)


def _verdict(base: Interval, here: Interval) -> str:
    if _is_clear(base) and _is_clear(here):
        return "kept" if base.estimate * here.estimate > 0 else "swapped"
    if _is_clear(base):
        return "lost"
    return "decided" if _is_clear(here) else "open"


def _standing(interval: Interval, sense: Sense) -> str:
    if not _is_clear(interval):
        return "tied"
    return "ahead" if sign(sense) * interval.estimate > 0 else "behind"


def _of_move(standings: Sequence[str]) -> str:
    if "ahead" in standings:
        return "overturned"
    return "tied" if "tied" in standings else "kept"
