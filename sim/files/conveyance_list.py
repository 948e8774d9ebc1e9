"""Reads a list of conveyances from a file; its columns are in docs/traffic_files.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sim.files.arrival_column import arrival_ticks
from sim.files.cells import Cells
from sim.files.existing_file import Read, read_file
from sim.files.text_table import check_columns, read_text_table
from sim.traffic.listed import MOST_CONSIGNMENTS, ListedConveyances

_MOST_MOVES = 100_000


def read_conveyances(
    path: Path, start: date | None = None, read: Read = read_file
) -> ListedConveyances:
    """Read a list of vessel calls, train runs or flights.

    Args:
        path: a CSV or Parquet file.
        start: the Monday at whose 00:00 the simulation starts; needed where arrivals are times.
        read: gives the content of the file.

    Raises:
        InputError: the file cannot be used; a RowsError names the rows.
    """
    table = read_text_table(path, "traffic file", read)
    optional = ("unload_moves", "load_moves", "consignments")
    check_columns(table, ("conveyance_id", "arrival"), optional)
    cells = Cells(table)
    identity = cells.text("conveyance_id")
    first = identity.groupby(identity).transform(lambda same: same.index[0])
    cells.refuse(
        "conveyance_id",
        identity.duplicated().to_numpy(),
        lambda at: f"{identity[at]!r} is also in row {table.rows[first[at]]}",
    )
    conveyances = ListedConveyances(
        identity=tuple(identity),
        arrival=arrival_ticks(cells, "arrival", start),
        unload_moves=cells.optional("unload_moves", cells.counts, 0, _MOST_MOVES),
        load_moves=cells.optional("load_moves", cells.counts, 0, _MOST_MOVES),
        consignments=cells.optional("consignments", cells.counts, 0, MOST_CONSIGNMENTS),
    )
    cells.check()
    return conveyances
