"""The ledger of a replication: every cost there is, line by line."""

from __future__ import annotations

from sim.measure.cost.area import area_line
from sim.measure.cost.conveyances import conveyance_lines
from sim.measure.cost.fees import box_lines, fee_lines
from sim.measure.cost.lines import CostLine
from sim.measure.cost.staff import idle_lines, wage_lines
from sim.measure.cost.stays import carrying_line, stay_lines
from sim.measure.observation import Observation


def cost_lines(observation: Observation) -> list[CostLine]:
    """Return every line of the ledger; totals are sums of these and nothing else."""
    return [
        *fee_lines(observation),
        *box_lines(observation),
        *stay_lines(observation),
        carrying_line(observation),
        *conveyance_lines(observation),
        *wage_lines(observation),
        *idle_lines(observation),
        area_line(observation),
    ]
