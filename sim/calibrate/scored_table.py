"""Tables of declarations with the scores of a model beside each row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.calibrate.ranking import Area, area_with_interval
from sim.files.cells import Cells
from sim.files.declarations import SCORE_PREFIX
from sim.files.text_table import read_text_table
from sim.scenario.errors import InputError


@dataclass(frozen=True)
class UnscoredTable:
    """A table whose declarations are known.

    Attributes:
        name: its file name without the ending.
        rows: its cells as text.
        declaration: shape (n,), number of the declaration of each row.
    """

    name: str
    rows: pd.DataFrame
    declaration: NDArray[np.int64]


@dataclass(frozen=True)
class ScoredTable:
    """A table with its scores.

    Attributes:
        name: its file name without the ending.
        rows: its cells as text, and the column of scores.
        cross_fitted: number of rows scored by cross-fitting; the others are later ones.
        area: area under the ROC curve of the scores of its rows.
    """

    name: str
    rows: pd.DataFrame
    cross_fitted: int
    area: Area


def read_unscored(path: Path, fraud: pd.Series[bool]) -> UnscoredTable:
    """Read a table to be scored.

    Args:
        path: a CSV or Parquet file with a column ``declaration``; others are kept as they are.
        fraud: what examinations found, by number of the declaration.

    Raises:
        InputError: the table cannot be used, or a declaration in it is not known.
    """
    table = read_text_table(path, "declaration table")
    if "declaration" not in table.cells:
        raise InputError(f"{table.where}: missing column 'declaration'")
    cells = Cells(table)
    declaration = cells.counts("declaration", 0)
    cells.refuse(
        "declaration",
        ~pd.Index(declaration).isin(fraud.index),
        lambda at: f"{declaration[at]} is neither in the training nor in the validation file",
    )
    cells.check()
    if fraud.reindex(declaration).nunique() < 2:
        raise InputError(f"{table.where}: rows with fraud and rows without are needed")
    return UnscoredTable(path.stem, pd.DataFrame(dict(table.cells)), declaration)


def scored_table(table: UnscoredTable, known: pd.DataFrame, model: str) -> ScoredTable:
    """Add the scores of a model to a table; those of an earlier model of its name are replaced.

    Args:
        table: to be scored.
        known: score, fraud and cross_fitted, by number of the declaration.
        model: name of the model.
    """
    found = known.loc[table.declaration]
    column = found["score"].map("{:.4f}".format).to_numpy()
    return ScoredTable(
        name=table.name,
        rows=table.rows.assign(**{f"{SCORE_PREFIX}{model}": column}),
        cross_fitted=int(found["cross_fitted"].sum()),
        area=area_with_interval(found["score"].to_numpy(), found["fraud"].to_numpy()),
    )
