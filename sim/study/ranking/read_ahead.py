"""Replications read ahead, so that few systems keep many workers busy; no decision sees them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.study.ranking.systems import Floats, Source


class ReadAhead:
    """Values of systems by replication; how many are asked for at once changes no value.

    Args:
        source: where they come from.
        first: replications of each system that are asked for at the start.
        most: replications of one system that are ever asked for.
        batch: least number of replications, of all systems asked for together.
    """

    def __init__(self, source: Source, first: int, most: int, batch: int) -> None:
        self._source = source
        self._first = first
        self._most = most
        self._batch = batch
        self._known: dict[str, Floats] = {}

    def replication(self, number: int, systems: Sequence[str]) -> Floats:
        """Return replication ``number`` of these systems, shape (len(systems),).

        Systems may be left out from one replication to the next, never taken in again.
        """
        if not self._known:
            self._fetch(0, self._first, systems)
        if number >= len(self._known[systems[0]]):
            more = -(-self._batch // len(systems))
            self._fetch(number, min(number + more, self._most), systems)
        return np.array([self._known[name][number] for name in systems])

    def until(self, number: int, system: str) -> Floats:
        """The first values of a system that have been read, at most so many."""
        return self._known[system][:number]

    def _fetch(self, start: int, stop: int, systems: Sequence[str]) -> None:
        found = self._source({name: range(start, stop) for name in systems})
        for name in systems:
            before = self._known.get(name, np.empty(0))
            self._known[name] = np.concatenate([before, found[name]])
