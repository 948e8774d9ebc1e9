"""Fees for what is done to a consignment, and for its containers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.measure.cost.lines import FEN, CostLine, whole_fen
from sim.measure.cost.quantities import concerned, in_containers, weight_kg
from sim.measure.detection import examined_by, found_at_examination
from sim.measure.observation import Observation
from sim.scenario.tariff import Fee

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
HOUR = 3600


def fee_lines(observation: Observation) -> Iterator[CostLine]:
    """Lines of the fees that are for any flow of the scenario."""
    for item, fee in observation.scenario.tariff.fees.items():
        for_these = concerned(observation, fee)
        if not for_these.any():
            continue
        fen = whole_fen(fee.amount * _quantity(observation, fee) * for_these)
        if not fee.waived_without_finding:
            yield CostLine(item, fee.payer, fen, fee.payee, is_charge=True)
            continue
        found = anything_found(observation)
        yield CostLine(item, fee.payer, np.where(found, fen, 0), fee.payee, is_charge=True)
        if fee.waived_paid_by:
            # Who is paid anyway needs no money from itself.
            payee = fee.payee if fee.payee != fee.waived_paid_by else None
            waived = np.where(found, 0, fen)
            yield CostLine(waived_item(item), fee.waived_paid_by, waived, payee, is_charge=True)


def waived_item(item: str) -> str:
    """Name of the line on which another pays a fee that is waived."""
    return f"{item}_waived"


def box_lines(observation: Observation) -> Iterator[CostLine]:
    """Lines of the fees by the length of a container."""
    long_boxes = observation.consignments.forty_foot
    short_boxes = observation.consignments.containers - long_boxes
    for item, fee in observation.scenario.tariff.box_fees.items():
        for_these = concerned(observation, fee) & in_containers(observation)
        if for_these.any():
            cny = (short_boxes * fee.twenty_foot + long_boxes * fee.forty_foot) * for_these
            yield CostLine(item, fee.payer, whole_fen(cny), fee.payee, is_charge=True)


def anything_found(observation: Observation) -> Flags:
    """Shape (consignments,): whether any examination had a finding, be it a false alarm."""
    consignments = observation.consignments
    found = np.zeros(len(consignments), dtype=np.bool_)
    examined = np.zeros(len(consignments), dtype=np.bool_)
    for agency in consignments.violation:
        by_agency = examined_by(observation, agency)
        examined |= by_agency
        found |= by_agency & consignments.flags[f"{agency}_finding"]
        found |= found_at_examination(observation, agency)
    return found & examined


def _quantity(observation: Observation, fee: Fee) -> Floats:
    """Shape (consignments,): units of its basis that a fee is charged for."""
    plan = observation.plan
    charged = np.array(_of_kinds(observation, fee), dtype=float)[plan.step]
    match fee.per:
        case "case" | "kg" | "duty":
            is_charged = observation.per_consignment(charged) > 0
            return np.asarray(is_charged * _once(observation, fee.per))
        case "container":
            per_box = observation.steps_with("per", "container")
            return observation.per_consignment(charged * per_box[plan.step])
        case "teu":
            return observation.per_consignment(charged * _teu_of_activity(observation))
        case "hour":
            return observation.per_consignment(charged * observation.trace.work / HOUR)
        case "document" | "data_item" | "visit":
            amounts = [getattr(step, f"{fee.per}s") for step in plan.steps]
            return observation.per_consignment(charged * np.array(amounts, dtype=float)[plan.step])


def _of_kinds(observation: Observation, fee: Fee) -> list[bool]:
    """Whether a fee is charged for each step of the plan."""
    return [not fee.kinds or step.kind in fee.kinds for step in observation.plan.steps]


def _once(observation: Observation, per: str) -> Floats:
    """Units of a consignment that are charged once, however many steps it meets."""
    if per == "kg":
        return weight_kg(observation)
    if per == "duty":
        return np.asarray(observation.consignments.duty_fen / FEN)
    return np.ones(len(observation.consignments))


def _teu_of_activity(observation: Observation) -> Floats:
    """Shape (activities,): TEU of the container an activity concerns, none for a unit load.

    The forty-foot boxes are a consignment's first.
    """
    plan = observation.plan
    of_conveyances = np.zeros(plan.conveyances, dtype=np.int64)
    long_boxes = np.concatenate([of_conveyances, observation.consignments.forty_foot])
    boxed = np.concatenate([of_conveyances, in_containers(observation)])
    teu = np.where(plan.container < long_boxes[plan.case], 2.0, 1.0)
    return np.asarray(teu * boxed[plan.case])
