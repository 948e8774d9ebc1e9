"""Assumed figures of a scenario, and the same scenario with one of them moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import floor
from typing import Any

from sim.clearance.figures import find_figure
from sim.clearance.parameters import effect_of
from sim.clearance.validate import check_effect
from sim.scenario.base import Strict
from sim.scenario.duration import TIMES, DurationFamily
from sim.scenario.errors import InputError
from sim.scenario.provenance import Block, sourced_blocks
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.scenario.workflow import WorkflowSpec

_WORDS = {"source", "calibrated_to", "assumption", "label", "dist", "kind"}
_JUDGING = {"targets", "experiment"}


@dataclass(frozen=True)
class AssumedFigure:
    """One assumption: a number, the numbers of a table, or the times of a distribution.

    Attributes:
        name: where it stands; of steps without the workflow, unless its name would not be unique.
        keys: dotted keys of all its numbers; one that workflows share is in each of them.
        values: the numbers, for every workflow in turn.
    """

    name: str
    keys: tuple[str, ...]
    values: tuple[float, ...]


def assumed_figures(scenario: Scenario) -> list[AssumedFigure]:
    """Every assumed figure as written; one that workflows share, as steps do, is one figure."""
    shared: dict[tuple[str, tuple[float, ...]], list[AssumedFigure]] = {}
    for place, block in _assumed_blocks(scenario):
        for figure in _figures(place, block):
            key = _without_workflow(figure.name), figure.values
            shared.setdefault(key, []).append(figure)
    names = [name for name, _ in shared]
    return [
        AssumedFigure(
            name if names.count(name) == 1 else group[0].name,
            tuple(key for figure in group for key in figure.keys),
            tuple(value for figure in group for value in figure.values),
        )
        for (name, _), group in shared.items()
    ]


def shown(values: Iterable[float]) -> str:
    """Numbers of a figure as text, each once."""
    return " ".join(dict.fromkeys(f"{value:g}" for value in values))


def other_assumptions(scenario: Scenario) -> dict[str, list[str]]:
    """What else is assumed, words, lists and zeros, by the block it stands in; of a workflow all.

    A workflow that is assumed says so of papers, visits, officers and priorities of its steps.
    """
    found: dict[str, list[str]] = {}
    for place, block in _assumed_blocks(scenario):
        moved = {key for figure in _figures(place, block) for key in figure.keys}
        fields = [
            name
            for name in sorted(block.model_fields_set - _WORDS)
            if _is_plain(getattr(block, name)) and not _begins(f"{place}.{name}", moved)
        ]
        if isinstance(block, WorkflowSpec):
            found[place] = []
        elif fields:
            found[place] = fields
    return found


def _assumed_blocks(scenario: Scenario) -> Iterator[tuple[str, Block]]:
    """Assumed blocks that results rest on: what judges them, as tolerances do, moves no KPI."""
    for place, block in sourced_blocks(scenario):
        if block.assumption and place.partition(".")[0] not in _JUDGING:
            yield place, block


def _begins(place: str, keys: Iterable[str]) -> bool:
    return any(f"{key}.".startswith(f"{place}.") for key in keys)


@dataclass(frozen=True)
class Moved:
    """A scenario with a figure at other values."""

    scenario: Scenario
    values: tuple[float, ...]


def moved(scenario: Scenario, figure: AssumedFigure, factor: float) -> Moved | None:
    """Return the scenario with a figure multiplied; None where nothing comes of that.

    Whole numbers stay whole, move by one at least, and not to zero. Shares end at 1. What makes no
    scenario that could run, as shares of tiers that no longer sum to 1, cannot be moved.
    """
    values = tuple(_times(value, factor) for value in figure.values)
    for tried in (values, tuple(min(value, 1.0) for value in values)):
        if tried == figure.values:
            return None
        with suppress(InputError):
            return Moved(_with_values(scenario, figure.keys, tried), tried)
    return None


def _with_values(scenario: Scenario, keys: Iterable[str], values: Iterable[float]) -> Scenario:
    data = scenario.model_dump(mode="json", exclude_unset=True)
    for key, value in zip(keys, values, strict=True):
        find_figure(data, key, key).set(value)
    changed = build_scenario(data)
    check_effect(effect_of(changed))
    return changed


def _times(value: float, factor: float) -> float:
    if isinstance(value, float) or value == 0:
        return value * factor
    nearest = floor(value * factor + 0.5)
    return max(1, nearest if nearest != value else value + (1 if factor > 1 else -1))


def _without_workflow(name: str) -> str:
    section, _, rest = name.partition(".")
    return f"{section}.{rest.partition('.')[2]}" if section == "workflows" else name


def _figures(place: str, block: Block) -> Iterator[AssumedFigure]:
    """Figures of one block; the times of a distribution go together, which keeps their order."""
    written = [name for name in type(block).model_fields if name in block.model_fields_set - _WORDS]
    is_duration = isinstance(block, DurationFamily)
    times = [name for name in TIMES if name in written] if is_duration else []
    if times:
        keys = tuple(f"{place}.{name}" for name in times)
        yield from _unless_zero(place, keys, [getattr(block, name) for name in times])
    for name in written:
        for field, found in _tables(getattr(block, name)).items():
            if name not in times:
                keys = tuple(f"{place}.{name}{key}" for key in found)
                yield from _unless_zero(f"{place}.{name}{field}", keys, found.values())


def _unless_zero(
    name: str, keys: tuple[str, ...], values: Iterable[float]
) -> Iterator[AssumedFigure]:
    figure = AssumedFigure(name, keys, tuple(values))
    if any(figure.values):
        yield figure


def _tables(value: Any) -> dict[str, dict[str, float]]:
    """Numbers that are one figure by what they are of, each by the rest of its dotted key.

    Rows of a list, as the bands of a charge, give one figure for each of their columns.
    """
    if not isinstance(value, tuple):
        numbers = _numbers(value)
        return {"": numbers} if numbers else {}
    columns: dict[str, dict[str, float]] = {}
    for place, row in enumerate(value):
        for name in row.model_fields_set if isinstance(row, Strict) else ():
            for key, number in _numbers(getattr(row, name)).items():
                columns.setdefault(f".{name}", {})[f".{place}.{name}{key}"] = number
    return dict(sorted(columns.items()))


def _numbers(value: Any) -> dict[str, float]:
    """A number, or those of a table by their dotted keys; nothing where it is anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"": value}
    if isinstance(value, Mapping) and all(_numbers(part).keys() == {""} for part in value.values()):
        return {f".{key}": _numbers(part)[""] for key, part in value.items()}
    return {}


def _is_plain(value: object) -> bool:
    """Whether it is a word or a number, or a list or a table of such."""
    if isinstance(value, Mapping | tuple):
        parts = value.values() if isinstance(value, Mapping) else value
        return bool(value) and all(_is_plain(part) for part in parts)
    return isinstance(value, str | int | float)
