"""The workflow graph: immutable, acyclic, every step reachable from something that starts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from sim.clearance.step import Step
from sim.scenario.errors import InputError, unknown_name


@dataclass(frozen=True)
class Workflow:
    """Steps by name in topological order.

    Attributes:
        name: of the workflow.
        steps: in an order in which every step stands after its predecessors.
        gone: what became of steps that reforms took away, for error messages.
    """

    name: str
    steps: Mapping[str, Step]
    gone: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def step(self, name: str, where: str) -> Step:
        """Return a step.

        Raises:
            InputError: there is none of that name, or a reform took it away.
        """
        if name in self.steps:
            return self.steps[name]
        if name in self.gone:
            raise InputError(f"{where}: step '{name}' is no longer there: {self.gone[name]}")
        raise unknown_name(where, f"step of {self.name}", name, self.steps)

    def ancestors(self, name: str) -> set[str]:
        """Return the steps that come before a step, directly or not."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            before = set(self.steps[waiting.pop()].predecessors) & self.steps.keys()
            waiting.extend(before - found)
            found |= before
        return found

    def external_predecessors(self, inside: Iterable[str]) -> tuple[str, ...]:
        """What the first steps of a group wait for outside it."""
        group = set(inside)
        found = [
            before
            for name in self.heads(group)
            for before in self.steps[name].after
            if before not in group
        ]
        return tuple(dict.fromkeys(found))

    def external_successors(self, inside: Iterable[str]) -> tuple[str, ...]:
        """Which steps outside a group wait for its last ones."""
        group = set(inside)
        last = self.tails(group)
        return tuple(
            step.name
            for step in self.steps.values()
            if step.name not in group and last & set(step.after)
        )

    def heads(self, inside: Iterable[str]) -> list[str]:
        """Steps of a group that wait for none of the group."""
        group = set(inside)
        return [
            name for name in self.steps if name in group and not group & set(self.steps[name].after)
        ]

    def tails(self, inside: Iterable[str]) -> set[str]:
        """Steps of a group for which none of the group waits."""
        group = set(inside)
        waited_for = {before for name in group for before in self.steps[name].after}
        return group - waited_for


def is_cross_reference(name: str) -> bool:
    """Whether a predecessor belongs to another case, as ``vessel_call.rig_cranes``."""
    return "." in name


def build_workflow(
    name: str, steps: Iterable[Step], gone: Mapping[str, str] | None = None, where: str = ""
) -> Workflow:
    """Check and order steps.

    Raises:
        InputError: a predecessor that does not exist, a cycle, or a step that nothing starts.
    """
    by_name = {step.name: step for step in steps}
    where = where or f"workflows.{name}"
    lost = dict(gone or {})
    for step in by_name.values():
        _check_predecessors(step, by_name, lost, where)
    ordered = _topological_order(by_name, where)
    return Workflow(
        name, MappingProxyType({key: by_name[key] for key in ordered}), MappingProxyType(lost)
    )


def _check_predecessors(
    step: Step, steps: Mapping[str, Step], gone: Mapping[str, str], where: str
) -> None:
    for before in step.predecessors:
        if is_cross_reference(before) or before in steps:
            continue
        if before in gone:
            raise InputError(f"{where}: step '{step.name}' waits for '{before}': {gone[before]}")
        raise unknown_name(f"{where}: step '{step.name}'", "predecessor", before, steps)
    if not step.predecessors and step.trigger is None:
        raise InputError(
            f"{where}: nothing starts step '{step.name}'; it needs 'after' or a 'trigger'"
        )


def _topological_order(steps: Mapping[str, Step], where: str) -> list[str]:
    rank = {name: number for number, name in enumerate(steps)}
    sorter = TopologicalSorter(
        {
            name: [before for before in step.predecessors if before in steps]
            for name, step in steps.items()
        }
    )
    try:
        sorter.prepare()
    except CycleError as error:
        cycle = " → ".join(error.args[1][::-1])
        raise InputError(f"{where}: steps wait for each other in a circle: {cycle}") from error
    ordered: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=rank.__getitem__)
        ordered.extend(ready)
        sorter.done(*ready)
    return ordered
