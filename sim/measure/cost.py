"""What clearance costs and who pays: one ledger of lines in whole fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.scenario.tariff import PAYERS, DailyCharge, Fee, Payer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
HOUR, DAY = 3600, 86_400
_FEN = 100


@dataclass(frozen=True)
class CostLine:
    """One item of the ledger.

    Attributes:
        item: what is paid for.
        payer: who pays.
        fen: shape (consignments,), whole fen.
    """

    item: str
    payer: Payer
    fen: Ints


def cost_lines(observation: Observation) -> list[CostLine]:
    """Return every line of the ledger; totals are sums of these and nothing else."""
    return [
        *_fee_lines(observation),
        *_box_lines(observation),
        *_daily_lines(observation),
        _carrying_line(observation),
        _vessel_line(observation),
        *_wage_lines(observation),
    ]


def _fen(cny: Floats) -> Ints:
    return np.rint(cny * _FEN).astype(np.int64)


def _fee_lines(observation: Observation) -> Iterator[CostLine]:
    for item, fee in observation.scenario.tariff.fees.items():
        yield CostLine(item, fee.payer, _fen(fee.amount * _quantity(observation, fee)))


def _quantity(observation: Observation, fee: Fee) -> Floats:
    """Shape (consignments,): units of its basis that a fee is charged for."""
    plan = observation.plan
    kinds = [not fee.kinds or step.kind in fee.kinds for step in plan.steps]
    charged = np.array(kinds, dtype=float)[plan.step]
    match fee.per:
        case "case":
            return (observation.per_consignment(charged) > 0).astype(float)
        case "container":
            per_box = np.array([step.per == "container" for step in plan.steps], dtype=float)
            return observation.per_consignment(charged * per_box[plan.step])
        case "teu":
            return observation.per_consignment(charged * _teu_of_activity(observation))
        case "hour":
            return observation.per_consignment(charged * plan.work / HOUR)
        case "document" | "data_item" | "visit":
            amounts = [getattr(step, f"{fee.per}s") for step in plan.steps]
            return observation.per_consignment(charged * np.array(amounts, dtype=float)[plan.step])


def _teu_of_activity(observation: Observation) -> Floats:
    """Of the container an activity concerns: the forty-foot boxes are a consignment's first."""
    plan = observation.plan
    long_boxes = np.concatenate(
        [np.zeros(plan.conveyances, dtype=np.int64), observation.consignments.forty_foot]
    )
    return np.where(plan.container < long_boxes[plan.case], 2.0, 1.0)


def _box_lines(observation: Observation) -> Iterator[CostLine]:
    long_boxes = observation.consignments.forty_foot
    short_boxes = observation.consignments.containers - long_boxes
    for item, fee in observation.scenario.tariff.box_fees.items():
        cny = short_boxes * fee.twenty_foot + long_boxes * fee.forty_foot
        yield CostLine(item, fee.payer, _fen(cny))


def _daily_lines(observation: Observation) -> Iterator[CostLine]:
    stay = observation.milestone("gate_out") - observation.milestone("discharge")
    days = -(-stay // DAY)
    for item, charge in observation.scenario.tariff.daily_charges.items():
        cny = banded(charge, days) * observation.consignments.teu
        yield CostLine(item, charge.payer, _fen(cny))


def banded(charge: DailyCharge, days: Ints) -> Floats:
    """CNY per TEU for a stay of so many started days."""
    total = np.zeros(len(days))
    ends = [band.from_day for band in charge.bands[1:]]
    for band, next_from in zip(charge.bands, [*ends, None], strict=True):
        last = days if next_from is None else np.minimum(days, next_from - 1)
        total += band.rate * np.maximum(0, last - band.from_day + 1)
    return total


def _carrying_line(observation: Observation) -> CostLine:
    rate = observation.scenario.tariff.carrying
    days = (observation.milestone("gate_out") - observation.arrival) / DAY
    fen = np.rint(observation.consignments.value_fen * rate.rate * days).astype(np.int64)
    return CostLine("carrying", rate.payer, fen)


def _vessel_line(observation: Observation) -> CostLine:
    plan = observation.plan
    rate = observation.scenario.tariff.vessel_hour
    departure = np.maximum.reduceat(observation.trace.end, plan.first_activity[:-1])
    stay = (departure - plan.arrival)[: plan.conveyances]
    return CostLine("vessel_hours", rate.payer, _fen(_shared(observation, stay / HOUR * rate.rate)))


def _shared(observation: Observation, of_conveyance: Floats) -> Floats:
    """What a vessel call costs, shared among its crane moves; those of each consignment."""
    consignments = observation.consignments
    calls = observation.scenario.traffic.vessel_calls
    boxes = np.bincount(
        consignments.vessel, weights=consignments.containers, minlength=len(of_conveyance)
    )
    per_move = of_conveyance / (boxes + calls.other_discharge_moves + calls.load_moves)
    return np.asarray(per_move[consignments.vessel] * consignments.containers)


def _wage_lines(observation: Observation) -> Iterator[CostLine]:
    """Hours of inspectors at their wage, those after the end of a shift at the overtime factor.

    Boardings are shared among the crane moves of the vessel.
    """
    plan = observation.plan
    for name, agency in observation.scenario.agencies.items():
        paid_ticks = _paid_ticks(observation, name, agency.overtime_factor)
        by_case = np.bincount(plan.case, weights=paid_ticks, minlength=plan.cases)
        cny = by_case / HOUR * agency.wage_per_hour
        boarding = _shared(observation, cny[: plan.conveyances])
        yield CostLine(f"wages_{name}", "government", _fen(boarding + cny[plan.conveyances :]))


def _paid_ticks(observation: Observation, agency: str, overtime_factor: float) -> Floats:
    """Shape (activities,): ticks an agency pays for, over all its inspectors at the activity."""
    plan, trace = observation.plan, observation.trace
    paid = np.zeros(plan.activities)
    for number, request in enumerate(plan.requests):
        chosen = plan.request == number
        for pool, units in request.demand:
            share = dict(plan.pools[pool].agencies).get(agency)
            if share:
                shift = observation.calendars[plan.pool_calendar[pool]]
                work, start = plan.work[chosen], trace.start[chosen]
                after_hours = (
                    0 if request.calendar >= 0 else work - shift.open_time(start, start + work)
                )
                paid[chosen] += share * units * (work + after_hours * (overtime_factor - 1))
    return paid


def cost_kpis(observation: Observation, lines: list[CostLine]) -> list[Kpi]:
    """CNY per TEU by item and by payer, over all measured consignments and over the examined."""
    groups = observation.groups
    everyone = groups["all"]
    teu = int(observation.consignments.teu[everyone].sum())
    kpis = [
        Kpi(
            f"cost.item.{line.item}.per_teu",
            "CNY/TEU",
            _per_teu(int(line.fen[everyone].sum()), teu),
        )
        for line in lines
    ]
    for payer in PAYERS:
        paid = sum(int(line.fen[everyone].sum()) for line in lines if line.payer == payer)
        kpis.append(Kpi(f"cost.{payer}.per_teu", "CNY/TEU", _per_teu(paid, teu)))
    total = total_fen(lines)
    for prefix, group in (
        ("", "all"),
        ("examined.", "examined"),
        ("examined_twice.", "examined_twice"),
    ):
        members = groups[group]
        boxes = int(observation.consignments.teu[members].sum())
        paid = int(total[members].sum())
        kpis.append(Kpi(f"{prefix}cost.total.per_teu", "CNY/TEU", _per_teu(paid, boxes)))
    kpis.append(_handling_fee(observation, lines))
    return kpis


def _handling_fee(observation: Observation, lines: list[CostLine]) -> Kpi:
    """Fees for moving and unstuffing, per TEU of what both agencies examine."""
    tariff = observation.scenario.tariff
    handling = {
        item for item, fee in tariff.fees.items()
        if fee.payer == "trader" and {"moving", "unstuffing"} & set(fee.kinds)
    }  # fmt: skip
    twice = observation.groups["examined_twice"]
    paid = sum(int(line.fen[twice].sum()) for line in lines if line.item in handling)
    boxes = int(observation.consignments.teu[twice].sum())
    return Kpi("examined_twice.handling_fee_per_teu", "CNY/TEU", _per_teu(paid, boxes))


def total_fen(lines: list[CostLine]) -> Ints:
    """Shape (consignments,): sum of all lines."""
    return np.asarray(np.sum([line.fen for line in lines], axis=0))


def _per_teu(fen: int, teu: int) -> float:
    return ratio(fen / _FEN, teu)
