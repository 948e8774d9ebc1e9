"""What the time of a consignment in port costs: storage, demurrage, detention, goods tied up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.cost.lines import CostLine, whole_fen
from sim.measure.cost.quantities import concerned, in_containers, weight_kg
from sim.measure.observation import Observation
from sim.measure.times import durations
from sim.measure.utilisation import stay_in_yard
from sim.scenario.tariff import StayCharge

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
DAY = 86_400
_TICKS = {"day": DAY, "hour": 3600}


def stay_lines(observation: Observation) -> Iterator[CostLine]:
    """Lines of storage, demurrage and detention that are for any flow of the scenario."""
    for item, charge in observation.scenario.tariff.stay_charges.items():
        for_these = concerned(observation, charge)
        if for_these.any():
            started = -(-_stay(observation, charge) // _TICKS[charge.started])
            cny = banded(charge, started) * _quantity(observation, charge) * for_these
            yield CostLine(item, charge.payer, whole_fen(cny), charge.payee, is_charge=True)


def banded(charge: StayCharge, started: Ints) -> Floats:
    """CNY for each unit of the basis and a stay of so many started days or hours."""
    total = np.zeros(len(started))
    ends = [band.first for band in charge.bands[1:]]
    for band, next_first in zip(charge.bands, [*ends, None], strict=True):
        last = started if next_first is None else np.minimum(started, next_first - 1)
        total += band.rate * np.maximum(0, last - band.first + 1)
    return total


def _stay(observation: Observation, charge: StayCharge) -> Ints:
    """Shape (consignments,): ticks that a charge counts; none where it does not come to that."""
    if charge.stay == "yard":
        return np.maximum(0, stay_in_yard(observation))
    gate_out = observation.milestone("gate_out")
    discharge = observation.milestone("discharge")
    start = gate_out if charge.stay == "gate_out_to_return" else discharge
    turn = round((charge.turn_days or 0.0) * DAY)
    counted = (start != NEVER) & (gate_out != NEVER)
    return np.where(counted, gate_out + turn - start, 0)


def _quantity(observation: Observation, charge: StayCharge) -> Ints | Floats:
    consignments = observation.consignments
    match charge.per:
        case "case":
            return np.ones(len(consignments), dtype=np.int64)
        case "teu":
            return consignments.teu
        case "container":
            short_boxes = consignments.containers - consignments.forty_foot
            long_boxes = consignments.forty_foot * (charge.forty_foot_factor or 1.0)
            return np.asarray((short_boxes + long_boxes) * in_containers(observation))
        case "unit_load":
            return consignments.containers * ~in_containers(observation)
        case "kg":
            return weight_kg(observation)


def carrying_line(observation: Observation) -> CostLine:
    """Goods tied up from arrival to gate-out, or from gate-in to departure."""
    rate = observation.scenario.tariff.carrying
    days = np.maximum(0, durations(observation)["time_in_port"]) / DAY
    fen = np.rint(observation.consignments.value_fen * rate.rate * days).astype(np.int64)
    return CostLine("carrying", rate.payer, fen)
