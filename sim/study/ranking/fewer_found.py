"""Which scenarios find clearly fewer violations: "inspect less" always wins on time alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

FOUND_SHARE = re.compile(r"detection\.(\w+)\.found_share")
"""KPIs that say which share of violations an agency finds."""


@dataclass(frozen=True)
class FewerFound:
    """An agency that finds a clearly smaller share of violations, and by how much."""

    agency: str
    difference: float


def fewer_found(scenario: str, comparison: pd.DataFrame, alpha: float) -> FewerFound | None:
    """The greatest clear fall of the share an agency finds; clear means after Holm, too.

    Args:
        scenario: whose falls are meant.
        comparison: differences to the baseline, as ``comparison_table`` has them.
        alpha: error of one comparison, or of all after Holm.
    """
    falls = [
        FewerFound(match[1], row["difference"])
        for row in comparison[comparison["scenario"] == scenario].to_dict("records")
        if (match := FOUND_SHARE.fullmatch(row["kpi"]))
        and row["high"] < 0
        and row["p_holm"] < alpha
    ]
    return min(falls, key=lambda fall: fall.difference, default=None)
