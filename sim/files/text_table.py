"""Reads a table from a file as text, so that nothing is guessed about what its cells mean."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.files.existing_file import check_file
from sim.scenario.errors import InputError, RowsError, did_you_mean

_MOST_LISTED = 10


@dataclass(frozen=True)
class TextTable:
    """Cells of a file as text without blanks around; an empty cell is an empty text.

    Attributes:
        where: what the file is and its name, as errors call it.
        cells: by column, one series of text; all are indexed from 0.
        rows: shape (n,), number of each row as a user counts: the header of a CSV file is row 1,
            the first row of a Parquet file is row 1.
    """

    where: str
    cells: Mapping[str, pd.Series[str]]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)


def read_text_table(path: Path, kind: str) -> TextTable:
    """Read a CSV file (UTF-8, commas, a header) or a Parquet file, told by its ending.

    Args:
        path: the file.
        kind: what errors call it, such as ``traffic file``.

    Raises:
        InputError: another ending, no such file, not readable as what it should be, or no rows.
        RowsError: rows of a CSV file that have more or fewer fields than its header.
    """
    where = f"{kind} '{path.name}'"
    check_file(path, where)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{where}: ends in '{path.suffix}'; allowed: {', '.join(_READERS)}")
    table = reader(path, where)
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


def row_errors(where: str, faults: list[tuple[int, Callable[[], str]]]) -> RowsError:
    """Errors of rows in the order given, the first ten of them in words.

    Args:
        where: what the file is called.
        faults: number of the row, and what says what is wrong with it.
    """
    lines = [f"{where}, row {row}: {reason()}" for row, reason in faults[:_MOST_LISTED]]
    if len(faults) > _MOST_LISTED:
        lines.append(f"{where}: and {len(faults) - _MOST_LISTED} more")
    return RowsError("\n".join(lines))


def _read_csv(path: Path, where: str) -> TextTable:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: is not UTF-8 text (byte {error.start + 1}); save it as CSV in UTF-8"
        ) from error
    try:
        records = list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"{where}: is not a CSV file: {error}") from error
    if not records:
        raise InputError(f"{where}: is empty")
    header = [name.strip() for name in records[0]]
    _check_header(where, header)
    numbered = [(number, row) for number, row in enumerate(records[1:], start=2) if row]
    _check_widths(where, len(header), numbered)
    columns = list(zip(*(row for _, row in numbered), strict=True)) or [()] * len(header)
    return TextTable(
        where,
        {name: _stripped(cells) for name, cells in zip(header, columns, strict=True)},
        np.array([number for number, _ in numbered], dtype=np.int64),
    )


def _check_header(where: str, header: list[str]) -> None:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise InputError(f"{where}: columns are to be separated by commas, given {header[0]!r}")
    for name in header:
        if header.count(name) > 1:
            raise InputError(f"{where}: the column {name!r} is there twice")


def _check_widths(where: str, width: int, numbered: list[tuple[int, list[str]]]) -> None:
    faults = [
        (number, _width_fault(len(row), width)) for number, row in numbered if len(row) != width
    ]
    if faults:
        raise row_errors(where, faults)


def _width_fault(given: int, width: int) -> Callable[[], str]:
    advice = "; write numbers without thousands separators" if given > width else ""
    return lambda: f"{given} fields, the header has {width}{advice}"


def _read_parquet(path: Path, where: str) -> TextTable:
    try:
        table = pq.read_table(path)
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


_READERS: dict[str, Callable[[Path, str], TextTable]] = {
    ".csv": _read_csv,
    ".parquet": _read_parquet,
}
