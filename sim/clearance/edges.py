"""Who waits for whom: within a case, across cases, and once a box has boarded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.activities import Activities, Group
from sim.clearance.plan import NO_LINKS, Links
from sim.clearance.step import Step
from sim.scenario.errors import InputError
from sim.scenario.workflow import Milestone
from sim.traffic.distributions import ticks

Ints = NDArray[np.int64]
Edges = tuple[Ints, Ints]


def successors(
    activities: Activities, groups: Sequence[Group], steps: Sequence[Step], slot_pools: Set[str]
) -> tuple[Ints, Ints, Ints]:
    """Return the edges sorted by predecessor: where each begins, successors, lags."""
    parts = [
        *_within_cases(activities, groups),
        *_on_conveyances(activities, groups, slot_pools),
        *_gathered(activities, groups, slot_pools),
    ]
    before = np.concatenate([first for first, _ in parts])
    after = np.concatenate([second for _, second in parts])
    order = np.argsort(before, kind="stable")
    after = after[order]
    counts = np.bincount(before, minlength=len(activities.case))
    first_edge = np.concatenate([[0], np.cumsum(counts)])
    return first_edge, after, _lags(steps)[activities.step[after]]


def _lags(steps: Sequence[Step]) -> Ints:
    return ticks([step.lag_hours for step in steps])


def _within_cases(activities: Activities, groups: Sequence[Group]) -> Iterator[Edges]:
    yield np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    for group in groups:
        if group.template.edges:
            ids = activities.of(group)
            pairs = np.array(group.template.edges, dtype=np.int64)
            yield ids[:, pairs[:, 0]].ravel(), ids[:, pairs[:, 1]].ravel()


def _on_conveyances(
    activities: Activities, groups: Sequence[Group], slot_pools: Set[str]
) -> Iterator[Edges]:
    """Consignments that wait for the conveyance that brings them."""
    for group in groups:
        for name, slot in group.template.cross_edges:
            if _is_of_boarded(group, name, slot, slot_pools):
                continue
            column = activities.of_conveyance.get(name)
            if column is None or name.split(".")[0] != group.batch.arrives_by:
                raise _missing(group, name)
            found = column[group.batch.conveyance[group.members]]
            if (found < 0).any():
                raise _missing(group, name)
            yield found, activities.of(group)[:, slot]


def _is_of_boarded(group: Group, name: str, slot: int, slot_pools: Set[str]) -> bool:
    """Whether a step named is one of the conveyance boarded, not of that which brings the case.

    Where both follow one workflow, as in transhipment, it is for slots that come after boarding.
    """
    workflow, batch = name.partition(".")[0], group.batch
    return workflow == batch.departs_by and (
        workflow != batch.arrives_by or bool(_boardings_before(group, slot, slot_pools))
    )


def _boardings_before(group: Group, slot: int, slot_pools: Set[str]) -> list[int]:
    """Slots before another one that take its box on board."""
    template = group.template
    return [
        boarding
        for boarding in template.boardings(slot, slot_pools)
        if boarding in template.ancestors[slot]
    ]


def _missing(group: Group, name: str) -> InputError:
    return InputError(f"workflows.{group.batch.workflow}: waits for '{name}', which is not there")


def _gathered(
    activities: Activities, groups: Sequence[Group], slot_pools: Set[str]
) -> Iterator[Edges]:
    """Conveyances that wait for what they brought, until it boards another one if it does."""
    gathering = gathering_steps(groups)
    for group in groups:
        for milestone, column_name in gathering.get(group.batch.arrives_by or "", ()):
            for slot in group.template.reaching(milestone):
                if group.template.is_after_boarding(slot, slot_pools):
                    continue
                after = activities.of_conveyance[column_name][group.batch.conveyance[group.members]]
                met = after >= 0
                yield activities.of(group)[met, slot], after[met]


def gathering_steps(groups: Sequence[Group]) -> dict[str, list[tuple[Milestone, str]]]:
    """By workflow of a conveyance: milestones gathered, and ``workflow.step`` that gathers each."""
    found: dict[str, dict[tuple[Milestone, str], None]] = defaultdict(dict)
    for group in groups:
        if group.batch.is_conveyance:
            workflow = group.batch.workflow
            for slot in group.template.slots:
                for milestone in slot.step.gathers:
                    found[workflow][milestone, f"{workflow}.{slot.step.name}"] = None
    return {workflow: list(pairs) for workflow, pairs in found.items()}


@dataclass(frozen=True)
class _Link:
    """Slots of a template that boarding links with a step of the conveyance boarded."""

    boarding: int
    slot: int
    column: str
    gathers: bool


def boarding_links(
    activities: Activities, groups: Sequence[Group], steps: Sequence[Step], slot_pools: Set[str]
) -> Links:
    """Return what boarding brings about.

    Raises:
        InputError: a step waits for a conveyance that its box does not board before.
    """
    gathering = gathering_steps(groups)
    columns: dict[str, int] = {}
    parts = []
    for group in groups:
        ids = activities.of(group)
        for link in _links_of(group, gathering, slot_pools):
            number = columns.setdefault(link.column, len(columns))
            parts.append((ids[:, link.boarding], ids[:, link.slot], number, link.gathers))
    if not parts:
        return NO_LINKS
    # Of conveyances none of which comes no box waits for any activity.
    nobody = np.full(activities.conveyances, -1, dtype=np.int64)
    table = np.stack([activities.of_conveyance.get(name, nobody) for name in columns])
    return _sorted_links(parts, table, _lags(steps), activities.step)


def _links_of(
    group: Group, gathering: dict[str, list[tuple[Milestone, str]]], slot_pools: Set[str]
) -> Iterator[_Link]:
    template, departs_by = group.template, group.batch.departs_by
    for name, slot in template.cross_edges:
        if _is_of_boarded(group, name, slot, slot_pools):
            boardings = _boardings_before(group, slot, slot_pools)
            if not boardings:
                raise InputError(
                    f"workflows.{group.batch.workflow}: step '{template.slots[slot].step.name}' "
                    f"waits for '{name}', but its boxes take no slot before"
                )
            yield from (_Link(boarding, slot, name, gathers=False) for boarding in boardings)
    for milestone, column in gathering.get(departs_by or "", ()):
        for slot in template.reaching(milestone):
            if not template.is_before_boarding(slot, slot_pools):
                for boarding in template.boardings(slot, slot_pools):
                    yield _Link(boarding, slot, column, gathers=True)


def _sorted_links(
    parts: Sequence[tuple[Ints, Ints, int, bool]], table: Ints, lags: Ints, step: Ints
) -> Links:
    boarding = np.concatenate([part[0] for part in parts])
    activity = np.concatenate([part[1] for part in parts])
    sizes = [len(part[0]) for part in parts]
    column = np.repeat([part[2] for part in parts], sizes)
    gathers = np.repeat([part[3] for part in parts], sizes)
    known = table.max(axis=1)
    waiting = np.where(gathers, known[column], activity)
    order = np.argsort(boarding, kind="stable")
    return Links(
        conveyance_activity=table,
        boarding=boarding[order],
        activity=activity[order],
        column=column[order],
        gathers=gathers[order],
        lag=lags[step[waiting]][order],
    )
