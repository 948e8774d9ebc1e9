"""The figures that a rule looks at: KPIs of every scenario after so many replications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.scenario.errors import InputError, did_you_mean
from sim.study.estimates import observed_hours
from sim.study.intervals import Interval, t_interval
from sim.study.quantiles import LEVELS, sectioned_quantiles
from sim.study.replication import Replication

Floats = NDArray[np.float64]


class Runner(Protocol):
    """The part of the replication runner that is needed here."""

    def expect(self, wanted: Iterable[tuple[str, int]]) -> None:
        """Count what will be wanted in any case from the beginning."""

    def run(self, wanted: Iterable[tuple[str, int]]) -> None:
        """Make sure that replications are there."""

    def replications(self, name: str, numbers: Iterable[int]) -> list[Replication]:
        """Read replications of a point."""

    def values(self, name: str, kpi: str, numbers: Iterable[int]) -> Floats:
        """Read a KPI of replications of a point."""


@dataclass(frozen=True)
class Watched:
    """A KPI of a point that is to become precise; a quantile has the level it is of."""

    point: str
    kpi: str
    unit: str
    level: float | None = None


def watched(runner: Runner, points: Sequence[str], kpis: Iterable[str]) -> list[Watched]:
    """Find the KPIs of each point, by its first replication, which must be there.

    A point that does not have a KPI, as of standards that only a reform sets, is left out.

    Raises:
        InputError: no point has got a KPI.
    """
    known = [one for point in points for one in _known(point, runner.replications(point, [0])[0])]
    found = []
    for kpi in kpis:
        having = [one for one in known if one.kpi == kpi]
        if not having:
            names = sorted({one.kpi for one in known})
            raise InputError(
                f"precision.kpis: no scenario has a KPI '{kpi}'{did_you_mean(kpi, names)}"
            )
        found += having
    return found


def _known(point: str, replication: Replication) -> Iterator[Watched]:
    """The KPIs of a replication, quantiles among them."""
    for kpi in replication.measures.kpis:
        yield Watched(point, kpi.key, kpi.unit)
    for key in replication.measures.observed:
        for name, level in LEVELS.items():
            yield Watched(point, f"{key}.{name}", "h", level)


class Figures:
    """Intervals of watched KPIs after any number of the replications that are there."""

    def __init__(self, runner: Runner, kpis: Iterable[Watched]) -> None:
        self._runner = runner
        self._values: dict[Watched, Floats] = {one: np.empty(0) for one in kpis if not one.level}
        self._hours: dict[Watched, list[Floats]] = {one: [] for one in kpis if one.level}

    def read(self, numbers: range) -> None:
        """Take in further replications; they follow those that are there."""
        for one, values in self._values.items():
            further = self._runner.values(one.point, one.kpi, numbers)
            self._values[one] = np.append(values, further)
        for one in self._hours:
            further_replications = self._runner.replications(one.point, numbers)
            key = one.kpi.rpartition(".")[0]
            self._hours[one] += observed_hours(further_replications, key)

    def interval(self, one: Watched, number: int, confidence: float) -> Interval:
        """Student's t interval after so many replications; of a quantile, by sectioning."""
        if one.level is None:
            return t_interval(self._values[one][:number], confidence)
        pooled, sections = sectioned_quantiles(self._hours[one][:number], one.level)
        return t_interval(sections, confidence, pooled)
