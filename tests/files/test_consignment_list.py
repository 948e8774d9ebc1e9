from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.files.consignment_list import read_consignments
from sim.files.conveyance_list import read_conveyances
from sim.traffic.listed import ListedConsignments, ListedConveyances
from tests.builders import column
from tests.files.traffic_files import EXAMPLES, refusal, written

CALLS = ListedConveyances(("V1", "V2"), column(0, 3600))
GOOD = {
    "conveyance_id": "V1",
    "containers": "2",
    "forty_foot": "1",
    "hs6": "010121",
    "value_cny": "1234.56",
    "tax_rate_percent": "6.5",
    "importer": "T1",
}


def file(folder: Path, *rows: dict[str, str]) -> Path:
    names = list(GOOD | rows[0])
    lines = [",".join((GOOD | row)[name] for name in names) for row in rows]
    return written(folder, ",".join(names), *lines)


def read(folder: Path, *rows: dict[str, str]) -> ListedConsignments:
    return read_consignments(file(folder, *rows), CALLS)


def test_the_example() -> None:
    calls = read_conveyances(EXAMPLES / "example_vessel_calls.csv", date(2024, 1, 1))
    listed = read_consignments(EXAMPLES / "example_sea_imports.csv", calls)
    assert len(listed) == 122
    assert np.bincount(listed.conveyance).tolist() == calls.consignments.tolist()  # type: ignore[union-attr]
    assert listed.hs6[:2].tolist() == [690100, 950300]
    assert listed.chapter[:2].tolist() == [69, 95]
    assert listed.value_fen[0] == 1_345_000
    assert listed.licensed is not None
    assert 0 < listed.licensed.mean() < 0.2
    assert listed.tier is None
    assert listed.lodged_before_arrival is None


def test_rows_stand_by_conveyance_then_as_listed(tmp_path: Path) -> None:
    rows = [{"conveyance_id": "V2"}, {"containers": "3"}, {"conveyance_id": "V2"}, {}]
    listed = read(tmp_path, *rows)
    assert listed.conveyance.tolist() == [0, 0, 1, 1]
    assert listed.position.tolist() == [0, 1, 0, 1]
    assert listed.containers.tolist() == [3, 2, 2, 2]
    assert listed.value_fen.tolist() == [123_456] * 4


def test_columns_that_may_be_there(tmp_path: Path) -> None:
    optional = {"licensed": "1", "quarantine_liable": "0", "lodged_hours_before_arrival": "1.5"}
    listed = read(tmp_path, optional)
    assert listed.licensed is not None
    assert listed.quarantine_liable is not None
    assert listed.lodged_before_arrival is not None
    assert (listed.licensed[0], listed.quarantine_liable[0]) == (True, False)
    assert listed.lodged_before_arrival.tolist() == [5400]


def test_a_trader_has_one_key_whatever_else_is_listed(tmp_path: Path) -> None:
    one, other = (
        read(tmp_path, *({"importer": name} for name in names)).trader
        for names in (("A", "B", "A"), ("C", "B", "A"))
    )
    assert one is not None
    assert other is not None
    assert one[0] == one[2] == other[2] != one[1] == other[1]
    assert (one >= 0).all()


def test_either_the_trader_or_the_tier(tmp_path: Path) -> None:
    names = [name for name in GOOD if name != "importer"]
    values = ",".join(GOOD[name] for name in names)
    with_tier = written(tmp_path, ",".join([*names, "tier"]), f"{values},ordinary")
    assert read_consignments(with_tier, CALLS).tier.tolist() == [2]  # type: ignore[union-attr]
    with_neither = written(tmp_path, ",".join(names), values)
    assert refusal(read_consignments, with_neither, CALLS) == [
        "one of the columns importer, tier is needed; neither is there"
    ]
    with_both = file(tmp_path, {"tier": "ordinary"})
    assert refusal(read_consignments, with_both, CALLS) == [
        "one of the columns importer, tier is needed; both are there"
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"conveyance_id": "V3"},
         "conveyance_id: unknown conveyance 'V3'; allowed: V1, V2"),
        ({"containers": "0"}, "containers: 0 is below 1"),
        ({"containers": "256"}, "containers: 256 is above 255"),
        ({"forty_foot": "3"}, "forty_foot: 3 is above 2, the containers"),
        ({"hs6": "10121"}, "hs6: '10121' has not six digits; was a zero in front lost?"),
        ({"hs6": "0101.21"}, "hs6: '0101.21' has not six digits"),
        ({"hs6": "980000"}, "hs6: '980000' is in no chapter from 01 to 97"),
        ({"value_cny": '"1,234"'},
         "value_cny: '1,234' is not a number; write it without thousands separators"),
        ({"value_cny": "-5"}, "value_cny: -5 is below 0"),
        ({"tax_rate_percent": "7%"},
         "tax_rate_percent: '7%' is not a number; write it without a sign"),
        ({"importer": ""}, "importer: is empty"),
        ({"licensed": "no"}, "licensed: 'no' is neither; allowed: true, 1, false, 0"),
        ({"lodged_hours_before_arrival": "-2"}, "lodged_hours_before_arrival: -2 is below 0"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit(tmp_path: Path, row: dict[str, str], expected: str) -> None:
    found = refusal(read, tmp_path, row)
    assert [line.removesuffix("; did you mean 'V1'?") for line in found] == [f"row 2: {expected}"]


def test_a_column_that_is_not_known(tmp_path: Path) -> None:
    (found,) = refusal(read, tmp_path, {"licenced": "1"})
    assert found.startswith("unknown column 'licenced'; allowed: conveyance_id, containers,")
    assert found.endswith("; did you mean 'licensed'?")
