"""Reads examined declarations; the columns are in configs/declarations/README.md."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.files.cells import Cells
from sim.files.text_table import check_columns, read_text_table
from sim.scenario.errors import InputError

COLUMNS = (
    "declaration", "date", "mode", "importer", "seller", "hs6", "origin", "tax_rate_percent",
    "net_mass_kg", "item_price_krw", "fraud",
)  # fmt: skip
_LEAST_OF_EACH = 10


def read_examined(path: Path) -> pd.DataFrame:
    """Return the examined declarations of a CSV or Parquet file, one row each.

    Columns are those of COLUMNS: ``declaration`` and ``hs6`` are integers, ``date`` is a time stamp
    at midnight, ``mode``, ``importer``, ``seller`` and ``origin`` are text (an unknown seller is
    empty), ``fraud`` is true or false, the others are numbers.

    Raises:
        InputError: the file cannot be used; a RowsError names the rows.
    """
    table = read_text_table(path, "declaration file")
    check_columns(table, COLUMNS)
    cells = Cells(table)
    declaration = cells.counts("declaration", 0)
    cells.refuse(
        "declaration",
        pd.Series(declaration).duplicated().to_numpy(),
        lambda at: f"{declaration[at]} is there twice",
    )
    examined = pd.DataFrame(
        {
            "declaration": declaration,
            "date": _dates(cells),
            "mode": cells.text("mode"),
            "importer": cells.text("importer"),
            "seller": table.cells["seller"],
            "hs6": cells.counts("hs6", 10_000, 999_999),
            "origin": cells.text("origin"),
            "tax_rate_percent": cells.numbers("tax_rate_percent", 0),
            "net_mass_kg": cells.numbers("net_mass_kg", 0),
            "item_price_krw": cells.numbers("item_price_krw", 0),
            "fraud": cells.flags("fraud"),
        }
    )
    cells.check()
    least = int(min(examined["fraud"].sum(), (~examined["fraud"]).sum()))
    if least < _LEAST_OF_EACH:
        raise InputError(
            f"{table.where}: fraud: {_LEAST_OF_EACH} declarations with and as many without are "
            f"needed, given {least} of one kind"
        )
    return examined


def _dates(cells: Cells) -> pd.Series[pd.Timestamp]:
    given = cells.text("date")
    shaped = given.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
    dates = pd.to_datetime(given.where(shaped), format="%Y-%m-%d", errors="coerce")
    cells.refuse(
        "date",
        np.asarray(dates.isna()),
        lambda at: f"{given[at]!r} is not a date; write it as 2024-01-05",
    )
    return dates
