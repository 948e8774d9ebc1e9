"""The activities of all cases that meet the same steps: one template, stamped for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from sim.clearance.graph import Workflow, is_cross_reference
from sim.clearance.step import Step, conditions_of, correction_of
from sim.scenario.workflow import Milestone


@dataclass(frozen=True)
class Slot:
    """One activity of a template: a step, for one container if the step is per container.

    ``visit`` counts how often the case was sent back to the step before.
    """

    step: Step
    container: int
    visit: int = 0


@dataclass(frozen=True)
class Template:
    """Activities of a case in topological order and the edges among them.

    Attributes:
        slots: the activities.
        edges: pairs of slot numbers, predecessor and successor.
        cross_edges: pairs of ``workflow.step`` of a conveyance and the slot that waits for it.
        roots: slots without any predecessor.
    """

    slots: tuple[Slot, ...]
    edges: tuple[tuple[int, int], ...]
    cross_edges: tuple[tuple[str, int], ...]
    roots: tuple[int, ...]

    @cached_property
    def ancestors(self) -> tuple[Set[int], ...]:
        """For each slot, the slots that come before it."""
        before: list[set[int]] = [set() for _ in self.slots]
        for first, second in sorted(self.edges, key=lambda edge: edge[1]):
            before[second] |= {first} | before[first]
        return tuple(before)

    def reaching(self, milestone: Milestone) -> list[int]:
        """Slots that reach a milestone."""
        return [
            number for number, slot in enumerate(self.slots) if milestone in slot.step.milestones
        ]

    def boardings(self, slot: int, slot_pools: Set[str]) -> list[int]:
        """Slots that take a place on a conveyance; for a slot of one container, those of that."""
        own = self.slots[slot]
        return [
            number
            for number, other in enumerate(self.slots)
            if slot_pools & {pool for pool, _ in other.step.takes}
            and (own.step.per == "case" or other.container == own.container)
        ]

    def is_before_boarding(self, slot: int, slot_pools: Set[str]) -> bool:
        """Whether a place on a conveyance is taken only after a slot."""
        return any(slot in self.ancestors[one] for one in self.boardings(slot, slot_pools))

    def is_after_boarding(self, slot: int, slot_pools: Set[str]) -> bool:
        """Whether a slot need not be done before a place on a conveyance is taken."""
        boards = bool(self.boardings(slot, slot_pools))
        return boards and not self.is_before_boarding(slot, slot_pools)


def relevant_flags(workflow: Workflow) -> tuple[str, ...]:
    """Flags that decide which steps a case meets."""
    return tuple(sorted(set().union(*(conditions_of(step) for step in workflow.steps.values()))))


def reworked_steps(workflow: Workflow) -> tuple[Step, ...]:
    """Steps that may send a case back."""
    return tuple(step for step in workflow.steps.values() if step.rework is not None)


def make_template(
    workflow: Workflow,
    flags: Mapping[str, bool],
    containers: int,
    sent_back: Mapping[str, int] | None = None,
) -> Template:
    """Lay out the activities of a case with these flags and this many containers.

    Steps that do not concern the case are left out; who waited for them waits for what they
    came after. A step that sends the case back, as often as given by its name, is done again
    after each correction.
    """
    met = _steps_met(workflow, flags)
    slots: list[Slot] = []
    first: dict[str, list[int]] = {}
    last: dict[str, list[int]] = {}
    edges: list[tuple[int, int]] = []
    for name, step in met.items():
        copies = containers if step.per == "container" else 1
        first[name] = last[name] = _laid_out(slots, step, copies, 0)
        for visit in range(1, 1 + (sent_back or {}).get(name, 0)):
            correction = correction_of(step)
            assert correction is not None
            corrected = _laid_out(slots, correction, copies, visit)
            again = _laid_out(slots, step, copies, visit)
            edges += [*zip(last[name], corrected, strict=True), *zip(corrected, again, strict=True)]
            last[name] = again
    cross_edges: list[tuple[str, int]] = []
    for name, step in met.items():
        for before in _effective_predecessors(workflow, name, met):
            if is_cross_reference(before):
                cross_edges.extend((before, slot) for slot in first[name])
            else:
                by_box = met[before].per == step.per == "container"
                edges.extend(_links(last[before], first[name], by_box))
    waiting = {after for _, after in edges} | {slot for _, slot in cross_edges}
    roots = tuple(slot for slot in range(len(slots)) if slot not in waiting)
    return Template(tuple(slots), tuple(edges), tuple(cross_edges), roots)


def _laid_out(slots: list[Slot], step: Step, copies: int, visit: int) -> list[int]:
    """Add the activities of a step; return their numbers."""
    numbers = list(range(len(slots), len(slots) + copies))
    slots.extend(Slot(step, container, visit) for container in range(copies))
    return numbers


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


def _links(before: list[int], after: list[int], by_box: bool) -> Iterable[tuple[int, int]]:
    """Container by container where both steps are per container, all to all otherwise."""
    if by_box:
        return zip(before, after, strict=True)
    return ((first, second) for first in before for second in after)
