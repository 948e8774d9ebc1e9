"""A step with fields replaced, multiplied or limited, plain or merged from parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sim.clearance.step import Step, units
from sim.scenario.change import Counted, ReworkChange, StepChange, StepFactors
from sim.scenario.duration import multiplied
from sim.scenario.errors import InputError
from sim.scenario.workflow import Attribute, Rework

_UNITS = ("uses", "by_appointment", "offers")
_NOT_REPLACED = {"source", "assumption", "times", "at_most"}


def changed_step(step: Step, change: StepChange, where: str) -> Step:
    """Return a step as a reform changes it.

    Args:
        step: as earlier operators left it.
        change: fields to replace, then factors, then limits.
        where: what to call the change in an error.

    Raises:
        InputError: the step has nothing to change there, or is not sound afterwards.
    """
    changed = step.changed(**_replaced(step, change, where))
    if change.times:
        changed = _multiplied(changed, change.times, f"{where}.times")
    if change.at_most:
        changed = _limited(changed, change.at_most)
    if changed.at_most_hours and isinstance(changed.duration, Attribute):
        raise InputError(
            f"{where}.at_most_hours: step '{step.name}' lasts as long as its boxes take; there "
            "is no draw to limit"
        )
    if changed.hours and (changed.uses or changed.takes):
        raise InputError(f"{where}.hours: step '{step.name}' has pools; they bring their hours")
    return changed


def _replaced(step: Step, change: StepChange, where: str) -> dict[str, Any]:
    fields = {name: getattr(change, name) for name in change.model_fields_set - _NOT_REPLACED}
    fields |= {name: units(fields[name]) for name in _UNITS if name in fields}
    if change.rework:
        fields["rework"] = _reworked(step, change.rework, f"{where}.rework")
    return fields


def _reworked(step: Step, change: ReworkChange, where: str) -> Rework:
    given = {name: getattr(change, name) for name in change.model_fields_set}
    if step.rework is not None:
        return step.rework.model_copy(update=given)
    for name in ("label", "probability", "most", "correction", "hours"):
        if name not in given:
            raise InputError(f"{where}.{name}: missing; step '{step.name}' has no rework to change")
    return Rework(**given)


def _multiplied(step: Step, factors: StepFactors, where: str) -> Step:
    if "rework" in factors.model_fields_set:
        step = _sent_back_by_factor(step, factors.rework, f"{where}.rework")
    if "duration" in factors.model_fields_set:
        step = _worked_by_factor(step, factors.duration, f"{where}.duration")
    return step


def _worked_by_factor(step: Step, factor: float, where: str) -> Step:
    """Multiply the work; of a merged step that of its parts, and what it adds to theirs."""
    if step.merged is None or "duration" in dict(step.changes):
        if isinstance(step.duration, Attribute):
            raise InputError(
                f"{where}: step '{step.name}' lasts as long as its boxes take; there is no draw to "
                "multiply"
            )
        return step.changed(duration=multiplied(step.duration, factor))
    parts = tuple(_worked_by_factor(part, factor, where) for part in step.parts)
    overhead = factor * step.merged.overhead_hours
    merged = replace(step.merged, overhead_hours=overhead)
    return replace(step, duration=parts[0].duration, parts=parts, merged=merged)


def _sent_back_by_factor(step: Step, factor: float, where: str) -> Step:
    """Multiply the probability of a rework; of a merged step that of all parts that have one."""
    if step.rework is None:
        raise InputError(f"{where}: step '{step.name}' has no rework to multiply")
    probability = factor * step.rework.probability
    if probability > 1:
        raise InputError(
            f"{where}: step '{step.name}' would send cases back with a probability of "
            f"{probability:g}"
        )
    rework = step.rework.model_copy(update={"probability": probability})
    if step.merged is None or "rework" in dict(step.changes):
        return step.changed(rework=rework)
    parts = tuple(
        _sent_back_by_factor(part, factor, where) if part.rework else part for part in step.parts
    )
    return replace(step, rework=rework, parts=parts)


def _limited(step: Step, limits: Mapping[Counted, int]) -> Step:
    """Lower counts that are above their limits; of a merged step those of its parts too."""
    counts = {str(name): min(getattr(step, name), limit) for name, limit in limits.items()}
    if step.merged is None:
        return replace(step, **counts)
    joint = dict(step.merged.at_most)
    joint |= {name: min(limit, joint.get(name, limit)) for name, limit in limits.items()}
    return replace(
        step,
        **counts,
        parts=tuple(_limited(part, limits) for part in step.parts),
        merged=replace(step.merged, at_most=tuple(sorted(joint.items()))),
        changes=tuple((name, counts.get(name, value)) for name, value in step.changes),
    )
