"""The tables by name: what each measures, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from studies.coverage import families, port, selection, skewness, stopping, warm_up
from studies.coverage.experiments import answer_table
from studies.coverage.means import MEANS
from studies.coverage.waiting import WAITING

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "validation" / "coverage.md"

MEASURES: dict[str, Callable[[], pd.DataFrame]] = {
    "means": partial(answer_table, MEANS),
    "waiting": partial(answer_table, WAITING),
    "port": port.measure,
    "skewness": skewness.measure,
    "families": families.measure,
    "warm_up": warm_up.measure,
    "stopping": stopping.measure,
    "selection": selection.measure,
}


def table_file(name: str) -> Path:
    """File of a committed table."""
    return ROOT / "results" / "reference" / "coverage" / f"{name}.csv"


def committed(name: str) -> pd.DataFrame:
    """Read a committed table."""
    return pd.read_csv(table_file(name))
