"""Random numbers keyed by what they are for, never by the order in which they are asked.

A draw is a function of (seed, replication, purpose, entity): the purpose with seed and replication
gives two 64-bit keys, and two rounds of the SplitMix64 finaliser (Steele, Lea & Flood, OOPSLA 2014)
hash the entity under them. Only integer arithmetic is involved: every platform gives the same bits.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_SECOND_FACTOR = np.uint64(0x94D049BB133111EB)


def splitmix64(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64-bit states: the output function of SplitMix64."""
    mixed = (state ^ (state >> np.uint64(30))) * _FIRST_FACTOR
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND_FACTOR
    return mixed ^ (mixed >> np.uint64(31))


def splitmix64_stream(seed: int, positions: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Outputs of the SplitMix64 generator at some positions (from 0), without those between."""
    steps = positions.astype(np.uint64) + np.uint64(1)
    return splitmix64(np.uint64(seed) + steps * _GOLDEN)


class Draws:
    """Standard uniform columns of one replication.

    Columns are remembered, so that scenarios that share the replication share the work.
    """

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication
        self._prefix = ""
        self._columns: dict[tuple[str, bytes], NDArray[np.float64]] = {}

    def under(self, name: str) -> Draws:
        """Return the draws of one stream or flow: entities of another have luck of their own."""
        scoped = Draws(self.seed, self.replication)
        scoped._prefix = f"{self._prefix}{name}/"
        scoped._columns = self._columns
        return scoped

    def uniform(self, purpose: str, entities: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return one number in the open unit interval for each entity.

        Args:
            purpose: what the draw is for; equal purposes give equal draws.
            entities: shape (n,), identities of the entities, not positions.
        """
        full = self._prefix + purpose
        key = (full, blake2b(entities.tobytes(), digest_size=16).digest())
        if key not in self._columns:
            column = self._hash(full, entities)
            column.flags.writeable = False
            self._columns[key] = column
        return self._columns[key]

    def _hash(self, purpose: str, entities: NDArray[np.int64]) -> NDArray[np.float64]:
        text = f"{self.seed}/{self.replication}/{purpose}".encode()
        keys = np.frombuffer(blake2b(text, digest_size=16).digest(), dtype="<u8")
        bits = splitmix64(splitmix64_stream(int(keys[0]), entities) ^ keys[1])
        return ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
