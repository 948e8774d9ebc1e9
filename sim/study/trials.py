"""What each reform of the catalogue does by itself, in the scenario it is at home in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sim.study.effects import measured_effects
from sim.study.execution.runner import OnProgress
from sim.study.fingerprint import fingerprint
from sim.study.settings import Point, Settings

COLUMNS = [
    "reform", "scenario", "kpi", "unit", "baseline", "with", "difference", "low", "high",
    "relative", "replications", "sha256",
]  # fmt: skip
PROBE = "probe"
_TRIALS_OF_A_RUN = 6
_TAKEN = ["unit", "baseline_mean", "mean", "difference", "low", "high", "relative"]


@dataclass(frozen=True)
class Trial:
    """A reform beside what it is compared with.

    Attributes:
        reform: its name.
        kpis: what is compared.
        without: its home, with the reforms that it requires.
        with_it: the same with the reform.
    """

    reform: str
    kpis: tuple[str, ...]
    without: Point
    with_it: Point

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of all that the effect depends on, but for the program."""
        return fingerprint(self.without.written, self.with_it.written)


def stale_trials(trials: Iterable[Trial], effects: pd.DataFrame) -> list[Trial]:
    """Trials without an effect for each of their KPIs as they are now."""
    known = set(zip(effects["reform"], effects["kpi"], effects["sha256"], strict=True))
    return [
        trial
        for trial in trials
        if any((trial.reform, kpi, trial.sha256) not in known for kpi in trial.kpis)
    ]


def measure_trials(
    trials: Sequence[Trial], settings: Settings, on_progress: OnProgress
) -> pd.DataFrame:
    """Run trials that share what they are compared with, which is simulated once.

    Returns:
        A row a reform and KPI, with the columns in ``COLUMNS``; all in the unit of the row, but
        ``relative`` as a share of the baseline.

    Raises:
        InputError: a KPI that the home does not have.
    """
    without = trials[0].without
    points = [without, *(trial.with_it for trial in trials)]
    kpis = list(dict.fromkeys(kpi for trial in trials for kpi in trial.kpis))
    compared = measured_effects(points, kpis, settings, on_progress)
    by_key = {(row["scenario"], row["kpi"]): row for _, row in compared.iterrows()}
    home = without.written.name
    rows = []
    for trial in trials:
        for kpi in trial.kpis:
            found = by_key[trial.with_it.name, kpi]
            taken = (found[column] for column in _TAKEN)
            rows.append((trial.reform, home, kpi, *taken, found["n"], trial.sha256))
    return pd.DataFrame(rows, columns=COLUMNS)


def groups(trials: Iterable[Trial]) -> list[list[Trial]]:
    """Trials that share what they are compared with, as many as one run is for."""
    found: dict[str, list[Trial]] = {}
    for trial in trials:
        found.setdefault(fingerprint(trial.without.written), []).append(trial)
    return [
        group[first : first + _TRIALS_OF_A_RUN]
        for group in found.values()
        for first in range(0, len(group), _TRIALS_OF_A_RUN)
    ]


def renewed(effects: pd.DataFrame, fresh: pd.DataFrame, trials: Sequence[Trial]) -> pd.DataFrame:
    """Effects with fresh ones in place of what is stale, in the order of the trials."""
    table = pd.concat([fresh, effects]) if len(effects) else fresh
    wanted = [(trial.reform, kpi, trial.sha256) for trial in trials for kpi in trial.kpis]
    keys = list(zip(table["reform"], table["kpi"], table["sha256"], strict=True))
    places = [wanted.index(key) if key in wanted else -1 for key in keys]
    table = table.assign(place=places).drop_duplicates(["reform", "kpi", "place"])
    table = table[table["place"] >= 0].sort_values("place")
    return table[[*COLUMNS, PROBE]].reset_index(drop=True)
