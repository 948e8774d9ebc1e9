"""Cases without lines: steps in turn or side by side."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.engine.simulate import simulate
from sim.scenario.base import Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean_of, variance_of
from sim.verify.laws import SimpleLaw, draw
from sim.verify.network_builder import Activities, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_CASES = 5_000
_SCALE = 1_000_000


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
