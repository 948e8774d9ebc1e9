"""Reads a table from a file as text, so that nothing is guessed about what its cells mean."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.files.existing_file import Read, read_file
from sim.scenario.errors import InputError, RowsError, did_you_mean

_MOST_LISTED = 10

# Number of a row, and what says what is wrong with it.
RowFault = tuple[int, Callable[[], str]]


@dataclass(frozen=True)
class TextTable:
    """Cells of a file as text without blanks around; an empty cell is an empty text.

    Attributes:
        where: what the file is and its name, as errors call it.
        cells: by column, one series of text; all are indexed from 0.
        rows: shape (n,), number of each row as a user counts: the header of a CSV file is row 1,
            the first row of a Parquet file is row 1.
        faults: number and fault of each row that has no cells, for it could not be split into them.
    """

    where: str
    cells: Mapping[str, pd.Series[str]]
    rows: NDArray[np.int64]
    faults: tuple[RowFault, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)


def read_text_table(path: Path, kind: str, read: Read = read_file) -> TextTable:
    """Read a CSV file (UTF-8, commas, a header) or a Parquet file, told by its ending.

    Args:
        path: the file.
        kind: what errors call it, such as ``traffic file``.
        read: gives its content.

    Raises:
        InputError: another ending, no such file, not readable as what it should be, or no rows.
        RowsError: no row of a CSV file can be split into the columns of its header.
    """
    where = f"{kind} '{path.name}'"
    content = read(path, where)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{where}: ends in '{path.suffix}'; allowed: {', '.join(_READERS)}")
    table = reader(content, where)
    if table.faults and not len(table):
        raise row_errors(where, table.faults)
    if not len(table):
        raise InputError(f"{where}: has a header but no rows")
    return table


def check_columns(
    table: TextTable, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> None:
    """Check the names of columns.

    Raises:
        InputError: a column is not known, or one that is needed is missing.
    """
    allowed = (*required, *optional)
    for name in table.cells:
        if name not in allowed:
            raise InputError(
                f"{table.where}: unknown column {name!r}; allowed: {', '.join(allowed)}"
                f"{did_you_mean(name, allowed)}"
            )
    missing = [name for name in required if name not in table.cells]
    if missing:
        raise InputError(
            f"{table.where}: missing column '{missing[0]}'; needed: {', '.join(required)}"
        )


def row_errors(where: str, faults: Sequence[RowFault]) -> RowsError:
    """Errors of rows in the order given, the first ten of them in words.

    Args:
        where: what the file is called.
        faults: of the rows.
    """
    lines = [f"{where}, row {row}: {reason()}" for row, reason in faults[:_MOST_LISTED]]
    if len(faults) > _MOST_LISTED:
        lines.append(f"{where}: and {len(faults) - _MOST_LISTED} more")
    return RowsError("\n".join(lines))


def _read_csv(content: bytes, where: str) -> TextTable:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: is not UTF-8 text (byte {error.start + 1}); save it as CSV in UTF-8"
        ) from error
    records = _records(text)
    first = next(records, None)
    if first is None:
        raise InputError(f"{where}: is empty")
    if isinstance(first, csv.Error):
        raise InputError(f"{where}: is not a CSV file: {first}")
    header = [name.strip() for name in first]
    _check_header(where, header)
    numbered: list[tuple[int, list[str]]] = []
    faults: list[RowFault] = []
    for number, row in enumerate(records, start=2):
        if isinstance(row, csv.Error) or (row and len(row) != len(header)):
            faults.append((number, partial(_shape_fault, row, len(header))))
        elif row:
            numbered.append((number, row))
    columns = list(zip(*(row for _, row in numbered), strict=True)) or [()] * len(header)
    return TextTable(
        where,
        {name: _stripped(cells) for name, cells in zip(header, columns, strict=True)},
        np.array([number for number, _ in numbered], dtype=np.int64),
        tuple(faults),
    )


def _records(text: str) -> Iterator[list[str] | csv.Error]:
    """Yield the fields of each record, or why it cannot be split into any."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _check_header(where: str, header: list[str]) -> None:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise InputError(f"{where}: columns are to be separated by commas, given {header[0]!r}")
    for name in header:
        if header.count(name) > 1:
            raise InputError(f"{where}: the column {name!r} is there twice")


def _shape_fault(row: list[str] | csv.Error, width: int) -> str:
    if isinstance(row, csv.Error):
        return f"is no row of a CSV file: {row}"
    advice = "; write numbers without thousands separators" if len(row) > width else ""
    return f"{len(row)} fields, the header has {width}{advice}"


def _read_parquet(content: bytes, where: str) -> TextTable:
    try:
        table = pq.read_table(BytesIO(content))
    except pa.ArrowInvalid as error:
        raise InputError(f"{where}: is not a Parquet file") from error
    _check_header(where, table.column_names)
    cells = {}
    for name in table.column_names:
        try:
            column = pc.fill_null(table.column(name).cast(pa.string()), "")
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            kind = table.schema.field(name).type
            raise InputError(f"{where}: {name}: cells of type {kind} cannot be read") from error
        cells[name] = _stripped(column.to_pylist())
    return TextTable(where, cells, np.arange(1, len(table) + 1, dtype=np.int64))


def _stripped(cells: object) -> pd.Series[str]:
    return pd.Series(cells, dtype=object).astype(str).str.strip()


_READERS: dict[str, Callable[[bytes, str], TextTable]] = {
    ".csv": _read_csv,
    ".parquet": _read_parquet,
}
