"""Charges by time: free time, then by the hour; or by started days."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np

from sim.engine.simulate import simulate
from sim.measure.cost.stays import banded
from sim.scenario.base import Label, NonNegative, Strict
from sim.scenario.tariff import Band, StayCharge
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean_of, ratio
from sim.verify.experiment import UnsupportedError
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.network_builder import Activities, build_plan
from sim.verify.reference_file import Case

HOUR, DAY = 3600, 86_400
_BOXES = 5_000
_LABEL = Label(en="Reference charge", zh="基准收费")


class TariffModel(Strict):
    """A stay in hours and what is charged for it."""

    kind: Literal["tariff"]
    time: ExponentialLaw
    free: NonNegative = 0.0
    rate_per_hour: NonNegative | None = None
    per_started_day: NonNegative | None = None


class Charges:
    """Stays from the trace of the engine, charged box by box by the product's bands."""

    def __init__(self, case: Case) -> None:
        self._model = model = validated(TariffModel, case.model, case.id)
        if (model.rate_per_hour is None) == (model.per_started_day is None):
            raise UnsupportedError("a tariff that is neither by the hour nor by started days")

    @cached_property
    def activities(self) -> float:
        """Boxes of a replication."""
        return _BOXES

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Charge boxes for their stay."""
        boxes = np.arange(_BOXES, dtype=np.int64)
        stay = np.rint(draw(self._model.time, draws, "stay", boxes) * HOUR).astype(np.int64)
        trace = simulate(build_plan(Activities(boxes, stay, 0 * boxes, 0 * boxes - 1)))
        stay = trace.end - trace.start
        if self._model.per_started_day is not None:
            days = -(-stay // DAY)
            cost = banded(_charge(self._model.per_started_day, 0), days)
            return {"billed_days_mean": mean_of(days), "cost_mean": mean_of(cost)}
        # Charged by the second: a band counts started units, whatever a unit is.
        assert self._model.rate_per_hour is not None
        free = round(self._model.free * HOUR)
        cost = banded(_charge(self._model.rate_per_hour / HOUR, free), stay)
        return {
            "cost_mean": mean_of(cost),
            "share_paying": ratio(np.count_nonzero(cost), _BOXES),
            "cost_of_mean_time_WRONG": mean_of(cost),
        }


def _charge(rate: float, free: int) -> StayCharge:
    return StayCharge(
        label=_LABEL,
        payer="trader",
        stay="yard",
        per="case",
        bands=(Band(first=free + 1, rate=rate),),
        source="reference case",
    )
