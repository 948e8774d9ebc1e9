"""Traffic that is listed rather than drawn: conveyances and consignments as columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# The identity of a container leaves this much room.
MOST_CONTAINERS = 2**8 - 1
MOST_CONSIGNMENTS = 2**20 - 1


@dataclass(frozen=True)
class ListedConveyances:
    """Conveyances (vessel calls, train runs, flights) in order of arrival; shapes are (n,).

    A column that is not listed is None: the scenario's figure holds.

    Attributes:
        identity: the name of each, all different.
        arrival: ticks from the start.
        unload_moves: boxes that are unloaded.
        load_moves: boxes that are loaded.
        consignments: number of consignments attached.
    """

    identity: tuple[str, ...]
    arrival: Ints
    unload_moves: Ints | None = None
    load_moves: Ints | None = None
    consignments: Ints | None = None

    def __len__(self) -> int:
        return len(self.arrival)


@dataclass(frozen=True)
class ListedConsignments:
    """Consignments in order of their conveyances, then as listed; shapes are (n,).

    A column that is not listed is None: it is drawn as the scenario says. Either the trader or the
    tier is listed.

    Attributes:
        conveyance: index of the conveyance.
        position: number among the consignments of its conveyance, from 0.
        containers: number of boxes.
        forty_foot: of these, boxes of forty feet.
        hs6: code of the Harmonized System, six digits.
        value_fen: value in fen.
        tax_rate: duty rate in per cent of value.
        trader: key of the importer, by which a tier is drawn.
        tier: index of the credit tier in TIERS.
        licensed: whether the goods need a licence.
        quarantine_liable: whether quarantine supervises the goods.
        lodged_before_arrival: ticks from the lodgement to the arrival of the conveyance.
    """

    conveyance: Ints
    position: Ints
    containers: Ints
    forty_foot: Ints
    hs6: Ints
    value_fen: Ints
    tax_rate: Floats
    trader: Ints | None = None
    tier: Ints | None = None
    licensed: Flags | None = None
    quarantine_liable: Flags | None = None
    lodged_before_arrival: Ints | None = None

    def __len__(self) -> int:
        return len(self.conveyance)

    def taken(self, order: Ints) -> ListedConsignments:
        """The consignments at some indices."""
        listed = {name: column for name, column in vars(self).items() if column is not None}
        return replace(self, **{name: column[order] for name, column in listed.items()})

    @property
    def chapter(self) -> Ints:
        """Chapter of the Harmonized System, 1 to 97."""
        return self.hs6 // 10_000
