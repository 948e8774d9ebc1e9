"""Replicating until an interval is narrow enough: how often does the interval then cover?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp, sqrt

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.study.intervals import Interval
from sim.study.precision.precise_run import replicate_until_precise
from sim.study.precision.rules import Precision
from sim.study.replication import Replication
from sim.traffic.draws import Draws
from studies.coverage.experiments import CONFIDENCE, DECIMALS, counted
from studies.coverage.luck import Floats, luck, normal

_CEILING = 200
_KPI = "time"
_RULES = {
    "half_width": {"minimum": 30, "batch": 10},
    "hoad_robinson_davies": {"minimum": 3, "batch": 10, "look_ahead": 5},
}
"""As they are shipped."""
_FIGURES: dict[str, tuple[Callable[[Floats], Floats], float, float]] = {
    "normal": (lambda deviates: 1 + 0.3 * deviates, 1.0, 0.1),
    "lognormal": (lambda deviates: np.exp(0.5 * deviates), sqrt(exp(0.25)), 0.1),
}
"""Figures from normal deviates, their mean, and the relative half-width that is asked for."""
_COLUMNS = (
    "figures", "rule", "relative_half_width", "experiments", "replications", "coverage", "low",
    "high",
)  # fmt: skip


class _Known:
    """A runner whose replications are known beforehand."""

    def __init__(self, values: Floats) -> None:
        self._values = values

    def expect(self, wanted: Iterable[tuple[str, int]]) -> None:
        """All replications are there."""

    def run(self, wanted: Iterable[tuple[str, int]]) -> None:
        """Nothing has to be run."""

    def replications(self, name: str, numbers: Iterable[int]) -> list[Replication]:
        """Replications of the one figure."""
        return [
            Replication(Measures((Kpi(_KPI, "h", float(self._values[number])),), {}))
            for number in numbers
        ]

    def values(self, name: str, kpi: str, numbers: Iterable[int]) -> Floats:
        """Its values."""
        return self._values[list(numbers)]


def measure(repeated: int = 2000) -> pd.DataFrame:
    """Coverage of the intervals that rules stop at, and mean replications, by rule and figures."""
    rows = []
    for figures, (figure_of, truth, asked) in _FIGURES.items():
        for rule in _RULES:
            precision = _precision(rule, asked)
            stops = [
                _stopped(figure_of, luck(figures, place), precision) for place in range(repeated)
            ]
            found = counted(figures, 0, truth, stops)
            replications = round(float(np.mean([stop.n for stop in stops])), DECIMALS)
            coverage = (found.coverage, found.low, found.high)
            rows.append((figures, rule, asked, repeated, replications, *coverage))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _precision(rule: str, asked: float) -> Precision:
    written = {"rule": rule, "kpis": {_KPI: {"relative": asked}}, "ceiling": _CEILING}
    adapter: TypeAdapter[Precision] = TypeAdapter(Precision)
    return adapter.validate_python({**written, **_RULES[rule]})


def _stopped(figure_of: Callable[[Floats], Floats], draws: Draws, precision: Precision) -> Interval:
    """The interval of the replications at which a rule stops."""
    runner = _Known(figure_of(normal(draws, "value", _CEILING)))
    table = replicate_until_precise(runner, ["port"], precision, CONFIDENCE).table
    (row,) = table.to_dict("records")
    estimate, reach = row["estimate"], row["half_width"]
    return Interval(estimate, estimate - reach, estimate + reach, row["n"])
