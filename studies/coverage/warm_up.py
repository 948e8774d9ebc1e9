"""How far a mean is off that was measured too early, and what that does to its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.study.intervals import t_interval
from studies.coverage.experiments import CONFIDENCE, DECIMALS, counted
from studies.coverage.line import expected_waits, steady_wait
from studies.coverage.luck import luck
from studies.coverage.means import mean_interval
from studies.coverage.waiting import CUSTOMERS, LOAD, MEASURED, line

LENGTHS = (0, 50, 100, 250, 500, 1000, 2000)
_REPLICATIONS = 30


def measure(repeated: int = 1000) -> pd.DataFrame:
    """Bias and coverage of the mean wait by customers that are left out at the beginning.

    Columns: warm_up, customers measured; exact_bias, bias, bias_low and bias_high as shares of the
    steady mean; experiments; coverage with limits, of intervals over thirty replications.
    """
    steady = steady_wait(LOAD)
    exact = expected_waits(LOAD, CUSTOMERS)
    means = np.stack([_means(place) for place in range(repeated)])
    rows = []
    for place, start in enumerate(LENGTHS):
        bias = t_interval(means[:, :, place].ravel() / steady - 1, CONFIDENCE)
        covered = counted(
            "wait", _REPLICATIONS, steady, [mean_interval(values) for values in means[:, :, place]]
        )
        rows.append(
            (
                start,
                MEASURED,
                *np.round(
                    [
                        exact[start : start + MEASURED].mean() / steady - 1,
                        bias.estimate,
                        bias.low,
                        bias.high,
                    ],
                    DECIMALS,
                ).tolist(),
                repeated,
                covered.coverage,
                covered.low,
                covered.high,
            )
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "warm_up", "customers", "exact_bias", "bias", "bias_low", "bias_high", "experiments",
    "coverage", "low", "high",
)  # fmt: skip


def _means(experiment: int) -> np.ndarray:
    """Mean waits after each warm-up, shape (replications, lengths)."""
    found = line(luck("line", experiment), _REPLICATIONS)
    return np.stack([found[:, start : start + MEASURED].mean(axis=1) for start in LENGTHS], axis=1)
