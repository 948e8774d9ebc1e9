"""The activities of all cases that meet the same steps: one template, stamped for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.clearance.graph import Workflow, is_cross_reference
from sim.clearance.step import Step, conditions_of


@dataclass(frozen=True)
class Slot:
    """One activity of a template: a step, for one container if the step is per container."""

    step: Step
    container: int


@dataclass(frozen=True)
class Template:
    """Activities of a case in topological order and the edges among them.

    Attributes:
        slots: the activities.
        edges: pairs of slot numbers, predecessor and successor.
        cross_edges: pairs of ``workflow.step`` of the conveyance and the slot that waits for it.
        roots: slots without any predecessor.
    """

    slots: tuple[Slot, ...]
    edges: tuple[tuple[int, int], ...]
    cross_edges: tuple[tuple[str, int], ...]
    roots: tuple[int, ...]


def relevant_flags(workflow: Workflow) -> tuple[str, ...]:
    """Flags that decide which steps a case meets."""
    return tuple(sorted(set().union(*(conditions_of(step) for step in workflow.steps.values()))))


def make_template(workflow: Workflow, flags: Mapping[str, bool], containers: int) -> Template:
    """Lay out the activities of a case with these flags and this many containers.

    Steps that do not concern the case are left out; who waited for them waits for what they
    came after.
    """
    met = _steps_met(workflow, flags)
    slots: list[Slot] = []
    slots_of: dict[str, list[int]] = {}
    for name, step in met.items():
        copies = containers if step.per == "container" else 1
        slots_of[name] = list(range(len(slots), len(slots) + copies))
        slots.extend(Slot(step, container) for container in range(copies))
    edges: list[tuple[int, int]] = []
    cross_edges: list[tuple[str, int]] = []
    for name in met:
        for before in _effective_predecessors(workflow, name, met):
            if is_cross_reference(before):
                cross_edges.extend((before, slot) for slot in slots_of[name])
            else:
                edges.extend(_links(met, slots_of, before, name))
    waiting = {after for _, after in edges} | {slot for _, slot in cross_edges}
    roots = tuple(slot for slot in range(len(slots)) if slot not in waiting)
    return Template(tuple(slots), tuple(edges), tuple(cross_edges), roots)


def _steps_met(workflow: Workflow, flags: Mapping[str, bool]) -> dict[str, Step]:
    concerning = {name: step.concerning(flags) for name, step in workflow.steps.items()}
    return {name: step for name, step in concerning.items() if step is not None}


def _effective_predecessors(
    workflow: Workflow, name: str, met: Mapping[str, Step]
) -> tuple[str, ...]:
    """What a step that is met waits for, with what a skipped one came after in its stead."""
    found: dict[str, None] = {}
    waiting = list(workflow.steps[name].predecessors)
    for before in waiting:
        if is_cross_reference(before) or before in met:
            found[before] = None
        else:
            waiting.extend(workflow.steps[before].after)
    return tuple(found)


def _links(
    met: Mapping[str, Step], slots_of: Mapping[str, list[int]], before: str, after: str
) -> list[tuple[int, int]]:
    """Container by container where both steps are per container, all to all otherwise."""
    if met[before].per == met[after].per == "container":
        return list(zip(slots_of[before], slots_of[after], strict=True))
    return [(first, second) for first in slots_of[before] for second in slots_of[after]]
