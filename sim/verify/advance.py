"""Papers sent ahead of the goods: what is left to wait for after the arrival."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine.simulate import simulate
from sim.scenario.base import NonNegative, Strict
from sim.scenario.validate import validated
from sim.traffic.draws import Draws
from sim.verify.estimators import Sums, mean_of, ratio
from sim.verify.laws import ExponentialLaw, draw
from sim.verify.network_builder import Activities, build_plan
from sim.verify.reference_file import Case

Ints = NDArray[np.int64]
_CASES = 5_000
_HOUR = 3600


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
