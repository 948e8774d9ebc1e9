"""What traffic is drawn from, or read instead of being drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.traffic.declarations import DeclarationTable
from sim.traffic.listed import ListedConsignments, ListedConveyances


@dataclass(frozen=True)
class Inputs:
    """Tables and lists of one scenario or of several that share them.

    Attributes:
        declarations: tables of real declarations, by name.
        conveyances: lists of conveyances, by path.
        consignments: lists of consignments, by their path and that of their conveyances.
    """

    declarations: Mapping[str, DeclarationTable]
    conveyances: Mapping[str, ListedConveyances] = field(default_factory=dict)
    consignments: Mapping[tuple[str, str], ListedConsignments] = field(default_factory=dict)
