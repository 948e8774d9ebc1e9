"""Whether tables of two runs are the same to the bit, and where they first are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Replications first: where they differ, all that is made of them may.
_FIRST = "replications.parquet"
# Columns that tell a row from others, in the tables of any kind of study.
_NAMES = (
    "scenario", "baseline", "point", "name", "candidate", "spent", "target", "payer", "reform",
    "replication", "case", "container", "visit", "step", "group", "measure", "quantile", "kpi",
    "factor", "level", "by", "by_level",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """The first place at which a table is not what it was.

    Attributes:
        file: its name.
        what: the column, or what else differs: ``columns``, ``type of …``, ``rows``, ``bytes``, or
            ``file``.
        there: what the folder has, as text.
        now: what came out now.
        row: what tells the row from others, by column.
    """

    file: str
    what: str
    there: str
    now: str
    row: Mapping[str, str] = field(default_factory=dict)


def table_names(folder: Path) -> list[str]:
    """Names of the tables of a run, in the order they are compared."""
    names = [path.name for path in folder.iterdir() if path.suffix in (".csv", ".parquet")]
    return sorted(names, key=lambda name: (name != _FIRST, name))


def first_difference(there: Path, now: Path, names: Sequence[str]) -> tuple[Difference | None, int]:
    """Compare tables of two folders.

    Floats are compared bit by bit, a missing value is the same as another one. A CSV file must have
    the same bytes; of Parquet only the content counts, as its bytes name the library that wrote it.

    Args:
        there: folder of the run that was.
        now: folder of the tables of now.
        names: of the tables that one of them has.

    Returns:
        The first difference, and how many tables differ.
    """
    found = [_difference(there / name, now / name) for name in names]
    differences = [difference for difference in found if difference]
    return (differences[0] if differences else None), len(differences)


def _difference(there: Path, now: Path) -> Difference | None:
    if not (there.is_file() and now.is_file()):
        return Difference(now.name, "file", _presence(there), _presence(now))
    if there.read_bytes() == now.read_bytes():
        return None
    try:
        was = _read(there)
    except (ValueError, OSError):
        return Difference(now.name, "file", "no table, or a damaged one", "a table")
    difference = _of_tables(now.name, was, _read(now))
    if difference is None and now.suffix == ".csv":
        return Difference(now.name, "bytes", "written otherwise", "as portclear writes")
    return difference


def _presence(path: Path) -> str:
    return "a file" if path.is_file() else "none"


def _read(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def _of_tables(name: str, there: pd.DataFrame, now: pd.DataFrame) -> Difference | None:
    if list(there.columns) != list(now.columns):
        return Difference(name, "columns", ", ".join(there.columns), ", ".join(now.columns))
    common = min(len(there), len(now))
    cut_there, cut_now = there.iloc[:common], now.iloc[:common]
    for column in now.columns:
        types = str(there[column].dtype), str(now[column].dtype)
        if types[0] != types[1]:
            return Difference(name, f"type of {column}", *types)
    differs = {column: _differing(cut_there[column], cut_now[column]) for column in now.columns}
    places = {column: int(mask.argmax()) for column, mask in differs.items() if mask.any()}
    if places:
        column = min(places, key=lambda one: places[one])
        row, was = (one.iloc[places[column]] for one in (cut_now, cut_there))
        keys = {key: str(row[key]) for key in _NAMES if key in row.index and key != column}
        return Difference(name, column, str(was[column]), str(row[column]), keys)
    if len(there) != len(now):
        return Difference(name, "rows", str(len(there)), str(len(now)))
    return None


def _differing(there: pd.Series[float], now: pd.Series[float]) -> NDArray[np.bool_]:
    """Rows whose values differ in any bit, or of which one is missing."""
    absent = (there.isna() & now.isna()).to_numpy()
    if now.dtype == np.float64:
        bits = (one.to_numpy(np.float64).view(np.int64) for one in (there, now))
        return np.asarray(np.not_equal(*bits) & ~absent)
    values = (one.astype(object).where(one.notna(), None).to_numpy() for one in (there, now))
    return np.asarray(np.not_equal(*values) & ~absent, dtype=np.bool_)
