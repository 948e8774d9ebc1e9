"""Tornado: what each figure does to a KPI when it is moved by itself, down and up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.estimates import Sample, difference, relative
from sim.study.intervals import holm
from sim.study.sensitivity.plan import Plan

Floats = NDArray[np.float64]

ENDS = ("down", "up")
COLUMNS = [
    "figure", "end", "value", "baseline", "difference", "low", "high", "relative", "p_holm", "n",
]  # fmt: skip


def tornado_table(plan: Plan, base: Sample, values: Floats, confidence: float) -> pd.DataFrame:
    """Paired differences to the scenario as it is written, the largest first.

    Args:
        plan: of ``one_at_a_time``.
        base: the KPI as the scenario is written.
        values: shape (2 · figures, replications).
        confidence: of the intervals.

    Returns:
        Two rows a figure, with the columns in ``COLUMNS``: difference, low and high in the unit of
        the KPI, relative to the baseline, p_holm over all rows. An end to which a figure cannot be
        moved has no row.
    """
    rows, p_values = [], []
    for place, ((name, end), point) in enumerate(zip(moves(plan.names), plan.points, strict=True)):
        if point is plan.start:
            continue
        sample = Sample(base.unit, values[place])
        found = difference(sample, base, confidence)
        share = relative(sample, base, confidence).estimate
        text = plan.ends[name][ENDS.index(end)]
        limits = (found.estimate, found.low, found.high, share)
        rows.append((name, end, text, base.estimate, *limits, np.nan, found.n))
        p_values.append(found.p_value)
    table = pd.DataFrame(rows, columns=COLUMNS).assign(p_holm=holm(np.array(p_values)))
    reach = table.groupby("figure")["difference"].transform(lambda found: found.abs().max())
    order = reach.sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def moves(names: Sequence[str]) -> list[tuple[str, str]]:
    """Figure and end of every row of ``one_at_a_time``."""
    return [(name, end) for name in names for end in ENDS]
