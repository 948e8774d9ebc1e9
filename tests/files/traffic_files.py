"""Traffic files that tests of readers share."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.scenario.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[2] / "configs" / "traffic_files"


def written(folder: Path, *lines: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def as_parquet(table: dict[str, list[Any]], folder: Path) -> Path:
    path = folder / "x.parquet"
    pd.DataFrame(table).to_parquet(path, index=False)
    return path


def refusal(call: Any, *arguments: Any) -> list[str]:
    """Lines of the error that a call ends with, without the name of the file before each."""
    with pytest.raises(InputError) as raised:
        call(*arguments)
    return [line.partition("'x.csv'")[2].lstrip(":, ") for line in str(raised.value).splitlines()]
