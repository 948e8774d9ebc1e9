from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.files.cells import Cells
from sim.files.text_table import TextTable, _stripped, read_text_table
from tests.files.traffic_files import refusal, written


def cells_of(folder: Path, *values: str) -> Cells:
    return Cells(read_text_table(written(folder, "a", *values), "traffic file"))


def faults(cells: Cells) -> list[str]:
    return refusal(cells.check)


def test_numbers(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, "1", "+2.5", "-.5", "1e3", "7.")
    assert cells.numbers("a", -1).tolist() == [1.0, 2.5, -0.5, 1000.0, 7.0]
    cells.check()


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("x", "'x' is not a number"),
        ('"1,200.50"', "'1,200.50' is not a number; write it without thousands separators"),
        ("5%", "'5%' is not a number; write it without a sign"),
        ("nan", "'nan' is not a number"),
        ("inf", "'inf' is not a number"),
        ("1e999", "1e999 is not finite"),
        ("12:30", "'12:30' is not a number"),
        ("1_000", "'1_000' is not a number"),
        ("\uff11", "'\uff11' is not a number"),
        ('""', "is empty"),
        ("-1", "-1 is below 0"),
        ("11", "11 is above 10"),
    ],
)
def test_what_is_no_number(tmp_path: Path, given_: str, expected: str) -> None:
    cells = cells_of(tmp_path, "1", given_)
    cells.numbers("a", 0, 10)
    assert faults(cells) == [f"row 3: a: {expected}"]


def test_counts_are_whole(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, "3", "3.0", "2.5", "x")
    assert cells.counts("a", 0).tolist()[:2] == [3, 3]
    assert faults(cells) == ["row 4: a: 2.5 is not a whole number", "row 5: a: 'x' is not a number"]


def test_flags(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, "true", "FALSE", "1", "0", "yes")
    assert cells.flags("a").tolist() == [True, False, True, False, False]
    assert faults(cells) == ["row 6: a: 'yes' is neither; allowed: true, 1, false, 0"]


def test_choices(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, "sea", "rial")
    assert cells.choices("a", ("rail", "sea"), "mode").tolist() == [1, -1]
    assert faults(cells) == [
        "row 3: a: unknown mode 'rial'; allowed: rail, sea; did you mean 'rail'?"
    ]


def test_of_each_row_the_first_fault_and_of_many_rows_the_first_ten(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, *(["x"] * 25))
    cells.numbers("a", 0)
    cells.refuse("a", np.ones(25, dtype=np.bool_), lambda _: "said too late")
    found = faults(cells)
    assert found[:10] == [f"row {row}: a: 'x' is not a number" for row in range(2, 12)]
    assert found[10:] == ["and 15 more"]


def test_optional_columns(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, "1")
    assert cells.optional("b", cells.flags) is None
    found: Any = cells.optional("a", cells.counts, 0, 5)
    assert found.tolist() == [1]


@given(st.lists(st.floats(0, 1e15), min_size=1))
def test_numbers_are_read_back_to_the_bit(values: list[float]) -> None:
    text = _stripped([repr(value) for value in values])
    cells = Cells(TextTable("file", {"a": text}, np.arange(len(values))))
    assert cells.numbers("a", 0).tolist() == values


@given(st.lists(st.text(), min_size=1))
def test_any_text_is_a_number_or_refused(values: list[str]) -> None:
    cells = Cells(TextTable("file", {"a": _stripped(values)}, np.arange(len(values))))
    numbers = cells.numbers("a", -np.inf)
    good = np.isfinite(numbers)
    if good.all():
        cells.check()
    else:
        assert len(refusal(cells.check)) == min(11, int((~good).sum()))
