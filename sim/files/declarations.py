"""Reads the tables of real declarations that ship with the configurations."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pandas as pd

from sim.files.existing_file import Read, read_file
from sim.scenario.errors import unknown_name
from sim.traffic.declarations import DeclarationTable
from sim.traffic.risk_scores import RowScores

FOLDER = Path(__file__).resolve().parents[2] / "configs" / "declarations"
SCORE_PREFIX = "score_"


def declarations_file(name: str) -> Path:
    """Return the file of a table by its name.

    Raises:
        InputError: there is no table of that name.
    """
    path = FOLDER / f"{name}.csv"
    if not path.exists():
        known = [found.stem for found in FOLDER.glob("*.csv")]
        raise unknown_name("traffic.goods.declarations", "table", name, known)
    return path


def load_declarations(name: str, read: Read = read_file) -> DeclarationTable:
    """Return a table by its name; its schema is in the README beside it.

    Args:
        name: of the table.
        read: gives the content of its file.

    Raises:
        InputError: there is no table of that name.
    """
    rows = pd.read_csv(BytesIO(read(declarations_file(name), f"table '{name}'")))
    return DeclarationTable(
        chapter=(rows["hs6"] // 10_000).to_numpy(dtype="int64"),
        tax_rate=rows["tax_rate_percent"].to_numpy(dtype="float64"),
        value_per_kg=(rows["item_price_krw"] / rows["net_mass_kg"]).to_numpy(dtype="float64"),
        importer=rows["importer"].to_numpy(dtype="int64"),
        scores={
            column.removeprefix(SCORE_PREFIX): RowScores(
                score=rows[column].to_numpy(dtype="float64"),
                fraud=rows["fraud"].to_numpy(dtype="bool"),
            )
            for column in rows.columns
            if column.startswith(SCORE_PREFIX)
        },
    )
