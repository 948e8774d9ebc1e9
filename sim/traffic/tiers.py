"""Credit tiers that move with what examinations find."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resources import TIERS
from sim.scenario.traffic import Record
from sim.traffic.inspection import Inspection

Ints = NDArray[np.int64]
DAY = 86_400


def with_record(
    record: Record,
    arrival: Ints,
    trader: Ints,
    tier: Ints,
    inspect: Callable[[Ints, Ints], Inspection],
) -> Iterator[tuple[Ints, Ints, Inspection]]:
    """Walk through the review periods; yield positions, their tiers, and their inspection.

    Findings are those of each agency's own examination of what it opened. The record starts with
    the run and knows one flow only.

    Args:
        record: when a tier rises or falls.
        arrival: shape (n,), ticks.
        trader: shape (n,), numbers of the traders.
        tier: shape (n,), index into TIERS at the start.
        inspect: draws the inspection of some positions under some tiers.
    """
    _, trader = np.unique(trader, return_inverse=True)
    current = np.zeros(trader.max(initial=-1) + 1, dtype=np.int64)
    current[trader] = tier
    period = (arrival / (record.review_days * DAY)).astype(np.int64)
    for number in range(int(period.max(initial=-1)) + 1):
        positions = np.flatnonzero(period == number)
        tiers = current[trader[positions]]
        inspection = inspect(positions, tiers)
        yield positions, tiers, inspection
        current = _reviewed(record, current, trader[positions], inspection)


def _reviewed(record: Record, tier: Ints, trader: Ints, inspection: Inspection) -> Ints:
    opened, findings = (
        np.sum(
            [
                np.bincount(trader, weights=column, minlength=len(tier))
                for name, column in inspection.flags.items()
                if name.endswith(suffix)
            ],
            axis=0,
        )
        for suffix in ("_opened", "_finding")
    )
    falls = findings >= record.downgrade_findings
    rises = (findings == 0) & (opened >= record.upgrade_clean)
    return np.asarray(np.clip(tier + falls - rises, 0, len(TIERS) - 1))
