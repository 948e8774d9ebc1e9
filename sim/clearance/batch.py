"""Cases that follow one workflow, as columns: the conveyances of a stream, or a flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.work import Attributes
from sim.scenario.scenario import Scenario
from sim.traffic.consignments import Consignments
from sim.traffic.conveyances import Conveyances
from sim.traffic.draws import Draws

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Batch:
    """Cases of one stream or flow, numbered one after another.

    Attributes:
        workflow: that they follow.
        arrives_by: workflow of the conveyance that brings them, if one does.
        departs_by: workflow of the conveyances they board, if they do.
        is_conveyance: whether they are conveyances.
        is_cancelled: whether they are conveyances that do not come.
        first_case: number of the first case.
        entity: shape (n,), identities by which draws are keyed.
        conveyance: shape (n,), number of the conveyance each is attached to.
        arrival: shape (n,), its arrival in ticks.
        timetable: shape (n,), its time in the timetable.
        lead: shape (n,), ticks by which it is known to lodge in advance, NaN where that is drawn.
        containers: shape (n,), boxes; 1 for a conveyance.
        flags: columns that steps and reforms can ask about.
        attributes: hours that the traffic fixes; of loading those that do not depend on boarding.
        draws: of the stream or flow.
    """

    workflow: str
    arrives_by: str | None
    departs_by: str | None
    is_conveyance: bool
    is_cancelled: bool
    first_case: int
    entity: Ints
    conveyance: Ints
    arrival: Ints
    timetable: Ints
    lead: Floats
    containers: Ints
    flags: Mapping[str, NDArray[np.bool_]]
    attributes: Attributes
    draws: Draws

    def __len__(self) -> int:
        return len(self.entity)


def batches_of(
    scenario: Scenario, conveyances: Conveyances, consignments: Consignments, draws: Draws
) -> list[Batch]:
    """Return the batches of a replication, those of conveyances first; none is empty."""
    handling = _handling_hours(scenario, conveyances, consignments)
    batches = [
        *_of_streams(scenario, conveyances, handling, draws),
        *_of_flows(scenario, conveyances, consignments, handling, draws),
    ]
    return [batch for batch in batches if len(batch)]


def _of_streams(
    scenario: Scenario, conveyances: Conveyances, handling: Attributes, draws: Draws
) -> list[Batch]:
    def batch(name: str, index: Ints, *, is_cancelled: bool) -> Batch:
        return Batch(
            workflow=scenario.traffic.conveyances[name].workflow,
            arrives_by=None,
            departs_by=None,
            is_conveyance=True,
            is_cancelled=is_cancelled,
            first_case=int(index[0]) if len(index) else 0,
            entity=conveyances.entity[index],
            conveyance=index,
            arrival=conveyances.arrival[index],
            timetable=conveyances.timetable[index],
            lead=np.full(len(index), np.nan),
            containers=np.ones_like(index),
            flags={},
            attributes={key: hours[index] for key, hours in handling.items()},
            draws=draws.under(name),
        )

    batches = []
    for name in conveyances.streams:
        batches.append(batch(name, conveyances.of_stream(name), is_cancelled=False))
        cancelled = conveyances.cancelled_of_stream(name)
        batches.append(batch(name, cancelled, is_cancelled=True))
    return batches


def _of_flows(
    scenario: Scenario,
    conveyances: Conveyances,
    consignments: Consignments,
    handling: Attributes,
    draws: Draws,
) -> list[Batch]:
    streams = scenario.traffic.conveyances
    batches = []
    for name, flow in scenario.traffic.flows.items():
        where = consignments.of_flow(name)
        entity, conveyance = consignments.entity[where], consignments.conveyance[where]
        of_flow = draws.under(name)
        batches.append(
            Batch(
                workflow=flow.workflow,
                arrives_by=streams[flow.arrives_by].workflow if flow.arrives_by else None,
                departs_by=streams[flow.departs_by].workflow if flow.departs_by else None,
                is_conveyance=False,
                is_cancelled=False,
                first_case=len(conveyances) + where.start,
                entity=entity,
                conveyance=conveyance,
                arrival=conveyances.arrival[conveyance],
                timetable=conveyances.timetable[conveyance],
                lead=consignments.lead[where],
                containers=consignments.containers[where],
                flags={key: column[where] for key, column in consignments.flags.items()},
                attributes={
                    "unload_offset": of_flow.uniform("unload_offset", entity)
                    * handling["unload_hours"][conveyance],
                    "load_offset": np.zeros(len(entity)),
                },
                draws=of_flow,
            )
        )
    return batches


def _handling_hours(
    scenario: Scenario, conveyances: Conveyances, consignments: Consignments
) -> dict[str, Floats]:
    """Hours that unloading each conveyance takes, and loading boxes that are no consignment.

    NaN where no rate is given. How long others take to load is known once they have boarded.
    """
    brought = np.array([bool(flow.arrives_by) for flow in scenario.traffic.flows.values()])
    arrives = brought[consignments.flow]
    unloaded = np.bincount(
        consignments.conveyance[arrives],
        weights=consignments.containers[arrives],
        minlength=len(conveyances),
    )
    handling = scenario.port.handling
    by_stream = [
        handling[stream.workflow].moves_per_hour if stream.workflow in handling else np.nan
        for stream in scenario.traffic.conveyances.values()
    ]
    rate = np.array(by_stream)[conveyances.stream]
    return {
        "unload_hours": (unloaded + conveyances.other_unload_moves) / rate,
        "load_hours": conveyances.other_load_moves / rate,
    }
