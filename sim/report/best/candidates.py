"""The candidates of a choice in the order they are shown in."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.report.labels import Labels
from sim.report.numbers import amount, change
from sim.study.choice.systems import Sense, sign

_RANKS = {"chosen": 0, "not_chosen": 1, "eliminated": 1, "equal": 1, "set_aside": 2}


@dataclass(frozen=True)
class CandidateRow:
    """One candidate as text; ``fate`` says why it was not chosen."""

    name: str
    n: int
    mean: str
    behind: str
    fate: str


def shown_order(candidates: pd.DataFrame, sense: Sense) -> pd.DataFrame:
    """The chosen one first, then those that stayed longest, the better mean first; then the rest.

    Args:
        candidates: as ``candidate_table`` has them.
        sense: whether less or more is better.
    """
    keys = candidates.assign(
        rank=candidates["fate"].map(_RANKS), worse=-sign(sense) * candidates["mean"]
    )
    order = keys.sort_values(["rank", "n", "worse"], ascending=[True, False, True], kind="stable")
    return candidates.loc[order.index].reset_index(drop=True)


def candidate_rows(candidates: pd.DataFrame, sense: Sense, labels: Labels) -> list[CandidateRow]:
    """Rows in the order of ``shown_order``."""
    return [
        CandidateRow(
            labels.short_point(row["candidate"]),
            int(row["n"]),
            amount(row["mean"], row["unit"]),
            "" if row["fate"] == "chosen" else change(row["behind"], row["unit"]),
            _fate(row, labels),
        )
        for row in shown_order(candidates, sense).to_dict("records")
    ]


def _fate(row: Mapping[Hashable, Any], labels: Labels) -> str:
    texts = {"chosen": "chosen", "not_chosen": ""}
    fall = ""
    if isinstance(row["fewer_found_by"], str):
        agency = labels.word("agency", row["fewer_found_by"])
        fall = f"fewer violations found, {agency} {change(row['fewer_found'], '1')}"
    if row["fate"] == "eliminated":
        texts["eliminated"] = f"behind {labels.short_point(row['eliminated_by'])}"
    elif row["fate"] == "equal":
        texts["equal"] = f"the same as {labels.short_point(row['eliminated_by'])}"
    elif row["fate"] == "set_aside":
        texts["set_aside"] = "set aside"
    return "; ".join(text for text in (texts[row["fate"]], fall) if text)
