"""What charges are counted by, and which consignments they are for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measure.observation import Observation
from sim.scenario.tariff import Charge

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def concerned(observation: Observation, charge: Charge) -> Flags:
    """Shape (consignments,): whether a charge is for the flow of a consignment at all."""
    scenario = observation.scenario
    by_flow = [
        (not charge.flows or name in charge.flows)
        and (not charge.modes or scenario.workflows[flow.workflow].mode in charge.modes)
        for name, flow in scenario.traffic.flows.items()
    ]
    return np.array(by_flow, dtype=np.bool_)[observation.consignments.flow]


def in_containers(observation: Observation) -> Flags:
    """Shape (consignments,): whether its boxes are containers, not unit loads."""
    flows = observation.scenario.traffic.flows.values()
    is_container = [flow.containers.unit == "container" for flow in flows]
    return np.array(is_container, dtype=np.bool_)[observation.consignments.flow]


def loads(observation: Observation) -> Ints:
    """Shape (consignments,): TEU of containers, or number of unit loads."""
    consignments = observation.consignments
    return np.where(in_containers(observation), consignments.teu, consignments.containers)


def weight_kg(observation: Observation) -> Floats:
    """Shape (consignments,): as heavy as the goods of the flow load."""
    flows = observation.scenario.traffic.flows.values()
    payload = np.array([flow.goods.payload_kg for flow in flows], dtype=np.float64)
    return np.asarray(payload[observation.consignments.flow] * loads(observation))
