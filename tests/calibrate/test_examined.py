from pathlib import Path

import pandas as pd
import pytest

from sim.calibrate.examined import COLUMNS, read_examined
from tests.calibrate.examined import made_up
from tests.files.traffic_files import refusal


def file(folder: Path, change: dict[str, object]) -> Path:
    rows = made_up(60, 1, "2020-05", 1).astype(object)
    for name, value in change.items():
        rows.loc[3, name] = value
    rows.to_csv(folder / "x.csv", index=False)
    return folder / "x.csv"


def test_rows_are_read_as_they_are(tmp_path: Path) -> None:
    found = read_examined(file(tmp_path, {}))
    written = made_up(60, 1, "2020-05", 1)
    assert tuple(found.columns) == COLUMNS
    assert (found["fraud"] == (written["fraud"] == 1)).all()
    assert (found["seller"] == written["seller"]).all()
    assert (found["origin"] == written["origin"]).all()
    assert found["date"].dt.strftime("%Y-%m-%d").tolist() == written["date"].tolist()
    assert found["net_mass_kg"].tolist() == written["net_mass_kg"].tolist()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"declaration": 1}, "row 5: declaration: 1 is there twice"),
        ({"date": "01/05/2020"},
         "row 5: date: '01/05/2020' is not a date; write it as 2024-01-05"),
        ({"importer": None}, "row 5: importer: is empty"),
        ({"hs6": 99}, "row 5: hs6: 99 is below 10000"),
        ({"net_mass_kg": "1,000"},
         "row 5: net_mass_kg: '1,000' is not a number; write it without thousands separators"),
        ({"fraud": 2}, "row 5: fraud: '2' is neither; allowed: true, 1, false, 0"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit(tmp_path: Path, change: dict[str, object], expected: str) -> None:
    assert refusal(read_examined, file(tmp_path, change)) == [expected]


def test_there_is_something_to_learn(tmp_path: Path) -> None:
    rows = pd.read_csv(file(tmp_path, {}), keep_default_na=False).assign(fraud=0)
    rows.to_csv(tmp_path / "x.csv", index=False)
    assert refusal(read_examined, tmp_path / "x.csv") == [
        "fraud: 10 declarations with and as many without are needed, given 0 of one kind"
    ]
