"""Mutual recognition: what customs passed on the finding of quarantine, and how large it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation

Flags = NDArray[np.bool_]
# The step by which customs takes the finding over. What a clean scan clears is not opened by
# customs either, and is recognised by nobody.
STEP = "accept_finding"


def recognition_kpis(observation: Observation) -> list[Kpi]:
    """Size of what both agencies selected, and the share of it that was recognised."""
    twice, teu = observation.groups["examined_twice"], observation.consignments.teu
    recognised = twice & _recognised(observation)
    consignments, boxes = int(twice.sum()), int(teu[twice].sum())
    return [
        Kpi("examined_twice.teu_per_consignment", "TEU/consignment", ratio(boxes, consignments)),
        Kpi("recognised_share", "1", ratio(int(recognised.sum()), consignments)),
        Kpi("recognised_teu_share", "1", ratio(int(teu[recognised].sum()), boxes)),
    ]


def _recognised(observation: Observation) -> Flags:
    """Shape (consignments,): whether its finding was accepted."""
    accepts = observation.steps_with("name", STEP)[observation.plan.step]
    done = accepts & (observation.trace.end != NEVER)
    return np.asarray(observation.per_consignment(done.astype(float)) > 0)
