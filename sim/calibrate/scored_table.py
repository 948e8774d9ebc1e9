"""Tables of declarations with the scores of a model beside each row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.calibrate.ranking import Area, area_with_interval
from sim.scenario.errors import InputError
from sim.study.cells import Cells
from sim.study.declarations import SCORE_PREFIX
from sim.study.text_table import read_text_table


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


def score_table(path: Path, known: pd.DataFrame, model: str) -> ScoredTable:
    """Add the scores of a model to a table of declarations.

    Args:
        path: a CSV or Parquet file with a column ``declaration``; others are kept as they are.
        known: score, fraud and cross_fitted, by number of the declaration.
        model: name of the model; a column of an earlier model of that name is replaced.

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
        ~pd.Index(declaration).isin(known.index),
        lambda at: f"{declaration[at]} is neither in the training nor in the validation file",
    )
    cells.check()
    found = known.loc[declaration]
    if found["fraud"].nunique() < 2:
        raise InputError(f"{table.where}: rows with fraud and rows without are needed")
    rows = pd.DataFrame(dict(table.cells))
    rows[f"{SCORE_PREFIX}{model}"] = found["score"].map("{:.4f}".format).to_numpy()
    return ScoredTable(
        name=path.stem,
        rows=rows,
        cross_fitted=int(found["cross_fitted"].sum()),
        area=area_with_interval(found["score"].to_numpy(), found["fraud"].to_numpy()),
    )
