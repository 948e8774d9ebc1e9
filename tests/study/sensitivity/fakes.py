"""A replication runner that computes a KPI instead of simulating it."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi
from sim.scenario.scenario import Scenario
from sim.study.execution.runner import ReplicationRunner
from sim.study.settings import Point

KPI = "all.overall_clearance_time.mean"


class _FakeRunner:
    def __init__(self, points: Iterable[Point], value: Callable[[Scenario, int], float]) -> None:
        self._written = {point.name: point.written for point in points}
        self._value = value

    def run(self, wanted: Iterable[tuple[str, int]]) -> None:
        assert {name for name, _ in wanted} <= self._written.keys()

    def replications(self, name: str, numbers: Iterable[int]) -> list[Any]:
        found = [Kpi(KPI, "h", self._value(self._written[name], number)) for number in numbers]
        return [SimpleNamespace(measures=SimpleNamespace(kpis=[kpi])) for kpi in found]

    def values(self, name: str, kpi: str, numbers: Iterable[int]) -> NDArray[np.float64]:
        assert kpi == KPI
        return np.array([self._value(self._written[name], number) for number in numbers])


def fake_runner(
    points: Iterable[Point], value: Callable[[Scenario, int], float]
) -> ReplicationRunner:
    """A runner of which every replication has one KPI, computed from scenario and number."""
    return cast(ReplicationRunner, _FakeRunner(points, value))
