"""Cases without lines: steps in turn or side by side, and papers sent ahead of the goods."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.clearance.plan import PoolDemand
from sim.engine.simulate import simulate
from sim.scenario.base import NonNegative, Positive, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean_of, ratio, variance_of
from sim.verify.experiment import Exact
from sim.verify.laws import ExponentialLaw, SimpleLaw, draw
from sim.verify.network_builder import Activities, Servers, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_CASES = 5_000
_SCALE = 1_000_000
_HOUR = 3600


class DelaysModel(Strict):
    """Delays that nobody waits in line for."""

    kind: Literal["delays"]
    delays: Annotated[tuple[SimpleLaw, ...], Field(min_length=2)]
    servers: Literal["inf"]


class Delays:
    """The same delays one after another and side by side."""

    def __init__(self, case: Case) -> None:
        self._laws = validated(DelaysModel, case.model, case.id).delays

    @cached_property
    def activities(self) -> float:
        """Delays and joins of a replication."""
        return _CASES * (2 * len(self._laws) + 1)

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Time of cases in turn and side by side."""
        number = np.arange(_CASES, dtype=np.int64)
        times = [draw(law, draws, f"delay.{n}", number) for n, law in enumerate(self._laws)]
        work = np.rint(np.stack(times, axis=1) * _SCALE).astype(np.int64)
        serial, parallel = (end / _SCALE for end in (_in_turn(work), _side_by_side(work)))
        return {
            "serial_mean": mean_of(serial),
            "serial_var": variance_of(serial),
            "parallel_mean": mean_of(parallel),
            "parallel_var": variance_of(parallel),
            "saving_fraction": Sums("relative_saving", (parallel.sum(), serial.sum())),
        }


def _in_turn(work: Ints) -> Ints:
    """Ends of cases whose delays, shape (cases, delays), follow each other."""
    cases, delays = work.shape
    place = np.arange(work.size).reshape(work.shape)
    trace = simulate(
        build_plan(
            Activities(
                case=np.repeat(np.arange(cases), delays),
                work=work.ravel(),
                earliest=np.zeros(work.size, dtype=np.int64),
                demand=np.full(work.size, -1),
                before=place[:, :-1].ravel(),
                after=place[:, 1:].ravel(),
            )
        )
    )
    return trace.end[delays - 1 :: delays]


def _side_by_side(work: Ints) -> Ints:
    """Ends of cases whose delays begin together; a last activity waits for all of them."""
    cases, delays = work.shape
    place = np.arange(cases * (delays + 1)).reshape(cases, delays + 1)
    trace = simulate(
        build_plan(
            Activities(
                case=np.repeat(np.arange(cases), delays + 1),
                work=np.pad(work, ((0, 0), (0, 1))).ravel(),
                earliest=np.zeros(place.size, dtype=np.int64),
                demand=np.full(place.size, -1),
                before=place[:, :-1].ravel(),
                after=np.repeat(place[:, -1], delays),
            )
        )
    )
    return trace.end[delays :: delays + 1]


class AdvanceModel(Strict):
    """A document that may begin ahead of the arrival, by a fixed or a random lead."""

    kind: Literal["advance"]
    document: ExponentialLaw
    lead_fixed: NonNegative
    lead_random: ExponentialLaw


class Advance:
    """A release waits for the arrival and for the document, which begins ahead of it."""

    def __init__(self, case: Case) -> None:
        self._model = validated(AdvanceModel, case.model, case.id)

    @cached_property
    def activities(self) -> float:
        """Documents and releases of a replication, under three leads."""
        return 6 * _CASES

    def replicate(self, draws: Draws) -> dict[str, Sums]:
        """Time from arrival to release under each lead."""
        number = np.arange(_CASES, dtype=np.int64)
        document = draw(self._model.document, draws, "document", number) * _HOUR
        random_lead = draw(self._model.lead_random, draws, "lead", number) * _HOUR
        fixed_lead = np.full(_CASES, self._model.lead_fixed * _HOUR)
        waits = {
            name: _wait_after_arrival(document, lead) / _HOUR
            for name, lead in (
                ("no_advance", np.zeros(_CASES)),
                ("fixed_lead", fixed_lead),
                ("random_lead", random_lead),
            )
        }
        at_once = np.count_nonzero(waits["fixed_lead"] == 0)
        return {
            **{f"wait_after_arrival_{name}": mean_of(wait) for name, wait in waits.items()},
            "share_released_on_arrival_fixed_lead": ratio(at_once, _CASES),
        }


def _wait_after_arrival(document: NDArray[np.float64], lead: NDArray[np.float64]) -> Ints:
    """Ticks from arrival to release; arrivals lie so late that every lead fits before them."""
    arrival = int(np.ceil(lead.max(initial=0.0)))
    begin = np.stack([arrival - np.rint(lead), np.full(_CASES, arrival)], axis=1)
    work = np.stack([np.rint(document), np.zeros(_CASES)], axis=1)
    documents = 2 * np.arange(_CASES)
    trace = simulate(
        build_plan(
            Activities(
                case=np.repeat(np.arange(_CASES), 2),
                work=work.ravel().astype(np.int64),
                earliest=begin.ravel().astype(np.int64),
                demand=np.full(2 * _CASES, -1),
                before=documents,
                after=documents + 1,
            )
        )
    )
    return trace.start[1::2] - arrival


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
