"""As many violations found as before reform: "inspect less" always wins on time or cost alone."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import pandas as pd

from sim.scenario.target import Target

MISSES_MORE = "met_but_misses_more"
DETECTION_UNDECIDED = "met_detection_undecided"
NOTHING_MEASURED = ""
_TIME_OR_COST = ("h", "CNY", "USD")
_WITHIN_HOURS = ".within_"
_FOUND_SHARE = re.compile(r"detection\.(?P<agency>\w+)\.found_share")


@dataclass(frozen=True)
class FoundShareChange:
    """The change of the share of violations that an agency finds, as simulated less baseline.

    ``is_clear`` where it differs from zero after Holm's correction.
    """

    agency: str
    change: float
    low: float
    high: float
    is_clear: bool

    @property
    def falls(self) -> bool:
        """Whether a smaller share is found, clearly."""
        return self.is_clear and self.high < 0


UNKNOWN = FoundShareChange(NOTHING_MEASURED, nan, nan, nan, is_clear=False)


def is_conditional(target: Target, unit: str) -> bool:
    """Whether it is about a time or a cost, which less inspection would always better.

    What was put in, or calibrated to, is no merit of a reform, and under no condition.
    """
    is_merit = target.role in ("outcome", "goal")
    return is_merit and (unit.startswith(_TIME_OR_COST) or _WITHIN_HOURS in target.kpi)


def agency_of(kpi: str) -> str | None:
    """The agency whose share of violations found a KPI of all goods is; None for other KPIs."""
    found = _FOUND_SHARE.fullmatch(kpi)
    return found["agency"] if found else None


def found_share_changes(
    scenario: str, comparison: pd.DataFrame, alpha: float, flow: str | None = None
) -> list[FoundShareChange]:
    """Changes of the shares of violations that agencies find.

    Args:
        scenario: compared with its own baseline.
        comparison: as ``comparison_table`` has it.
        alpha: below it, a p-value after Holm's correction is clear.
        flow: whose goods are meant, if it has such shares; else all goods.
    """
    rows = comparison[comparison["scenario"] == scenario].to_dict("records")
    of_flow = list(_of_group(f"{flow}.", rows, alpha)) if flow else []
    return of_flow or list(_of_group("", rows, alpha))


def _of_group(
    group: str, rows: Iterable[Mapping[Hashable, Any]], alpha: float
) -> Iterator[FoundShareChange]:
    for row in rows:
        kpi = str(row["kpi"])
        agency = agency_of(kpi.removeprefix(group)) if kpi.startswith(group) else None
        if agency:
            is_clear = row["p_holm"] < alpha
            yield FoundShareChange(agency, row["difference"], row["low"], row["high"], is_clear)


def worst_fall(shares: Iterable[FoundShareChange]) -> FoundShareChange | None:
    """The greatest clear fall, if there is one."""
    falls = [share for share in shares if share.falls]
    return min(falls, key=lambda share: share.change, default=None)


def price(shares: list[FoundShareChange], margin: float) -> tuple[str, FoundShareChange | None]:
    """Return the verdict on what is met at this price, and the agency that decides it.

    ``met`` only where no agency's share falls by more than the margin, by the lower limits of all
    of them: a test of non-inferiority (Piaggio et al., JAMA 308(24), 2012) of each agency, which
    together need no correction (Berger, Technometrics 24(4), 1982). Else it is
    ``met_but_misses_more`` where a share clearly falls, and ``met_detection_undecided`` where that
    is not clear either.
    """
    if not shares:
        return DETECTION_UNDECIDED, UNKNOWN
    open_ones = [share for share in shares if not share.low >= -margin]
    if not open_ones:
        return "met", None
    if fall := worst_fall(open_ones):
        return MISSES_MORE, fall
    return DETECTION_UNDECIDED, min(open_ones, key=lambda share: share.change)
