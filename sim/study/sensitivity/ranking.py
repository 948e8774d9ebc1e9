"""Which moved figure would change the ranking of options, and where there is only a tie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.choice.systems import Sense, sign
from sim.study.estimates import Sample, difference
from sim.study.intervals import Interval, holm

Floats = NDArray[np.float64]

PAIR_COLUMNS = [
    "figure", "end", "value", "first", "second", "base_difference", "base_low", "base_high",
    "difference", "low", "high", "p_holm", "verdict",
]  # fmt: skip
COLUMNS = [
    "figure", "end", "value", "option", "mean", "rank", "base_rank", "difference", "low", "high",
    "p_holm", "standing", "verdict",
]  # fmt: skip
MOVE_COLUMNS = ("figure", "end", "value")
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
        values: by move (figure, end, value), a sample an option; ``BASE``, as written, is first.
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
        one that is best at the base, paired, with the interval of one comparison; p_holm over all
        moves and options, or over all options as written; its standing to that one: ``ahead`` or
        ``behind`` if clear after this correction, or ``tied``, or ``best`` for that one itself. The
        verdict is of the move: ``overturned`` if any is ahead, ``tied`` if any is tied, ``kept``;
        where there is a tie as written, ``decided`` in the place of ``kept``.
    """
    at_base = _order(values[BASE], sense)
    best = at_base[0]
    rows: list[tuple[object, ...]] = []
    p_values: list[float] = []
    for move, samples in values.items():
        here = _order(samples, sense)
        for option, sample in enumerate(samples):
            one = difference(sample, samples[best], confidence)
            ranks = (here.index(option) + 1, at_base.index(option) + 1)
            limits = (one.estimate, one.low, one.high)
            rows.append((*move, options[option], sample.estimate, *ranks, *limits, np.nan, "", ""))
            p_values.append(np.nan if option == best else one.p_value)
    corrected = _corrected(np.array(p_values), len(options))
    table = pd.DataFrame(rows, columns=COLUMNS).assign(p_holm=corrected)
    lead = sign(sense) * table["difference"]
    is_clear = table["p_holm"] <= 1 - confidence
    table["standing"] = np.select(
        [table["base_rank"] == 1, is_clear & (lead > 0), is_clear],
        ["best", "ahead", "behind"],
        "tied",
    )
    by_move = table.groupby(list(MOVE_COLUMNS), sort=False)["standing"]
    verdicts = by_move.transform(_of_move)
    if verdicts.iloc[0] == "tied":
        verdicts = verdicts.replace("kept", "decided")
    return table.assign(verdict=verdicts)


def _corrected(p_values: Floats, options: int) -> Floats:
    """Holm's p-values over all moves; as written, which comes first, is a family of its own."""
    return np.concatenate([holm(p_values[:options]), holm(p_values[options:])])


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


def _of_move(standings: pd.Series) -> str:
    if (standings == "ahead").any():
        return "overturned"
    return "tied" if (standings == "tied").any() else "kept"
