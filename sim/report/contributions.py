"""What each reform contributes, in words and numbers that tables and figures share."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import pandas as pd

from sim.report.kpi_families import better
from sim.report.labels import Labels
from sim.report.results import Change


@dataclass(frozen=True)
class Share:
    """What one reform contributes to one KPI.

    Attributes:
        reform: its label, with those that are taken out with it.
        before: level before it is added, in the order of the bundle.
        after: level with it.
        added: the difference between them.
        removed: what the whole bundle has through it: the whole less the whole without it.
    """

    reform: str
    before: float
    after: float
    added: Change
    removed: Change


def shares_of(table: pd.DataFrame, confidence: float, labels: Labels) -> dict[str, list[Share]]:
    """Shares of all reforms by KPI, in the order they are added.

    Args:
        table: as ``sim.study.contribution`` has it.
        confidence: of its intervals.
        labels: of the run.
    """
    shares: dict[str, list[Share]] = {}
    for row in table.to_dict("records"):
        shares.setdefault(row["kpi"], []).append(
            Share(
                _name(row, labels),
                row["before"],
                row["after"],
                _change(row, "added", 1 - confidence),
                _change(row, "removed", 1 - confidence),
            )
        )
    return shares


def _name(row: Mapping[Hashable, Any], labels: Labels) -> str:
    name = labels.word("reform", row["reform"])
    others = [labels.word("reform", other) for other in row["removed_with"].split()]
    if not others:
        return name
    return labels.text("removed_with", reform=name, others=", ".join(others))


def _change(row: Mapping[Hashable, Any], kind: str, alpha: float) -> Change:
    difference, low, high, p_holm = (
        row[f"{kind}_{end}"] for end in ("difference", "low", "high", "p_holm")
    )
    return Change(row["unit"], difference, low, high, nan, nan, nan, p_holm, alpha)


def verdict_of(kpi: str, change: Change) -> str:
    """``gain``, ``loss`` or ``unclear``."""
    direction = better(kpi)
    if direction is None or not change.is_clear:
        return "unclear"
    return "gain" if (change.difference < 0) == (direction == "lower") else "loss"
