"""Points that no other one is better than in every respect, and those that may be among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.study.design.sweep import Sweep, point_table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Better = Literal["lower", "higher"]

STANDING = "standing"
TIED_WITH = "tied_with"


def pareto_table(sweep: Sweep, better: Mapping[str, Better]) -> pd.DataFrame:
    """The Pareto front on means, and the points it cannot be told from.

    A point is ``tied`` if others are better on means, but none of them is clearly at least as good
    in every KPI: better by more than the half-width of the paired interval, or the same in every
    replication. As each KPI has to be clear, the level of a single comparison holds for all of them
    together (Berger, Technometrics 24, 1982); it is not corrected for the number of points.
    Points that left consignments unfinished, or lack a KPI, are not ranked.

    Args:
        sweep: a design carried out.
        better: which direction of each KPI is an improvement; these are compared.

    Returns:
        Columns of ``point_table`` after ``standing`` (``front`` or ``tied``) and ``tied_with``
        (points listed that differ clearly in no KPI, blanks between), in the order of the design.
    """
    names = [point.name for point in sweep.done if _is_ranked(sweep, point.name, better)]
    if not names or not better:
        return pd.DataFrame(columns=[STANDING, TIED_WITH])
    values = _costs(sweep, names, better)
    means = np.column_stack([column.mean(axis=1) for column in values])
    front = non_dominated(means)
    tied = np.array(
        [not front[row] and not _is_beaten(values, means, row, sweep) for row in range(len(names))],
        dtype=np.bool_,
    )
    listed = np.flatnonzero(front | tied)
    rows = point_table(sweep).set_index("name", drop=False).loc[[names[row] for row in listed]]
    rows.insert(0, STANDING, ["front" if front[row] else "tied" for row in listed])
    alike = [_alike(values, int(row), listed, sweep) for row in listed]
    rows.insert(1, TIED_WITH, [" ".join(names[other] for other in found) for found in alike])
    return rows.drop(columns=["status", "cause"]).reset_index(drop=True)


def non_dominated(costs: Floats) -> Flags:
    """Say which rows no other row beats: none is as low in every column and lower in one.

    Args:
        costs: shape (points, KPIs), lower is better.
    """
    return np.array(
        [not _dominating(costs, row).any() for row in range(len(costs))], dtype=np.bool_
    )


def _dominating(costs: Floats, row: int) -> Flags:
    """Shape (points,): which points beat one."""
    no_worse = (costs <= costs[row]).all(axis=1)
    return np.asarray(no_worse & (costs < costs[row]).any(axis=1))


def _is_ranked(sweep: Sweep, name: str, better: Mapping[str, Better]) -> bool:
    known = all(not np.isnan(sweep.values[kpi][name]).any() for kpi in better)
    return known and name not in sweep.stuck


def _costs(sweep: Sweep, names: Sequence[str], better: Mapping[str, Better]) -> list[Floats]:
    """One array a KPI, shape (points, replications), lower is better."""
    return [
        np.array([_sign(direction) * sweep.values[kpi][name] for name in names])
        for kpi, direction in better.items()
    ]


def _sign(direction: Better) -> int:
    return 1 if direction == "lower" else -1


def _is_beaten(values: Sequence[Floats], means: Floats, row: int, sweep: Sweep) -> bool:
    """Whether some point is clearly at least as good in every KPI, and better in one."""
    others = np.flatnonzero(_dominating(means, row))
    difference, reach = _differences(values, others, row, sweep.confidence)
    same = (difference == 0) & (reach == 0)
    return bool(((same | (difference < -reach)).all(axis=1)).any())


def _alike(values: Sequence[Floats], row: int, listed: Ints, sweep: Sweep) -> list[int]:
    """Other points listed that differ clearly in no KPI."""
    difference, reach = _differences(values, listed, row, sweep.confidence)
    alike = (np.abs(difference) <= reach).all(axis=1)
    return [int(other) for other in listed[alike] if other != row]


def _differences(
    values: Sequence[Floats], others: Ints, row: int, confidence: float
) -> tuple[Floats, Floats]:
    """Mean difference to one point and half-width of its interval, shape (others, KPIs)."""
    means, reaches = [], []
    for column in values:
        paired = column[others] - column[row]
        n = paired.shape[1]
        error = paired.std(axis=1, ddof=1) / np.sqrt(n)
        means.append(paired.mean(axis=1))
        reaches.append(special.stdtrit(n - 1, (1 + confidence) / 2) * error)
    return np.column_stack(means), np.column_stack(reaches)
