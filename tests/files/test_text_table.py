from pathlib import Path

import pytest

from sim.files.cells import Cells
from sim.files.text_table import check_columns, read_text_table
from sim.scenario.errors import InputError
from tests.files.traffic_files import as_parquet, refusal, written


def read(path: Path):
    return read_text_table(path, "traffic file")


def test_cells_are_text_without_blanks_and_rows_count_as_in_a_spreadsheet(tmp_path: Path) -> None:
    table = read(written(tmp_path, "a, b", " 010 ,NA", "", '"1,5",'))
    assert {name: cells.tolist() for name, cells in table.cells.items()} == {
        "a": ["010", "1,5"],
        "b": ["NA", ""],
    }
    assert table.rows.tolist() == [2, 4]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "x.CSV"
    path.write_bytes("\ufeff船名\n中远\n".encode())
    assert list(read(path).cells) == ["船名"]


def test_parquet_keeps_whole_numbers_beside_empty_cells(tmp_path: Path) -> None:
    columns = {"a": [1, 2], "b": [1.5, None], "c": [True, False], "d": ["x", None]}
    table = read(as_parquet(columns, tmp_path))
    assert [cells.tolist() for cells in table.cells.values()] == [
        ["1", "2"],
        ["1.5", ""],
        ["true", "false"],
        ["x", ""],
    ]
    assert table.rows.tolist() == [1, 2]


def test_parquet_with_cells_that_are_no_values(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^traffic file 'x.parquet': a: cells of type list<.*"):
        read(as_parquet({"a": [[1], [2]]}, tmp_path))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"a,b\n", "has a header but no rows", id="no rows"),
        pytest.param(b"a,a\n1,2\n", "the column 'a' is there twice", id="twice"),
        pytest.param(
            "船名\n中远\n".encode("gbk"),
            "is not UTF-8 text (byte 1); save it as CSV in UTF-8",
            id="GBK",
        ),
        pytest.param(
            b"a;b\n1;2\n", "columns are to be separated by commas, given 'a;b'", id="semicolons"
        ),
        pytest.param(
            b"a,b\n1,234,5\n",
            "row 2: 3 fields, the header has 2; write numbers without thousands separators",
            id="thousands",
        ),
        pytest.param(b"a,b\n1\n", "row 2: 1 fields, the header has 2", id="short row"),
        pytest.param(
            b'a,b\n"1,2\n',
            "row 2: is no row of a CSV file: unexpected end of data",
            id="open quotation",
        ),
        pytest.param(
            b'"a,b\n',
            "is not a CSV file: unexpected end of data",
            id="open quotation in the header",
        ),
    ],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert refusal(read, path) == [expected]


def test_rows_that_cannot_be_split_hide_no_others(tmp_path: Path) -> None:
    """They stand among the faults of cells, by number of the row; the rows between are read."""
    lines = ("a,b", "x,1", "1,2,3", "4,5", '"6"7,8', "y,1", "9")
    cells = Cells(read(written(tmp_path, *lines)))
    assert cells.numbers("a", 0)[1] == 4
    assert refusal(cells.check) == [
        "row 2: a: 'x' is not a number",
        "row 3: 3 fields, the header has 2; write numbers without thousands separators",
        "row 5: is no row of a CSV file: ',' expected after '\"'",
        "row 6: a: 'y' is not a number",
        "row 7: 1 fields, the header has 2",
    ]


def test_no_more_than_ten_rows_are_told_of(tmp_path: Path) -> None:
    rows = ["1,2,3", "x,1"] * 6
    cells = Cells(read(written(tmp_path, "a,b", *rows)))
    cells.numbers("a", 0)
    found = refusal(cells.check)
    assert len(found) == 11
    assert found[-1] == "and 2 more"


def test_other_endings_and_files_that_are_not_there(tmp_path: Path) -> None:
    written(tmp_path, "a", "1", name="y.xlsx")
    with pytest.raises(InputError) as ending:
        read(tmp_path / "y.xlsx")
    assert str(ending.value) == "traffic file 'y.xlsx': ends in '.xlsx'; allowed: .csv, .parquet"
    assert refusal(read, tmp_path / "x.csv") == [
        f"there is no such file, looked for at '{tmp_path / 'x.csv'}'"
    ]
    with pytest.raises(InputError, match=r"' is a folder, a file is expected; did you mean"):
        read(tmp_path)
    written(tmp_path, "a", "1", name="x.parquet")
    with pytest.raises(InputError, match=r"^traffic file 'x.parquet': is not a Parquet file$"):
        read(tmp_path / "x.parquet")


def test_columns_must_be_known_and_there(tmp_path: Path) -> None:
    table = read(written(tmp_path, "arival,b", "1,2"))
    assert refusal(check_columns, table, ("arrival",), ("b",)) == [
        "unknown column 'arival'; allowed: arrival, b; did you mean 'arrival'?"
    ]
    assert refusal(check_columns, table, ("c", "b"), ("arival",)) == [
        "missing column 'c'; needed: c, b"
    ]
    check_columns(table, ("arival",), ("b", "c"))
