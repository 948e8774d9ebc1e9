"""Published figures beside the simulated ones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.scenario.target import Target

_COLUMNS = [
    "target", "role", "scenario", "kpi", "form", "unit", "published", "simulated", "low", "high",
    "miss",
]  # fmt: skip


def target_table(
    targets: Mapping[str, Target], kpis: pd.DataFrame, comparison: pd.DataFrame
) -> pd.DataFrame:
    """Lay targets of scenarios in the run beside estimates; the miss is simulated - published."""
    rows = []
    for name, target in targets.items():
        found = _estimate(target, kpis, comparison)
        if found is not None:
            simulated, low, high = found
            miss = simulated - target.value
            rows.append(
                (name, target.role, target.scenario, target.kpi, target.form, target.unit,
                 target.value, simulated, low, high, miss)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)


def _estimate(
    target: Target, kpis: pd.DataFrame, comparison: pd.DataFrame
) -> tuple[float, float, float] | None:
    table, columns = {
        "level": (kpis, ["mean", "low", "high"]),
        "difference": (comparison, ["difference", "low", "high"]),
        "relative": (comparison, ["relative", "relative_low", "relative_high"]),
    }[target.form]
    chosen = table[(table["scenario"] == target.scenario) & (table["kpi"] == target.kpi)]
    if chosen.empty:
        return None
    estimate, low, high = chosen.iloc[0][columns]
    return float(estimate), float(low), float(high)
