"""Additivity of the ledger, checked in every run: a violation stops it and names the case."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.cost.fees import waived_item
from sim.measure.cost.lines import FEN, CostLine, net_fen
from sim.measure.cost.quantities import concerned, weight_kg
from sim.measure.observation import Observation
from sim.scenario.errors import InvariantError
from sim.scenario.tariff import PAYERS, Fee

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
HOUR = 3600


def audit_ledger(observation: Observation, lines: list[CostLine]) -> None:
    """Check that sums agree however they are taken, and that fees agree with the trace.

    Raises:
        InvariantError: the first law broken.
    """
    for line in lines:
        _require(line.fen >= 0, observation, f"cost of '{line.item}' is below zero")
    _check_parties(observation, lines)
    _check_fees(observation, lines)


def _require(holds: Flags, observation: Observation, what: str) -> None:
    if not holds.all():
        case = observation.plan.conveyances + int(np.argmin(holds))
        raise InvariantError(f"case {case}: {what}")


def _check_parties(observation: Observation, lines: list[CostLine]) -> None:
    """What all parties pay less what they receive is what is spent, for every consignment."""
    balance = np.zeros(len(observation.consignments), dtype=np.int64)
    for party in PAYERS:
        for line in lines:
            balance += line.fen * (int(line.payer == party) - int(line.payee == party))
    holds = balance == net_fen(lines)
    _require(holds, observation, "what the parties pay and receive is not what is spent")
    total = sum(int(line.fen.sum()) for line in lines)
    received = sum(int(line.fen.sum()) for line in lines if line.payee)
    if int(balance.sum()) != total - received:
        raise InvariantError("ledger: the sum over consignments is not the sum over lines")


def _check_fees(observation: Observation, lines: list[CostLine]) -> None:
    """Fees add up to what the steps that ended in the trace cost.

    Fees that are waived without another payer are booked only in part and left out.
    """
    fees = {
        item: fee
        for item, fee in observation.scenario.tariff.fees.items()
        if fee.waived_paid_by or not fee.waived_without_finding
    }
    items = {*fees, *(waived_item(item) for item in fees)}
    booked = np.zeros(len(observation.consignments), dtype=np.int64)
    for line in lines:
        if line.item in items:
            booked += line.fen
    expected = np.zeros(len(booked))
    for fee in fees.values():
        expected += FEN * fee.amount * concerned(observation, fee) * _units(observation, fee)
    holds = ~observation.finished | (np.abs(booked - expected) <= 0.5 * len(fees) + 1e-3)
    _require(holds, observation, "fees booked are not those of the steps that ended")


def _units(observation: Observation, fee: Fee) -> Floats:
    """Shape (consignments,): units of a fee's basis, counted from activity to activity."""
    plan, consignments = observation.plan, observation.consignments
    kinds = np.array([step.kind for step in plan.steps])
    charged = np.isin(kinds, fee.kinds) if fee.kinds else np.ones(len(kinds), dtype=np.bool_)
    ended = np.flatnonzero((observation.trace.end != NEVER) & (plan.case >= plan.conveyances))
    ended = ended[charged[plan.step[ended]]]
    consignment = plan.case[ended] - plan.conveyances
    units = np.zeros(len(consignments))
    match fee.per:
        case "case":
            units[consignment] = 1
        case "kg":
            units[consignment] = weight_kg(observation)[consignment]
        case "duty":
            units[consignment] = consignments.duty_fen[consignment] / FEN
        case "hour":
            np.add.at(units, consignment, observation.trace.work[ended] / HOUR)
        case "teu":
            is_long = plan.container[ended] < consignments.forty_foot[consignment]
            teu = np.where(consignments.teu[consignment] > 0, 1 + is_long, 0)
            np.add.at(units, consignment, teu)
        case "container":
            boxed = np.array([step.per == "container" for step in plan.steps])
            np.add.at(units, consignment, boxed[plan.step[ended]])
        case "document" | "data_item" | "visit":
            counts = np.array([getattr(step, f"{fee.per}s") for step in plan.steps])
            np.add.at(units, consignment, counts[plan.step[ended]])
    return units
