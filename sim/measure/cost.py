"""What clearance costs and who pays: one ledger of lines in whole fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.measure.times import durations
from sim.measure.utilisation import pool_use, stay_in_yard
from sim.scenario.tariff import PAYERS, DailyCharge, Fee, Payer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
HOUR, DAY = 3600, 86_400
_FEN = 100


@dataclass(frozen=True)
class CostLine:
    """One item of the ledger.

    Attributes:
        item: what is paid for.
        payer: who pays.
        fen: shape (consignments,), whole fen.
        payee: who of the four is paid, if any.
    """

    item: str
    payer: Payer
    fen: Ints
    payee: Payer | None = None


def cost_lines(observation: Observation) -> list[CostLine]:
    """Return every line of the ledger; totals are sums of these and nothing else."""
    return [
        *_fee_lines(observation),
        *_box_lines(observation),
        *_daily_lines(observation),
        _carrying_line(observation),
        _vessel_line(observation),
        *_wage_lines(observation),
        *_idle_lines(observation),
    ]


def _fen(cny: Floats) -> Ints:
    return np.rint(cny * _FEN).astype(np.int64)


def _fee_lines(observation: Observation) -> Iterator[CostLine]:
    for item, fee in observation.scenario.tariff.fees.items():
        cny = fee.amount * _quantity(observation, fee)
        yield CostLine(item, fee.payer, _fen(cny), fee.payee)


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
        yield CostLine(item, fee.payer, _fen(cny), fee.payee)


def _daily_lines(observation: Observation) -> Iterator[CostLine]:
    days = -(-np.maximum(0, stay_in_yard(observation)) // DAY)
    for item, charge in observation.scenario.tariff.daily_charges.items():
        cny = banded(charge, days) * observation.consignments.teu
        yield CostLine(item, charge.payer, _fen(cny), charge.payee)


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
    days = np.maximum(0, durations(observation)["time_in_port"]) / DAY
    fen = np.rint(observation.consignments.value_fen * rate.rate * days).astype(np.int64)
    return CostLine("carrying", rate.payer, fen)


def _vessel_line(observation: Observation) -> CostLine:
    plan, scenario = observation.plan, observation.scenario
    rate = scenario.tariff.vessel_hour
    departure = np.maximum.reduceat(observation.trace.end, plan.first_activity[:-1])
    stay = (departure - plan.arrival)[: plan.conveyances]
    at_sea = np.array(
        [
            scenario.workflows[s.workflow].mode == "sea"
            for s in scenario.traffic.conveyances.values()
        ]
    )
    cny = at_sea[observation.conveyances.stream] * stay / HOUR * rate.rate
    return CostLine("vessel_hours", rate.payer, _fen(_shared(observation, cny)))


def _shared(observation: Observation, of_conveyance: Floats) -> Floats:
    """What a conveyance costs, shared among all boxes it moves; those of each consignment."""
    consignments, conveyances = observation.consignments, observation.conveyances
    boxes = np.bincount(
        consignments.conveyance, weights=consignments.containers, minlength=len(of_conveyance)
    )
    moves = boxes + conveyances.other_unload_moves + conveyances.other_load_moves
    per_move = of_conveyance / np.maximum(1, moves)
    return np.asarray(per_move[consignments.conveyance] * consignments.containers)


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


def _idle_lines(observation: Observation) -> Iterator[CostLine]:
    """Hours on shift without work, in the measured window.

    Those of officers who board are shared among the crane moves of the vessels measured, those of
    the others among the TEU measured.
    """
    plan, calls = observation.plan, observation.calls_measured
    teu = np.where(observation.measured, observation.consignments.teu, 0)
    for name, agency in observation.scenario.agencies.items():
        cny = np.zeros(len(teu))
        for number, pool in enumerate(plan.pools):
            share = dict(pool.agencies).get(name)
            if share:
                use = pool_use(observation, number)
                idle = share * (use.on_shift - use.on_shift_busy) / HOUR * agency.wage_per_hour
                if _serves_vessels(observation, number):
                    cny += _shared(observation, calls * (idle / max(1, calls.sum())))
                else:
                    cny += teu * (idle / max(1, teu.sum()))
        yield CostLine(f"idle_{name}", "government", _fen(cny))


def _serves_vessels(observation: Observation, pool: int) -> bool:
    """Whether activities of vessel calls ask for the pool."""
    plan = observation.plan
    asked = np.unique(plan.request[: plan.first_activity[plan.conveyances]])
    return any(pool in dict(plan.requests[number].demand) for number in asked if number >= 0)


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
    """CNY per TEU by item, by payer, by payee, and in total, net of payments among them."""
    groups = observation.groups
    everyone = groups["all"]

    def per_teu(key: str, fen: int, members: Flags = everyone) -> Kpi:
        teu = int(observation.consignments.teu[members].sum())
        return Kpi(key, "CNY/TEU", ratio(fen / _FEN, teu))

    kpis = [
        per_teu(f"cost.item.{line.item}.per_teu", int(line.fen[everyone].sum())) for line in lines
    ]
    kpis += [
        per_teu(f"cost.{payer}.per_teu", _paid(lines, everyone, payer=payer)) for payer in PAYERS
    ]
    kpis += [
        per_teu(f"cost.received.{payee}.per_teu", _paid(lines, everyone, payee=payee))
        for payee in sorted({line.payee for line in lines if line.payee})
    ]
    kpis.append(per_teu("cost.outlays.per_teu", _paid(lines, everyone)))
    kpis.append(per_teu("cost.total.per_teu", _paid(lines, everyone, payee=None)))
    for group in ("examined", "examined_twice"):
        members = groups[group]
        prefix = f"{group}.cost"
        paid = _paid(lines, members, payer="trader")
        kpis.append(per_teu(f"{prefix}.trader.per_teu", paid, members))
        kpis.append(per_teu(f"{prefix}.total.per_teu", _paid(lines, members, payee=None), members))
    twice = groups["examined_twice"]
    kpis.append(
        per_teu(
            "examined_twice.handling_fee_per_teu", _handling_fees(observation, lines, twice), twice
        )
    )
    return kpis


def _paid(lines: list[CostLine], members: Flags, **sides: Payer | None) -> int:
    """Fen of the lines that have this payer or this payee."""
    return sum(
        int(line.fen[members].sum())
        for line in lines
        if all(getattr(line, side) == party for side, party in sides.items())
    )


def _handling_fees(observation: Observation, lines: list[CostLine], members: Flags) -> int:
    """Fen that traders pay for moving and unstuffing."""
    handling = {
        item
        for item, fee in observation.scenario.tariff.fees.items()
        if fee.payer == "trader" and {"moving", "unstuffing"} & set(fee.kinds)
    }
    return _paid([line for line in lines if line.item in handling], members)


def net_fen(lines: list[CostLine]) -> Ints:
    """Shape (consignments,): what is spent, without payments among the four parties."""
    spent = [line.fen for line in lines if line.payee is None]
    return np.asarray(np.sum(spent, axis=0))
