"""The activities of a replication, numbered case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clearance.batch import Batch
from sim.clearance.template import Template

Ints = NDArray[np.int64]
_NONE = -1


@dataclass(frozen=True)
class Group:
    """Cases of a batch that share a template.

    Attributes:
        batch: they belong to.
        template: they share.
        rows: shape (slots,), index of each slot's step in the plan.
        members: positions in the batch.
    """

    batch: Batch
    template: Template
    rows: Ints
    members: Ints

    @property
    def cases(self) -> Ints:
        """Numbers of the cases."""
        return self.batch.first_case + self.members


class Activities:
    """Columns of all activities.

    Attributes:
        first: shape (cases + 1,), where the activities of each case begin.
        case: shape (activities,).
        step: index of the step in the plan.
        container: number of the box within its consignment.
        visit: how often the case had been sent back to the step.
        is_root: whether it waits for no other by its template.
        conveyances: number of conveyances; they are the first cases.
        of_conveyance: by ``workflow.step``, the activity of each conveyance, -1 where it has none.
    """

    def __init__(self, groups: Sequence[Group], cases: int) -> None:
        sizes = np.zeros(cases + 1, dtype=np.int64)
        for group in groups:
            sizes[group.cases + 1] = len(group.template.slots)
        self.first = np.cumsum(sizes)
        total = int(self.first[-1])
        self.case = np.repeat(np.arange(cases, dtype=np.int64), sizes[1:])
        self.step = np.empty(total, dtype=np.int64)
        self.container = np.empty(total, dtype=np.int64)
        self.visit = np.empty(total, dtype=np.int64)
        self.is_root = np.zeros(total, dtype=np.bool_)
        for group in groups:
            ids = self.of(group)
            self.step[ids] = group.rows
            self.container[ids] = [slot.container for slot in group.template.slots]
            self.visit[ids] = [slot.visit for slot in group.template.slots]
            self.is_root[ids[:, list(group.template.roots)]] = True
        self.conveyances = sum(len(group.members) for group in groups if group.batch.is_conveyance)
        self.of_conveyance = self._of_conveyances(groups)

    def of(self, group: Group) -> Ints:
        """Shape (members, slots): activities of a group."""
        first = self.first[group.cases]
        return np.asarray(first[:, None] + np.arange(len(group.template.slots)))

    def _of_conveyances(self, groups: Sequence[Group]) -> dict[str, Ints]:
        found: dict[str, Ints] = {}
        for group in groups:
            if not group.batch.is_conveyance:
                continue
            ids = self.of(group)
            for position, slot in enumerate(group.template.slots):
                name = f"{group.batch.workflow}.{slot.step.name}"
                column = found.setdefault(name, np.full(self.conveyances, _NONE, dtype=np.int64))
                # Done again, it is over when the last visit is.
                column[group.cases] = np.maximum(column[group.cases], ids[:, position])
        return found
