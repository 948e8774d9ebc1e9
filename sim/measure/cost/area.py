"""What floor area costs."""

from __future__ import annotations

import numpy as np

from sim.measure.cost.lines import CostLine, whole_fen
from sim.measure.cost.quantities import loads
from sim.measure.observation import Observation

YEAR = 365 * 86_400


def area_line(observation: Observation) -> CostLine:
    """Area of the facilities over the measured window, shared among TEU and unit loads measured."""
    rate, window = observation.scenario.tariff.area, observation.window
    square_metres = sum(pool.area_m2 for pool in observation.plan.pools)
    cny = square_metres * rate.rate * (window.end - window.start) / YEAR
    measured = np.where(observation.measured, loads(observation), 0)
    return CostLine("area", rate.payer, whole_fen(measured * (cny / max(1, measured.sum()))))
