"""What the procedures of selection ask for, and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Sense = Literal["less", "more"]
SENSES: tuple[Sense, ...] = ("less", "more")
Basis = Literal["stated", "asymptotic", "estimated"]

Source = Callable[[Mapping[str, range]], Mapping[str, Floats]]
"""Gives replications of systems by their numbers, one value each; asked for at once, they may run
side by side. The same number is the same luck in every system, or independent luck in each."""

Prepare = Callable[[Mapping[str, range]], None]
"""Told which replications are wanted soon, so that they run side by side. It judges none of them:
whether they are ever used depends on the values before."""


def already_there(_: Mapping[str, range]) -> None:
    """Prepare nothing, for values that are known beforehand."""


@dataclass(frozen=True)
class System:
    """What became of one system.

    Attributes:
        name: of the system.
        n: replications that counted.
        mean: over these.
        eliminated_by: the system that it fell behind, after its last replication; None if none.
        is_equal: whether it was not worse than that one, but the same, and named later.
    """

    name: str
    n: int
    mean: float
    eliminated_by: str | None = None
    is_equal: bool = False


@dataclass(frozen=True)
class Step:
    """Where one system stood at some time.

    Attributes:
        spent: replications of all systems until then.
        system: one that was still in the running.
        n: its replications.
        mean: over these.
    """

    spent: int
    system: str
    n: int
    mean: float


@dataclass(frozen=True)
class Selection:
    """The chosen system, and how.

    Attributes:
        chosen: its name.
        probability: of a correct choice, in the sense of its basis.
        basis: ``stated``: at least so probable that the best is chosen where it is better than all
            others by the indifference zone, for normal values. ``asymptotic``: the same in the
            limit of a small zone. ``estimated``: that no other is better by more than the zone,
            judged by the values that led to the choice.
        systems: all of them, as they were given.
        steps: the course of the procedure.
    """

    chosen: str
    probability: float
    basis: Basis
    systems: tuple[System, ...]
    steps: tuple[Step, ...]

    @property
    def spent(self) -> int:
        """Replications of all systems that counted."""
        return sum(system.n for system in self.systems)


def sign(sense: Sense) -> float:
    """What values are multiplied with so that more is better."""
    return 1.0 if sense == "more" else -1.0
