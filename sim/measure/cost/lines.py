"""Lines of the ledger, and their sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.tariff import Payer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FEN = 100


@dataclass(frozen=True)
class CostLine:
    """One item of the ledger.

    Attributes:
        item: what is paid for.
        payer: who pays.
        fen: shape (consignments,), whole fen.
        payee: who of the four is paid, if any.
        is_charge: whether it is a fee or charge for clearing, unlike the cost of time and staff.
    """

    item: str
    payer: Payer
    fen: Ints
    payee: Payer | None = None
    is_charge: bool = False


def whole_fen(cny: Floats) -> Ints:
    """Round CNY to fen."""
    return np.rint(cny * FEN).astype(np.int64)


def paid_fen(lines: Iterable[CostLine], members: Flags, **sides: Payer | bool | None) -> int:
    """Fen of some consignments on the lines that have this payer, this payee or are charges."""
    return sum(
        int(line.fen[members].sum())
        for line in lines
        if all(getattr(line, side) == party for side, party in sides.items())
    )


def net_fen(lines: Iterable[CostLine]) -> Ints:
    """Shape (consignments,): what is spent, without payments among the four parties."""
    return np.asarray(np.sum([line.fen for line in lines if line.payee is None], axis=0))
