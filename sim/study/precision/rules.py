"""Rules that say when there are enough replications.

A rule looks at the half-widths of Student's t intervals of chosen KPIs. Looking again and again and
stopping at the first good look ends too early more often than chance would have it: the interval
found then covers the true value less often than it says (Chow & Robbins, Annals of Mathematical
Statistics 36, 1965, show that it does only in the limit; Singham & Schruben, INFORMS Journal on
Computing 24, 2012, how much less otherwise). A minimum and a look ahead lessen that.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Positive, Strict, Text


class Asked(Strict):
    """The half-width of the interval of a KPI: a share of its mean, or in its own unit."""

    relative: Positive | None = None
    absolute: Positive | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.relative is None) == (self.absolute is None):
            raise ValueError("one of 'relative' and 'absolute' is expected")
        return self

    def is_met(self, estimate: float, half_width: float) -> bool:
        """Whether an interval is narrow enough; one that is not known is not."""
        if self.absolute is not None:
            return half_width <= self.absolute
        return half_width <= (self.relative or 0.0) * abs(estimate)


class _Rule(Strict):
    """What both rules say.

    Attributes:
        kpis: half-widths asked for, by KPI; all are to be reached in every scenario at once.
        minimum: replications before the first look.
        batch: how many further ones are run at a time.
        ceiling: replications that are not exceeded.
    """

    kpis: Annotated[dict[Text, Asked], Field(min_length=1)]
    minimum: Annotated[int, Field(strict=True, ge=2)]
    batch: Annotated[int, Field(strict=True, ge=1)]
    ceiling: Annotated[int, Field(strict=True, ge=2)]

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.ceiling < self.minimum:
            raise ValueError(
                f"the ceiling of {self.ceiling} is below the minimum of {self.minimum}"
            )
        return self

    def batches(self) -> Iterator[range]:
        """Numbers of replications after which all those before are there, batch by batch."""
        done = 0
        while done < self.ceiling:
            ahead = self.minimum if not done else done + self.batch
            yield range(done + 1, min(ahead, self.ceiling) + 1)
            done = min(ahead, self.ceiling)

    @abstractmethod
    def looks(self, batch: range) -> range:
        """Numbers of replications at which the rule looks, once a batch is there."""

    @abstractmethod
    def further(self, number: int) -> int:
        """Replications for which a precision that is first reached has to hold further."""


class HalfWidth(_Rule):
    """Stop at the first look, after each batch, at which everything is precise enough."""

    rule: Literal["half_width"]

    def looks(self, batch: range) -> range:
        """At the end of each batch."""
        return batch[-1:]

    def further(self, number: int) -> int:
        """It need not hold any longer."""
        return 0


class HoadRobinsonDavies(_Rule):
    """Look after every replication, and look ahead whether the precision holds.

    Hoad, Robinson & Davies, Automated selection of the number of replications for a discrete-event
    simulation, Journal of the Operational Research Society 61, 2010: from three replications on,
    with a look ahead of ``look_ahead`` replications up to a hundred, and as many per cent beyond.
    """

    rule: Literal["hoad_robinson_davies"]
    minimum: Annotated[int, Field(strict=True, ge=3)]
    look_ahead: Annotated[int, Field(strict=True, ge=0)]

    def looks(self, batch: range) -> range:
        """After each replication, from the minimum on."""
        return range(max(batch.start, self.minimum), batch.stop)

    def further(self, number: int) -> int:
        """f(kLimit, n) of the paper."""
        return self.look_ahead * max(number, 100) // 100


Precision = HalfWidth | HoadRobinsonDavies
"""A rule and what it asks for."""


class Watch:
    """Told what each look finds, it says when to stop.

    Attributes:
        since: replications from which everything has been precise enough at every look; None where
            it was not at the last one.
    """

    def __init__(self, rule: Precision) -> None:
        self._rule = rule
        self.since: int | None = None

    def is_enough(self, number: int, all_met: bool) -> bool:
        """Take notice of a look after a number of replications, and say whether to stop there."""
        if not all_met:
            self.since = None
            return False
        if self.since is None:
            self.since = number
        return number >= self.since + self._rule.further(self.since)
