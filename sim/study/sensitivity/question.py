"""What a sensitivity study is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.study.choice.systems import Sense
from sim.study.sensitivity.plan import Plan
from sim.study.settings import Run

Method = Literal["tornado", "morris", "sobol", "ranking"]
METHODS: tuple[Method, ...] = ("tornado", "morris", "sobol", "ranking")


@dataclass(frozen=True)
class SensitivityQuestion:
    """All that a command asks for.

    Attributes:
        run: every point once, the scenario as written (or the first option) first.
        method: of the study.
        kpi: a figure of a replication.
        sense: which direction is better; None where it is not known, and not needed.
        plans: points by option; one, but for a ranking.
        fixed: figures that can be moved neither down nor up.
        seed: of samples and of bootstraps.
    """

    run: Run
    method: Method
    kpi: str
    sense: Sense | None
    plans: tuple[Plan, ...]
    fixed: tuple[str, ...]
    seed: int
