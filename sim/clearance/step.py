"""One step of a workflow graph, plain or merged from parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from sim.scenario.base import Label
from sim.scenario.duration import Distribution
from sim.scenario.workflow import (
    Attribute,
    Kind,
    Milestone,
    Party,
    Rework,
    StepSpec,
    Trigger,
)

PoolUnits = tuple[tuple[str, int], ...]
Combination = Literal["longest", "sum", "shortest"]
Item = TypeVar("Item")
APPOINTMENT = "appointment"
_JOINT_HOURS: Mapping[Combination, Callable[[list[float]], float]] = {
    "longest": max,
    "shortest": min,
    "sum": sum,
}


@dataclass(frozen=True)
class MergedValues:
    """What a merged step has of its own where two or more parts concern a case."""

    label: Label
    party: Party
    combination: Combination
    overhead_hours: float
    takes: PoolUnits | None
    returns: PoolUnits | None
    documents: int | None
    data_items: int | None
    visits: int | None
    at_most: tuple[tuple[str, int], ...] = ()

    def count(self, name: str, parts: Iterable[Step]) -> int:
        """Papers, data items or visits of the whole: its own or the sum, within its limit."""
        own: int | None = getattr(self, name)
        total = sum(getattr(part, name) for part in parts) if own is None else own
        return min(total, dict(self.at_most).get(name, total))


@dataclass(frozen=True)
class Step:
    """A step. ``origin`` is the name its random draws are keyed by; it outlives every rewriting.

    A merged step keeps its ``parts``, and in ``changes`` what reforms replaced of it since.
    """

    name: str
    origin: str
    label: Label
    party: Party
    kind: Kind
    after: tuple[str, ...]
    needs: tuple[str, ...]
    gathers: tuple[Milestone, ...]
    lag_hours: float
    trigger: Trigger | None
    when: tuple[str, ...]
    duration: Distribution | Attribute
    per: Literal["case", "container"]
    uses: PoolUnits
    by_appointment: PoolUnits
    takes: PoolUnits
    returns: PoolUnits
    offers: PoolUnits
    hours: str | None
    rework: Rework | None
    standard_hours: float | None
    at_most_hours: float | None
    priority: int
    milestones: tuple[Milestone, ...]
    documents: int
    data_items: int
    visits: int
    examines: tuple[str, ...]
    parts: tuple[Step, ...] = ()
    merged: MergedValues | None = None
    changes: tuple[tuple[str, Any], ...] = ()

    @property
    def predecessors(self) -> tuple[str, ...]:
        """All that a case which meets the step waits for."""
        return tuple(dict.fromkeys((*self.after, *self.needs)))

    def concerning(self, flags: Mapping[str, bool]) -> Step | None:
        """Return the step as a case with these flags meets it, or None if it does not.

        Of a merged step only the parts that concern the case remain; a single one is that part.
        What reforms changed of the merged step holds whichever parts remain.
        """
        if not all(holds(condition, flags) for condition in self.when):
            return None
        if self.merged is None:
            return self._kept_appointment(flags)
        concerned = [part.concerning(flags) for part in self.parts]
        parts = tuple(part for part in concerned if part is not None)
        if not parts:
            return None
        if len(parts) == 1:
            met = replace(parts[0], name=self.name, after=self.after, needs=self.needs)
        else:
            met = combine(self.name, parts, self.after, self.needs, self.merged)
        changes = dict(self.changes)
        if "duration" in changes:
            changes |= {"merged": None, "parts": ()}
        if "at_most_hours" in changes:
            limits = (met.at_most_hours, self.at_most_hours)
            changes["at_most_hours"] = min((hours for hours in limits if hours), default=None)
        if "by_appointment" in changes:
            # Where nobody is ever on call, the step itself has lost it.
            changes["by_appointment"] = self.by_appointment
        return replace(met, **changes)._kept_appointment(flags)

    def _kept_appointment(self, flags: Mapping[str, bool]) -> Step:
        if self.by_appointment and flags[APPOINTMENT]:
            return replace(self, uses=self.by_appointment, by_appointment=())
        return self

    def changed(self, **fields: Any) -> Step:
        """Return the step with fields replaced, for good if it is merged."""
        if self.merged is None:
            return replace(self, **fields)
        changes = {**dict(self.changes), **fields}
        return replace(self, **fields, changes=tuple(changes.items()))


def holds(condition: str, flags: Mapping[str, bool]) -> bool:
    """Whether ``flag`` or ``not flag`` is true."""
    wanted = not condition.startswith("not ")
    return flags[condition.removeprefix("not ")] is wanted


def conditions_of(step: Step) -> set[str]:
    """Flags on which a step, or a part of it, depends."""
    own = {condition.removeprefix("not ") for condition in step.when}
    appointment = {APPOINTMENT} if step.by_appointment else set()
    return own.union(appointment, *(conditions_of(part) for part in step.parts))


def correction_of(step: Step) -> Step | None:
    """The trader's correction of what a step sends back, as a step of its own."""
    if step.rework is None:
        return None
    return replace(
        step,
        name=f"{step.name}_correction",
        origin=f"{step.origin}_correction",
        label=step.rework.label,
        party="trader",
        kind="correction",
        duration=step.rework.correction,
        hours=step.rework.hours,
        uses=(),
        by_appointment=(),
        takes=(),
        returns=(),
        offers=(),
        gathers=(),
        rework=None,
        standard_hours=None,
        at_most_hours=None,
        trigger=None,
        lag_hours=0.0,
        milestones=(),
        documents=0,
        data_items=0,
        visits=0,
        examines=(),
        parts=(),
        merged=None,
        changes=(),
    )


def units(pools: Mapping[str, int]) -> PoolUnits:
    """Pool demands in a canonical, hashable form."""
    return tuple(sorted(pools.items()))


def step_from_spec(workflow: str, name: str, spec: StepSpec) -> Step:
    """Make a graph step of one written in YAML."""
    return Step(
        name=name,
        origin=f"{workflow}.{name}",
        label=spec.label,
        party=spec.party,
        kind=spec.kind,
        after=spec.after,
        needs=spec.needs,
        gathers=spec.gathers,
        lag_hours=spec.lag_hours,
        trigger=spec.trigger,
        when=spec.when,
        duration=spec.duration,
        per=spec.per,
        uses=units(spec.uses),
        by_appointment=units(spec.by_appointment),
        takes=units(spec.takes),
        returns=units(spec.returns),
        offers=units(spec.offers),
        hours=spec.hours,
        rework=spec.rework,
        standard_hours=spec.standard_hours,
        at_most_hours=None,
        priority=spec.priority,
        milestones=spec.milestones,
        documents=spec.documents,
        data_items=spec.data_items,
        visits=spec.visits,
        examines=spec.examines,
    )


def combine(
    name: str,
    parts: tuple[Step, ...],
    after: tuple[str, ...],
    needs: tuple[str, ...],
    merged: MergedValues,
) -> Step:
    """Make one step of several that all concern the case."""
    uses = _joint_units(part.uses for part in parts)
    takes = _joint_units(part.takes for part in parts)
    return replace(
        parts[0],
        name=name,
        label=merged.label,
        party=merged.party,
        after=after,
        needs=needs,
        gathers=_union(part.gathers for part in parts),
        when=(),
        uses=uses,
        by_appointment=(),
        takes=takes if merged.takes is None else merged.takes,
        returns=(
            _joint_units(part.returns for part in parts)
            if merged.returns is None
            else merged.returns
        ),
        offers=_joint_units(part.offers for part in parts),
        hours=None if uses or takes else parts[0].hours,
        rework=next((part.rework for part in parts if part.rework), None),
        standard_hours=_joint_standard(parts, merged.combination),
        at_most_hours=None,
        lag_hours=max(part.lag_hours for part in parts),
        trigger=next((part.trigger for part in parts if part.trigger), None),
        priority=min(part.priority for part in parts),
        milestones=_union(part.milestones for part in parts),
        documents=merged.count("documents", parts),
        data_items=merged.count("data_items", parts),
        visits=merged.count("visits", parts),
        examines=_union(part.examines for part in parts),
        parts=parts,
        merged=merged,
    )


def _joint_standard(parts: tuple[Step, ...], combination: Combination) -> float | None:
    """What the parts promise together, combined as their work is; nothing if one promises none."""
    promised = [part.standard_hours for part in parts if part.standard_hours is not None]
    return _JOINT_HOURS[combination](promised) if len(promised) == len(parts) else None


def _union(groups: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _joint_units(demands: Iterable[PoolUnits]) -> PoolUnits:
    """Units that serve all parts at once: of each pool as many as the neediest part asks for."""
    joint: dict[str, int] = {}
    for demand in demands:
        for pool, number in demand:
            joint[pool] = max(joint.get(pool, 0), number)
    return units(joint)
