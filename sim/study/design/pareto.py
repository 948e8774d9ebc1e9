"""Points that no other one is better than in every respect, and those that may be among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.study.design.sweep import Sweep, point_table
from sim.study.intervals import paired

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
    costs = [_costs(sweep, names, kpi, direction) for kpi, direction in better.items()]
    means = np.column_stack([cost.estimates for cost in costs])
    front = non_dominated(means)
    tied = np.array(
        [not front[row] and not _is_beaten(costs, means, row, sweep) for row in range(len(names))],
        dtype=np.bool_,
    )
    listed = np.flatnonzero(front | tied)
    rows = point_table(sweep).set_index("name", drop=False).loc[[names[row] for row in listed]]
    rows.insert(0, STANDING, ["front" if front[row] else "tied" for row in listed])
    alike = [_alike(costs, int(row), listed, sweep) for row in listed]
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
    difference = paired(costs, costs[row])
    return np.asarray((difference <= 0).all(axis=1) & (difference < 0).any(axis=1))


def _is_ranked(sweep: Sweep, name: str, better: Mapping[str, Better]) -> bool:
    """Whether it has all KPIs, means in every replication."""
    samples = [sweep.samples[kpi][name] for kpi in better]
    known = all(one.center is not None or not np.isnan(one.values).any() for one in samples)
    return known and name not in sweep.stuck


@dataclass(frozen=True)
class _Costs:
    """A KPI of all points that are ranked, with its sign turned where more is better.

    Attributes:
        estimates: shape (points,).
        values: shape (points, replications or sections).
    """

    estimates: Floats
    values: Floats


def _costs(sweep: Sweep, names: Sequence[str], kpi: str, direction: Better) -> _Costs:
    sign = 1 if direction == "lower" else -1
    samples = [sweep.samples[kpi][name] for name in names]
    return _Costs(
        np.array([sign * sample.estimate for sample in samples]),
        np.array([sign * sample.values for sample in samples]),
    )


def _is_beaten(costs: Sequence[_Costs], means: Floats, row: int, sweep: Sweep) -> bool:
    """Whether some point is clearly at least as good in every KPI, and better in one."""
    others = np.flatnonzero(_dominating(means, row))
    difference, reach = _differences(costs, others, row, sweep.confidence)
    same = (difference == 0) & (reach == 0)
    return bool(((same | (difference < -reach)).all(axis=1)).any())


def _alike(costs: Sequence[_Costs], row: int, listed: Ints, sweep: Sweep) -> list[int]:
    """Other points listed that differ clearly in no KPI."""
    difference, reach = _differences(costs, listed, row, sweep.confidence)
    alike = ~(np.abs(difference) > reach).any(axis=1)
    return [int(other) for other in listed[alike] if other != row]


def _differences(
    costs: Sequence[_Costs], others: Ints, row: int, confidence: float
) -> tuple[Floats, Floats]:
    """Differences to one point and half-widths of their intervals, shape (others, KPIs).

    A half-width is NaN where fewer than two sections have a tail.
    """
    found, reaches = [], []
    for cost in costs:
        away = paired(cost.values[others], cost.values[row])
        known = ~np.isnan(away)
        n = np.maximum(known.sum(axis=1), 1)
        mean = np.where(known, away, 0.0).sum(axis=1) / n
        squares = np.where(known, (away - mean[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(squares / np.maximum(n - 1, 1) / n)
        multiple = special.stdtrit(np.maximum(n - 1, 1), (1 + confidence) / 2)
        found.append(paired(cost.estimates[others], cost.estimates[row]))
        reaches.append(np.where(n > 1, multiple * error, np.nan))
    return np.column_stack(found), np.column_stack(reaches)
