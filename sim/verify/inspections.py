"""Agencies that inspect one consignment: in turn, side by side, or jointly."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.clearance.plan import PoolDemand
from sim.engine.simulate import simulate
from sim.scenario.base import NonNegative, Positive, Strict
from sim.scenario.validate import validated
from sim.verify.experiment import Exact
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_HOUR = 3600


class Inspection(Strict):
    """An agency and how long it works."""

    name: str
    work: Positive


class ReformModel(Strict):
    """Agencies that inspect one consignment, separately or jointly."""

    kind: Literal["reform_dd"]
    agencies: Annotated[tuple[Inspection, ...], Field(min_length=2)]
    joint_overhead: NonNegative
    unit: Literal["hour"]


def inspections(case: Case) -> Exact:
    """Hours of one consignment under each way to inspect it, and of the inspectors."""
    model = validated(ReformModel, case.model, case.id)
    work = np.array([round(agency.work * _HOUR) for agency in model.agencies])
    own = np.arange(len(work))
    everybody = tuple((agency, 1) for agency in own.tolist())
    alone = tuple((demand,) for demand in everybody)
    one_pool = (((0, 1),),)
    joint = np.array([work.max() + round(model.joint_overhead * _HOUR)])
    serial, serial_hours = _inspected(work, own, alone, in_turn=True)
    parallel, _ = _inspected(work, own, alone)
    shared, _ = _inspected(work, 0 * own, one_pool)
    together, joint_hours = _inspected(joint, np.zeros(1, dtype=np.int64), (everybody,))
    return Exact(
        {
            "serial": serial,
            "parallel_own_inspectors": parallel,
            "parallel_one_shared_inspector": shared,
            "joint_inspection": together,
            "inspector_hours_serial": serial_hours,
            "inspector_hours_joint_all_present": joint_hours,
        }
    )


def _inspected(
    work: Ints,
    demand: Ints,
    demands: tuple[PoolDemand, ...],
    in_turn: bool = False,
) -> tuple[float, float]:
    """Hours until one case is done, and hours of all inspectors it held."""
    steps = np.arange(len(work))
    none = np.zeros(len(work), dtype=np.int64)
    order = (steps[:-1], steps[1:]) if in_turn else (none[:0], none[:0])
    activities = Activities(none, work, none, demand, before=order[0], after=order[1])
    pools = 1 + max(pool for needed in demands for pool, _ in needed)
    trace = simulate(build_plan(activities, (Servers(1),) * pools, demands))
    inspectors = np.array([sum(units for _, units in demands[number]) for number in demand])
    held = float(((trace.end - trace.start) * inspectors).sum())
    return float(trace.end.max()) / _HOUR, held / _HOUR
