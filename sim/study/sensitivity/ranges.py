"""What is moved in a sensitivity study, and how far: assumed figures, or factors of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log
from typing import Protocol

from pydantic import JsonValue

from sim.scenario.design import Factor
from sim.scenario.scenario import Scenario
from sim.study.assumed import AssumedFigure, moved, shown
from sim.study.design.sampling import value_at

Numbers = tuple[float, ...]


class Range(Protocol):
    """A figure of a scenario between two ends."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Dotted keys of all its numbers."""

    def at(self, place: float) -> Sequence[JsonValue]:
        """Values of its keys at a place from 0, the low end, to 1, the high one."""

    def reached(self, place: float) -> float:
        """The place where the values really are: whole numbers are not everywhere."""

    def text(self, place: float) -> str:
        """The values at a place, each once."""


@dataclass(frozen=True)
class FigureRange:
    """An assumed figure between the values that two factors give it.

    Attributes:
        figure: as written.
        low: its values at the low end; as written where it cannot be moved that way.
        high: those at the high end.
    """

    figure: AssumedFigure
    low: Numbers
    high: Numbers

    @property
    def name(self) -> str:
        """Where it stands."""
        return self.figure.name

    @property
    def keys(self) -> tuple[str, ...]:
        """Dotted keys of all its numbers."""
        return self.figure.keys

    def at(self, place: float) -> Numbers:
        """Values on the straight line between the ends; whole numbers come as often as another."""
        return tuple(map(_between, self.low, self.high, [place] * len(self.low)))

    def reached(self, place: float) -> float:
        """The place where the values really are, of several figures their mean."""
        moves = zip(self.low, self.at(place), self.high, strict=True)
        found = [(value - low) / (high - low) for low, value, high in moves if high != low]
        return sum(found) / len(found)

    def text(self, place: float) -> str:
        """The values at a place, each once."""
        return shown(self.at(place))


@dataclass(frozen=True)
class FactorRange:
    """A factor of a file, from its low to its high value."""

    factor: Factor

    @property
    def name(self) -> str:
        """Its key."""
        return self.factor.key

    @property
    def keys(self) -> tuple[str, ...]:
        """Its key alone."""
        return (self.factor.key,)

    def at(self, place: float) -> tuple[JsonValue, ...]:
        """The value at a place of its scale."""
        return (value_at(self.factor, place),)

    def reached(self, place: float) -> float:
        """The place on its scale where the value really is."""
        low, value, high = (value_at(self.factor, at) for at in (0.0, place, 1.0))
        if not self.factor.integer:
            return place
        assert isinstance(low, int) and isinstance(value, int) and isinstance(high, int)
        if self.factor.scale == "log":
            return log(value / low) / log(high / low)
        return (value - low) / (high - low)

    def text(self, place: float) -> str:
        """The value at a place."""
        return f"{value_at(self.factor, place)}"


def ranges_of_figures(
    scenario: Scenario, figures: Sequence[AssumedFigure], factors: tuple[float, float]
) -> tuple[list[FigureRange], list[str]]:
    """Ranges of assumed figures of a scenario, each multiplied by two factors.

    Returns:
        The ranges, and the names of figures that can be moved neither down nor up.
    """
    ranges, fixed = [], []
    for figure in figures:
        ends = [moved(scenario, figure, factor) for factor in factors]
        if not any(ends):
            fixed.append(figure.name)
            continue
        low, high = (end.values if end else figure.values for end in ends)
        ranges.append(FigureRange(figure, low, high))
    return ranges, fixed


def _between(low: float, high: float, place: float) -> float:
    if place in (0, 1):
        return high if place else low
    if not (isinstance(low, int) and isinstance(high, int)):
        return low + place * (high - low)
    steps = min(floor(place * (abs(high - low) + 1)), abs(high - low))
    return low + steps if high > low else low - steps
