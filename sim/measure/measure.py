"""All measures of one replication of one scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.measure.conveyance_times import conveyance_kpis, slot_kpis
from sim.measure.cost.audit import audit_ledger
from sim.measure.cost.kpis import cost_kpis
from sim.measure.cost.ledger import cost_lines
from sim.measure.counts import count_kpis
from sim.measure.critical_path import critical_kpis
from sim.measure.detection import detection_kpis
from sim.measure.kpi import Kpi
from sim.measure.observation import Observation
from sim.measure.promises import promise_kpis
from sim.measure.recognition import recognition_kpis
from sim.measure.split import split, split_kpis
from sim.measure.standards import standard_kpis
from sim.measure.times import Observed, observed_times, time_kpis
from sim.measure.utilisation import pool_kpis, yard_kpis
from sim.measure.workload import permit_kpis, visit_kpis, workload, workload_kpis


@dataclass(frozen=True)
class Measures:
    """What a replication says.

    Attributes:
        kpis: figures of the replication.
        observed: ticks of the measured consignments, by ``group.measure``.
    """

    kpis: tuple[Kpi, ...]
    observed: Mapping[str, Observed]


def measure(observation: Observation) -> Measures:
    """Compute every measure of a replication.

    Raises:
        InvariantError: the ledger of costs does not add up.
    """
    lines = cost_lines(observation)
    audit_ledger(observation, lines)
    observed = observed_times(observation)
    columns = workload(observation)
    kpis = [
        *time_kpis(observed),
        *split_kpis(observation, split(observation)),
        *critical_kpis(observation),
        *workload_kpis(observation, columns),
        *visit_kpis(observation, columns["visits"]),
        *permit_kpis(observation),
        *standard_kpis(observation),
        *cost_kpis(observation, lines),
        *detection_kpis(observation),
        *recognition_kpis(observation),
        *promise_kpis(observation),
        *pool_kpis(observation),
        *yard_kpis(observation),
        *conveyance_kpis(observation),
        *slot_kpis(observation),
        *count_kpis(observation),
    ]
    return Measures(kpis=tuple(kpis), observed=observed)
