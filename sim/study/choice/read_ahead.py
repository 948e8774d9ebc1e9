"""Replications prepared ahead, so that few systems keep many workers busy; no decision sees one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from sim.study.choice.systems import Floats, Prepare, Source


class ReadAhead:
    """Values of systems by replication; how many are prepared at once changes no result.

    Args:
        source: where values come from, each when its turn has come: one that is not there is an
            error only then.
        prepare: told of replications beforehand.
        first: replications of each system that are prepared at the start.
        most: replications of one system that are ever prepared.
        batch: least number of replications, of all systems prepared together.
    """

    def __init__(self, source: Source, prepare: Prepare, first: int, most: int, batch: int) -> None:
        self._source = source
        self._prepare = prepare
        self._first = first
        self._most = most
        self._batch = batch
        self._prepared = 0
        self._known: defaultdict[str, list[float]] = defaultdict(list)

    def replication(self, number: int, systems: Sequence[str]) -> Floats:
        """Return replication ``number`` of these systems, shape (len(systems),).

        Systems may be left out from one replication to the next, never taken in again.
        """
        if number >= self._prepared:
            more = -(-self._batch // len(systems)) if number else self._first
            stop = min(number + more, self._most)
            self._prepare({name: range(number, stop) for name in systems})
            self._prepared = stop
        found = self._source({name: range(number, number + 1) for name in systems})
        for name in systems:
            self._known[name].append(float(found[name][0]))
        return np.array([self._known[name][number] for name in systems])

    def until(self, number: int, system: str) -> Floats:
        """The first values of a system that have been read, at most so many."""
        return np.array(self._known[system][:number])
