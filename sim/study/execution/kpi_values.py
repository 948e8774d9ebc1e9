"""Figures of many replications, without all else that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi

Floats = NDArray[np.float64]


class KpiValues:
    """KPIs by point and number of the replication; most replications have the same ones."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], dict[str, int]] = {}
        self._rows: dict[tuple[str, int], tuple[dict[str, int], Floats]] = {}
        self._absent: dict[str, float] = {}

    def __contains__(self, replication: tuple[str, int]) -> bool:
        return replication in self._rows

    def add(self, replication: tuple[str, int], kpis: Sequence[Kpi]) -> None:
        """Remember the figures of a replication."""
        keys = tuple(kpi.key for kpi in kpis)
        if keys not in self._places:
            self._places[keys] = {key: place for place, key in enumerate(keys)}
            self._absent |= {kpi.key: kpi.absent for kpi in kpis}
        self._rows[replication] = (self._places[keys], np.array([kpi.value for kpi in kpis]))

    def of(self, kpi: str, replications: Iterable[tuple[str, int]]) -> Floats:
        """One figure a replication: what it is in one that does not have it, or else NaN."""
        rows = (self._rows[replication] for replication in replications)
        absent = self._absent.get(kpi, float("nan"))
        return np.array([row[places[kpi]] if kpi in places else absent for places, row in rows])
