"""Tables agree if every bit does; otherwise the first place that differs is told."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.study.reproduction.agreement import Difference, first_difference, table_names

TABLE = pd.DataFrame(
    {
        "scenario": ["serial", "serial", "joint"],
        "replication": [0, 1, 0],
        "kpi": ["time", "time", "time"],
        "value": [1.5, np.nan, -0.0],
    }
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    there, now = tmp_path / "there", tmp_path / "now"
    there.mkdir()
    now.mkdir()
    return there, now


def of_parquet(
    folders: tuple[Path, Path], there: pd.DataFrame, now: pd.DataFrame = TABLE
) -> Difference | None:
    for folder, table in zip(folders, (there, now), strict=True):
        table.to_parquet(folder / "x.parquet", index=False)
    return first_difference(*folders, ["x.parquet"])[0]


def of_csv(folders: tuple[Path, Path], there: str, now: str) -> Difference | None:
    for folder, text in zip(folders, (there, now), strict=True):
        (folder / "x.csv").write_text(text, newline="")
    return first_difference(*folders, ["x.csv"])[0]


def test_a_missing_value_is_itself(folders: tuple[Path, Path]) -> None:
    assert of_parquet(folders, TABLE) is None


def test_bytes_of_parquet_do_not_count(folders: tuple[Path, Path]) -> None:
    there, now = folders
    TABLE.to_parquet(there / "x.parquet", index=False, compression="gzip")
    TABLE.to_parquet(now / "x.parquet", index=False)
    assert first_difference(there, now, ["x.parquet"]) == (None, 0)


@pytest.mark.parametrize("row", range(3))
@pytest.mark.parametrize("towards", [np.inf, -np.inf])
def test_one_bit_is_enough(folders: tuple[Path, Path], row: int, towards: float) -> None:
    other = TABLE.assign(value=[1.0, 2.0, 3.0])
    moved = other.copy()
    moved.loc[row, "value"] = np.nextafter(other.loc[row, "value"], towards)
    found = of_parquet(folders, moved, other)
    assert found == Difference(
        "x.parquet",
        "value",
        repr(float(moved.loc[row, "value"])),
        repr(float(other.loc[row, "value"])),
        {
            "scenario": other.loc[row, "scenario"],
            "replication": str(other.loc[row, "replication"]),
            "kpi": "time",
        },
    )


def test_zeros_of_two_signs_differ(folders: tuple[Path, Path]) -> None:
    found = of_parquet(folders, TABLE.assign(value=[1.5, np.nan, 0.0]))
    assert found is not None
    assert (found.there, found.now) == ("0.0", "-0.0")


def test_the_first_row_is_told(folders: tuple[Path, Path]) -> None:
    found = of_parquet(folders, TABLE.assign(value=2.0, kpi=["time", "cost", "cost"]))
    assert found is not None
    assert (found.what, found.there, found.now) == ("value", "2.0", "1.5")
    assert found.row == {"scenario": "serial", "replication": "0", "kpi": "time"}


def test_other_shapes_and_types(folders: tuple[Path, Path]) -> None:
    fewer = of_parquet(folders, TABLE.iloc[:2])
    assert fewer == Difference("x.parquet", "rows", "2", "3")
    narrow = of_parquet(folders, TABLE[["scenario", "value"]])
    assert narrow == Difference(
        "x.parquet", "columns", "scenario, value", "scenario, replication, kpi, value"
    )
    typed = of_parquet(folders, TABLE.assign(replication=[0.0, 1.0, 0.0]))
    assert typed == Difference("x.parquet", "type of replication", "float64", "int64")


def test_text_is_compared_as_it_stands(folders: tuple[Path, Path]) -> None:
    assert of_csv(folders, "kpi,mean\na,1.0\n", "kpi,mean\na,1.0\n") is None
    assert of_csv(folders, "kpi,mean\na,1.00\n", "kpi,mean\na,1.0\n") == Difference(
        "x.csv", "mean", "1.00", "1.0", {"kpi": "a"}
    )
    assert of_csv(folders, "kpi,mean\r\na,1.0\r\n", "kpi,mean\na,1.0\n") == Difference(
        "x.csv", "bytes", "written otherwise", "as portclear writes"
    )


def test_tables_of_one_folder_only_and_their_order(folders: tuple[Path, Path]) -> None:
    there, now = folders
    for name in ("kpis.csv", "replications.parquet", "benefits.csv", "report.html"):
        (there / name).write_text("")
    assert table_names(there) == ["replications.parquet", "benefits.csv", "kpis.csv"]
    difference, number = first_difference(there, now, table_names(there))
    assert difference == Difference("replications.parquet", "file", "a file", "none")
    assert number == 3


@pytest.mark.parametrize("name", ["x.parquet", "x.csv"])
@pytest.mark.parametrize("kept", [0, 200])
def test_a_damaged_table_is_not_what_came_out_now(
    folders: tuple[Path, Path], name: str, kept: int
) -> None:
    there, now = folders
    TABLE.to_parquet(now / name) if name == "x.parquet" else TABLE.to_csv(now / name)
    content = (now / name).read_bytes()[:kept]
    (there / name).write_bytes(content if name == "x.parquet" else b"\xff\xfe" + content)
    expected = Difference(name, "file", "no table, or a damaged one", "a table")
    assert first_difference(there, now, [name]) == (expected, 1)
