"""What the time of conveyances in port costs, shared among the boxes they move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.cost.lines import CostLine, whole_fen
from sim.measure.observation import Observation

Floats = NDArray[np.float64]
HOUR = 3600


def conveyance_lines(observation: Observation) -> Iterator[CostLine]:
    """Hours in port of vessels, trains, flights and trucks, one line a workflow that comes."""
    plan, scenario = observation.plan, observation.scenario
    departure = np.maximum.reduceat(observation.trace.end, plan.first_activity[:-1])
    hours = np.maximum(0, departure - plan.arrival)[: plan.conveyances] / HOUR
    streams = scenario.traffic.conveyances.values()
    for workflow in dict.fromkeys(stream.workflow for stream in streams):
        rate = scenario.tariff.conveyance_hours[workflow]
        follows = np.array([stream.workflow == workflow for stream in streams])
        cny = follows[observation.conveyances.stream] * hours * rate.rate
        shared = shared_by_moves(observation, cny)
        yield CostLine(f"{workflow}_hours", rate.payer, whole_fen(shared))


def shared_by_moves(observation: Observation, of_conveyance: Floats) -> Floats:
    """Share what each conveyance costs among all boxes it moves; shape (consignments,).

    These are the boxes it brings, those that board it, and boxes that are no consignment.
    """
    consignments, conveyances = observation.consignments, observation.conveyances
    case, conveyance, boxes = _moves(observation)
    own_moves = np.bincount(conveyance, weights=boxes, minlength=len(of_conveyance))
    moves = own_moves + conveyances.other_unload_moves + conveyances.other_load_moves
    shares = (of_conveyance / np.maximum(1, moves))[conveyance] * boxes
    return np.asarray(np.bincount(case, weights=shares, minlength=len(consignments)), dtype=float)


def _moves(observation: Observation) -> tuple[NDArray[np.int64], ...]:
    """Consignment, conveyance and number of boxes of everything unloaded or loaded.

    Boxes board one by one.
    """
    consignments, plan = observation.consignments, observation.plan
    flows = observation.scenario.traffic.flows.values()
    brought = np.array([flow.arrives_by is not None for flow in flows])[consignments.flow]
    boards = np.flatnonzero(observation.trace.boarded != NEVER)
    boarding = plan.case[boards] - plan.conveyances
    return (
        np.concatenate([np.flatnonzero(brought), boarding]),
        np.concatenate([consignments.conveyance[brought], observation.trace.boarded[boards]]),
        np.concatenate([consignments.containers[brought], np.ones_like(boards)]),
    )
