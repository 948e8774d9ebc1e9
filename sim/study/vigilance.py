"""The condition on a time or a cost that is met: as many violations are found as before reform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import nan

import pandas as pd

from sim.scenario.target import Target

MISSES_MORE = "met_but_misses_more"
DETECTION_UNDECIDED = "met_detection_undecided"
NOTHING_MEASURED = ""
_TIME_OR_COST = ("h", "CNY", "USD")
_WITHIN_HOURS = ".within_"
_PREFIX, _SUFFIX = "detection.", ".found_share"


@dataclass(frozen=True)
class FoundShare:
    """The change of the share of violations that an agency finds, as simulated less baseline.

    ``is_clear`` where it differs from zero after Holm's correction.
    """

    agency: str
    change: float
    low: float
    high: float
    is_clear: bool


UNKNOWN = FoundShare(NOTHING_MEASURED, nan, nan, nan, is_clear=False)


def is_conditional(target: Target, unit: str) -> bool:
    """Whether it is about a time or a cost, which less inspection would always better.

    What was put in, or calibrated to, is no merit of a reform, and under no condition.
    """
    is_merit = target.role in ("outcome", "goal")
    return is_merit and (unit.startswith(_TIME_OR_COST) or _WITHIN_HOURS in target.kpi)


def found_shares(
    target: Target, scenario: str, comparison: pd.DataFrame, alpha: float
) -> list[FoundShare]:
    """Changes by agency, of the target's own flow where it is about one, else of all goods.

    Args:
        target: laid beside the scenario.
        scenario: compared with its own baseline.
        comparison: as ``comparison_table`` has it.
        alpha: below it, a p-value after Holm's correction is clear.
    """
    rows = {
        str(row["kpi"]): row
        for row in comparison[comparison["scenario"] == scenario].to_dict("records")
    }
    flow = f"{target.kpi.partition('.')[0]}."
    return list(_of_group(flow, rows, alpha)) or list(_of_group("", rows, alpha))


def _of_group(
    group: str, rows: Mapping[str, Mapping[object, float]], alpha: float
) -> Iterator[FoundShare]:
    prefix = group + _PREFIX
    for kpi, row in rows.items():
        if kpi.startswith(prefix) and kpi.endswith(_SUFFIX):
            agency = kpi.removeprefix(prefix).removesuffix(_SUFFIX)
            is_clear = row["p_holm"] < alpha
            yield FoundShare(agency, row["difference"], row["low"], row["high"], is_clear)


def price(shares: list[FoundShare], margin: float) -> tuple[str, FoundShare | None]:
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
    falls = [share for share in open_ones if share.is_clear and share.high < 0]
    verdict = MISSES_MORE if falls else DETECTION_UNDECIDED
    return verdict, min(falls or open_ones, key=lambda share: share.change)
