"""Sweeps of reforms that change nothing: how often is at least one of them taken for an effect?"""

from __future__ import annotations

import pandas as pd

from sim.study.comparison.full_table import full_comparison
from sim.study.estimates import Sample
from sim.traffic.draws import Draws
from studies.coverage.experiments import CONFIDENCE, share
from studies.coverage.luck import Floats, luck, normal

_REFORMS, _REPLICATIONS = 20, 30
_SPREADS = {"independent": 0.0, "share the baseline": 1.0}
"""How differences to the baseline hang together, by how much its own luck varies."""
_P_VALUES = {"none": "p_value", "Holm": "p_holm", "Dunnett": "p_dunnett"}
_COLUMNS = (
    "differences", "correction", "reforms", "replications", "sweeps", "false_alarms", "share",
    "low", "high",
)  # fmt: skip


def measure(sweeps: int = 4000) -> pd.DataFrame:
    """Share of sweeps with a false alarm, by how differences depend and what corrects them.

    Columns: differences; correction; reforms and replications of a sweep; sweeps; false_alarms,
    sweeps with any; their share with limits.
    """
    rows = []
    for name, spread in _SPREADS.items():
        found = [_least_p_values(luck(name, sweep), spread) for sweep in range(sweeps)]
        table = pd.DataFrame(found) <= 1 - CONFIDENCE
        for correction, column in _P_VALUES.items():
            alarms = int(table[column].sum())
            rows.append(
                (name, correction, _REFORMS, _REPLICATIONS, sweeps, alarms, *share(alarms, sweeps))
            )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _least_p_values(draws: Draws, spread: float) -> pd.Series[float]:
    """The least p-value of a sweep, by how it is corrected."""
    common, baseline = (normal(draws, name, _REPLICATIONS) for name in ("common", "baseline"))
    own = normal(draws, "own", _REFORMS, _REPLICATIONS)
    figures: dict[str, Floats] = {"baseline": common + spread * baseline}
    figures |= {f"reform {number}": common + values for number, values in enumerate(own)}
    samples = {name: {"time": Sample("h", values)} for name, values in figures.items()}
    comparison = full_comparison(samples, CONFIDENCE)
    return comparison[list(_P_VALUES.values())].min()
