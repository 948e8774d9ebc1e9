"""Which figures of the port reforms set: from what, to what, on what basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.report.labels import Labels
from sim.report.numbers import MISSING
from sim.scenario.scenario import Scenario
from sim.study.settings import Point

_NO_FIGURES = {"source", "calibrated_to", "assumption", "label"}


@dataclass(frozen=True)
class FigureSet:
    """A figure that a reform sets, as text."""

    reform: str
    key: str
    before: str
    after: str
    basis: str


def figures_set(points: Sequence[Point], labels: Labels) -> dict[FigureSet, list[str]]:
    """Every figure that reforms of a run set, with the labels of the scenarios where it is so."""
    found: dict[FigureSet, list[str]] = {}
    for point in points:
        for change in point.effect.changes:
            row = FigureSet(
                labels.word("reform", change.reform),
                change.key,
                shown(change.before),
                shown(change.after),
                _basis(point.written, change.reform, change.operator),
            )
            found.setdefault(row, []).append(labels.point(point.name))
    return found


def _basis(scenario: Scenario, reform: str, operator: int) -> str:
    """Where the figure comes from; what is not told is an assumption."""
    parameter = scenario.reforms[reform].operators[operator].parameter
    return (parameter.source or parameter.calibrated_to or "") if parameter else ""


def shown(value: Any) -> str:
    """Plain data on one line, without labels and provenance."""
    if value is None:
        return MISSING
    if isinstance(value, Mapping):
        parts = {key: part for key, part in value.items() if key not in _NO_FIGURES}
        return "; ".join(f"{key} {shown(part)}" for key, part in parts.items())
    if isinstance(value, list):
        return " ".join(map(shown, value))
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.6g}" if isinstance(value, float) else str(value)
