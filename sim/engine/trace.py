"""The trace: when each activity of a plan became ready, started and ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.tally import Tally

Ints = NDArray[np.int64]
NEVER = -1


@dataclass(frozen=True)
class Trace:
    """Shapes are (activities,), in ticks; NEVER where it did not come to that.

    Attributes:
        ready: all predecessors had ended, with their lags, and the trigger had passed.
        start: every unit was granted.
        end: the work was done.
        work: the working time it takes.
        boarded: the conveyance on which a slot was taken; NEVER for all that takes none.
        tally: what the engine counted meanwhile; None where no engine ran.
    """

    ready: Ints
    start: Ints
    end: Ints
    work: Ints
    boarded: Ints
    tally: Tally | None = None

    @property
    def unfinished(self) -> int:
        """Number of activities that never ended."""
        return int((self.end == NEVER).sum())
