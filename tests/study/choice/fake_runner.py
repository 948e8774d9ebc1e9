"""A replication runner whose figures are known beforehand."""

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np

from sim.measure.kpi import Kpi
from sim.scenario.errors import ExecutionError
from sim.study.choice.systems import Floats

TIME = "all.overall_clearance_time.mean"
FOUND = "detection.customs.found_share"
UNITS = {TIME: "h", FOUND: "1"}


class FakeRunner:
    """Gives figures by KPI and point, of replications that it was asked to run before."""

    def __init__(self, figures: Mapping[str, Mapping[str, Floats]]) -> None:
        self.figures = figures
        self.there: set[tuple[str, int]] = set()
        self.failed: set[tuple[str, int]] = set()

    def expect(self, wanted) -> None:
        pass

    def run(self, wanted) -> None:
        self.there.update(wanted)

    def values(self, name, kpi, numbers) -> Floats:
        wanted = {(name, number) for number in numbers}
        assert wanted <= self.there
        for _, number in wanted & self.failed:
            raise ExecutionError(f"replication {number} of '{name}' failed")
        return np.array([self.figures[kpi][name][number] for number in numbers])

    def replications(self, name, numbers):
        return [
            SimpleNamespace(
                measures=SimpleNamespace(
                    kpis=[
                        Kpi(kpi, UNITS[kpi], by_point[name][number])
                        for kpi, by_point in self.figures.items()
                    ]
                )
            )
            for number in numbers
        ]
