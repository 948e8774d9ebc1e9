"""Turns the text of a table into columns of values, and says which rows do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.files.text_table import TextTable, row_errors
from sim.scenario.errors import did_you_mean

_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_ADVICE = {",": "; write it without thousands separators", "%": "; write it without a sign"}
_MOST_COUNT = 2**53

Mask = NDArray[np.bool_]
Reason = Callable[[int], str]
Spec = ParamSpec("Spec")
Column = TypeVar("Column")


class Cells:
    """Values of a table, column by column. What does not fit is gathered, then told at once."""

    def __init__(self, table: TextTable) -> None:
        self.table = table
        self._faults: dict[int, Callable[[], str]] = {}

    def __contains__(self, column: str) -> bool:
        return column in self.table.cells

    def refuse(self, column: str, wrong: Mask, reason: Reason) -> None:
        """Note what is wrong with rows; of each row the first fault counts.

        Args:
            column: its name.
            wrong: shape (n,).
            reason: says what is wrong with the row at an index from 0.
        """
        for index in np.flatnonzero(wrong).tolist():
            self._faults.setdefault(index, lambda at=index: f"{column}: {reason(at)}")  # type: ignore[misc]

    def check(self) -> None:
        """Raise RowsError for the rows that do not fit, if there are any."""
        rows = self.table.rows
        faults = [(int(rows[index]), reason) for index, reason in self._faults.items()]
        faults.extend(self.table.faults)
        if faults:
            raise row_errors(self.table.where, sorted(faults, key=itemgetter(0)))

    def optional(
        self,
        column: str,
        read: Callable[Concatenate[str, Spec], Column],
        *rest: Spec.args,
        **named: Spec.kwargs,
    ) -> Column | None:
        """What ``read`` makes of a column, or None if the table has none of that name."""
        return read(column, *rest, **named) if column in self else None

    def text(self, column: str) -> pd.Series[str]:
        """Cells as they are; none may be empty."""
        cells = self.table.cells[column]
        self.refuse(column, (cells == "").to_numpy(), lambda _: "is empty")
        return cells

    def numbers(self, column: str, low: float, high: float = np.inf) -> NDArray[np.float64]:
        """Finite numbers from ``low`` to ``high``; NaN where a cell is refused."""
        cells = self.text(column)
        shaped = cells.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
        self.refuse(
            column, ~shaped, lambda at: f"{cells[at]!r} is not a number{_advice(cells[at])}"
        )
        values = np.where(shaped, cells, "nan").astype(np.float64)
        self.refuse(column, np.isinf(values), lambda at: f"{cells[at]} is not finite")
        self.refuse(column, values < low, lambda at: f"{cells[at]} is below {low:g}")
        self.refuse(column, values > high, lambda at: f"{cells[at]} is above {high:g}")
        fits = np.isfinite(values) & (values >= low) & (values <= high)
        return np.where(fits, values, np.nan)

    def counts(self, column: str, low: int, high: int = _MOST_COUNT) -> NDArray[np.int64]:
        """Whole numbers from ``low`` to ``high``; 0 where a cell is refused."""
        values = np.nan_to_num(self.numbers(column, low, high))
        cells = self.table.cells[column]
        self.refuse(
            column, values != np.rint(values), lambda at: f"{cells[at]} is not a whole number"
        )
        return values.astype(np.int64)

    def flags(self, column: str) -> Mask:
        """Cells that say true or false."""
        given = self.text(column).str.lower()
        values = given.map(_FLAGS)
        wrong = values.isna().to_numpy()
        self.refuse(
            column, wrong, lambda at: f"{given[at]!r} is neither; allowed: {', '.join(_FLAGS)}"
        )
        return np.asarray(values == True)  # noqa: E712

    def choices(self, column: str, allowed: Sequence[str], kind: str) -> NDArray[np.int64]:
        """Index of each cell among the allowed words, or -1; a few of them are listed."""
        cells = self.text(column)
        found = pd.Index(allowed).get_indexer(pd.Index(cells))
        listed = f"; allowed: {', '.join(allowed)}" if len(allowed) <= 10 else ""
        self.refuse(
            column,
            found < 0,
            lambda at: f"unknown {kind} {cells[at]!r}{listed}{did_you_mean(cells[at], allowed)}",
        )
        return found.astype(np.int64)


def _advice(cell: str) -> str:
    return next((advice for sign, advice in _ADVICE.items() if sign in cell), "")
