"""Values of KPIs that are surely there, from the replications of candidates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.scenario.errors import InputError, did_you_mean
from sim.study.choice.systems import Floats
from sim.study.estimates import Sample
from sim.study.execution.runner import ReplicationRunner
from sim.study.vigilance import agency_of


class KnownValues:
    """KPIs of points by replication; what is asked for together runs side by side."""

    def __init__(self, runner: ReplicationRunner) -> None:
        self._runner = runner

    def units(self, point: str) -> dict[str, str]:
        """Units of the KPIs of a point, by KPI."""
        self._runner.run([(point, 0)])
        (replication,) = self._runner.replications(point, [0])
        return {kpi.key: kpi.unit for kpi in replication.measures.kpis}

    def prepare(self, wanted: Mapping[str, range]) -> None:
        """Run replications by point; of a runner that notes errors, none is judged."""
        self._runner.run((name, number) for name, one in wanted.items() for number in one)

    def of(self, kpi: str, wanted: Mapping[str, range]) -> dict[str, Floats]:
        """Run replications by point and read a KPI of them.

        Raises:
            InputError: a replication has none.
            ExecutionError: a replication failed.
        """
        self.prepare(wanted)
        return self.read(kpi, wanted)

    def read(self, kpi: str, wanted: Mapping[str, range]) -> dict[str, Floats]:
        """Values of a KPI by point, one a replication; all have been prepared.

        Raises:
            InputError: a replication has none.
            ExecutionError: a replication failed.
        """
        found = {name: self._runner.values(name, kpi, one) for name, one in wanted.items()}
        for name, values in found.items():
            if np.isnan(values).any():
                number = wanted[name][int(np.isnan(values).argmax())]
                raise InputError(
                    f"kpi: '{name}' has no {kpi} in replication {number}; choose a KPI that every "
                    "replication has"
                )
        return found

    def samples(self, kpis: Mapping[str, str], point: str, numbers: range) -> dict[str, Sample]:
        """Samples of some KPIs, given with their units; a replication may lack one."""
        self._runner.run((point, number) for number in numbers)
        return {
            kpi: Sample(unit, self._runner.values(point, kpi, numbers))
            for kpi, unit in kpis.items()
        }


def shares_found(units: Mapping[str, str]) -> dict[str, str]:
    """Those KPIs, with their units, that say which share of violations an agency finds."""
    return {kpi: unit for kpi, unit in units.items() if agency_of(kpi)}


def check_kpi(kpi: str, units: Mapping[str, str]) -> None:
    """Raise an InputError if there is no such KPI of a replication."""
    if kpi not in units:
        raise InputError(
            f"kpi: no figure of a replication is called '{kpi}'{did_you_mean(kpi, sorted(units))}"
        )
