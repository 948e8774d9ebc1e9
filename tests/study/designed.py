"""Designs carried out on figures made up for tests, without a simulation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.scenario.design import Design
from sim.study.design.points import DesignPoint, DesignRun
from sim.study.design.sampling import Values
from sim.study.design.sweep import Sweep, sweep_of
from sim.study.replication import Replication
from sim.study.settings import Point, Settings
from tests.builders import shipped

UNITS = {"time": "h", "cost": "CNY/TEU", "found": "1"}
REPLICATIONS = 4

# Figures of a point and a replication, by KPI.
Figures = Callable[[Values, int], Mapping[str, float]]


class MadeUp:
    """In the place of a replication runner: figures are those of a function."""

    def __init__(self, run: DesignRun, figures: Figures) -> None:
        self.failed: dict[tuple[str, int], str] = {}
        self.set_aside: dict[tuple[str, int], str] = {}
        self.wanted: list[tuple[str, int]] = []
        self._values = {point.name: point.values for point in (run.baseline, *run.points)}
        self._figures = figures

    def run(self, wanted: Iterable[tuple[str, int]]) -> None:
        self.wanted = list(wanted)

    def replications(self, name: str, numbers: Iterable[int]) -> list[Replication]:
        return [self._replication(name, number) for number in numbers]

    def _replication(self, name: str, number: int) -> Replication:
        figures = self._figures(self._values[name], number)
        kpis = (Kpi(key, UNITS.get(key, ""), value) for key, value in figures.items())
        return Replication(Measures(tuple(kpis), {}))


def design_run(rows: Sequence[Values], kind: str = "grid", **changes: Any) -> DesignRun:
    """A design of these rows, whose points are all the same scenario; its replications are few."""
    scenario = shipped("serial", experiment__replications=REPLICATIONS)
    factors: list[Any] = [{"key": f"factor{place}"} for place in range(len(rows[0]))]
    label = {"en": "Made up", "zh": "虚构"}
    content = {"name": "made_up", "label": label, "kind": kind, "factors": factors, **changes}
    if kind != "grid":
        content["points"] = len(rows)
    points = tuple(
        DesignPoint(number, f"p{number}", values, Point(f"p{number}", scenario))
        for number, values in enumerate(rows, start=1)
    )
    baseline = DesignPoint(0, "base", (), Point("base", scenario))
    settings = Settings("serial", 1, Path("results"))
    return DesignRun(Design.model_validate(content), baseline, points, settings, ())


def made_up(
    rows: Sequence[Values], figures: Figures, kpis: Sequence[str] = ("time", "cost"), **changes: Any
) -> Sweep:
    """The results of a design whose figures a function makes up."""
    run = design_run(rows, kpis=list(kpis), **changes)
    return sweep_of(run, MadeUp(run, figures))  # type: ignore[arg-type]
