from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.files.conveyance_list import read_conveyances
from sim.scenario.errors import InputError
from tests.files.traffic_files import EXAMPLES, as_parquet, refusal, written

MONDAY = date(2024, 1, 1)


def listed(folder: Path, *arrivals: str) -> Path:
    rows = [f"V{number},{arrival}" for number, arrival in enumerate(arrivals)]
    return written(folder, "conveyance_id,arrival", *rows)


def test_times_of_the_example() -> None:
    calls = read_conveyances(EXAMPLES / "example_vessel_calls.csv", MONDAY)
    assert len(calls) == 12
    assert calls.identity[:2] == ("EX001", "EX002")
    assert calls.arrival[:2].tolist() == [8 * 3600 + 1800, 13 * 3600 + 28 * 60]
    assert calls.unload_moves is not None
    assert calls.load_moves is not None
    assert calls.consignments is not None
    assert (calls.unload_moves[0], calls.load_moves[0], calls.consignments[0]) == (387, 450, 15)


def test_hours_and_columns_that_are_not_there(tmp_path: Path) -> None:
    calls = read_conveyances(listed(tmp_path, "0", "0", "1.5", "1e2"))
    assert calls.arrival.tolist() == [0, 0, 5400, 360_000]
    assert (calls.unload_moves, calls.load_moves, calls.consignments) == (None, None, None)


def test_parquet_with_real_times(tmp_path: Path) -> None:
    times = ["2024-01-01T00:00:01", "2024-01-08T00:00:00"]
    table = {"conveyance_id": [7, 8], "arrival": [pd.Timestamp(time) for time in times]}
    calls = read_conveyances(as_parquet(table, tmp_path), MONDAY)
    assert calls.identity == ("7", "8")
    assert calls.arrival.tolist() == [1, 7 * 86_400]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_seconds_survive_as_times(tmp_path_factory: pytest.TempPathFactory, ticks: list[int]):
    ticks = sorted(ticks)
    times = [str(pd.Timestamp(MONDAY) + pd.Timedelta(seconds=tick)) for tick in ticks]
    path = listed(tmp_path_factory.mktemp("times"), *times)
    assert read_conveyances(path, MONDAY).arrival.tolist() == ticks


@pytest.mark.parametrize(
    ("arrivals", "expected"),
    [
        (["3", "2.5"], ["row 3: arrival: 2.5 is before 3 in the row above; sort by arrival"]),
        (["-1"], ["row 2: arrival: -1 is below 0"]),
        (["1", "2024-01-02 00:00"], ["row 3: arrival: '2024-01-02 00:00' is not a number"]),
        (["1e300"], ["row 2: arrival: 1e300 is above 1e+06"]),
        (
            ["2024-01-02 08:00", "5"],
            ["row 3: arrival: '5' is not a time; "
             "write it as 2024-01-05 08:30 or as hours from the start"],
        ),
        (
            ["2024-01-02 08:00", "2024-01-02T07:59"],
            ["row 3: arrival: 2024-01-02T07:59 is before 2024-01-02 08:00 in the row above; "
             "sort by arrival"],
        ),
        (
            ["2023-12-31 23:59", "2024-01-01 00:00"],
            ["row 2: arrival: 2023-12-31 23:59 is before the start, 2024-01-01"],
        ),
        (
            ["2022-03-02 08:00", "2022-04-01 17:30"],
            ["arrival: all times, 2022-03-02 08:00 to 2022-04-01 17:30, are before "
             "experiment.start_date, 2024-01-01; did you mean '2022-02-28'?"],
        ),
        (
            ["2024-01-02T08:00Z", "2024-01-02T08:00:00+08:00"],
            ["row 2: arrival: '2024-01-02T08:00Z' has a zone; write the local time of the port",
             "row 3: arrival: '2024-01-02T08:00:00+08:00' has a zone; "
             "write the local time of the port"],
        ),
        (
            ["2024-01-05"],
            ["row 2: arrival: '2024-01-05' is not a time; "
             "write it as 2024-01-05 08:30 or as hours from the start"],
        ),
        (
            ["2024-02-30 08:00", "2024-01-03 08:00"],
            ["row 2: arrival: '2024-02-30 08:00' is not a time; "
             "write it as 2024-01-05 08:30 or as hours from the start"],
        ),
        (
            ["2224-01-05 00:00"],
            ["row 2: arrival: 2224-01-05 00:00 is more than a century later"],
        ),
        ([""], ["row 2: arrival: is empty"]),
    ],
)  # fmt: skip
def test_arrivals_that_do_not_fit(tmp_path: Path, arrivals: list[str], expected: list[str]) -> None:
    assert refusal(read_conveyances, listed(tmp_path, *arrivals), MONDAY) == expected


def test_times_need_a_start_on_a_monday(tmp_path: Path) -> None:
    path = listed(tmp_path, "2024-01-02 08:00")
    assert refusal(read_conveyances, path) == [
        "arrival: '2024-01-02 08:00' is a time, but the scenario has no start date"
    ]
    with pytest.raises(InputError) as raised:
        read_conveyances(path, date(2024, 1, 3))
    assert str(raised.value) == (
        "start date: 2024-01-03 is a Wednesday; a simulation starts on a Monday"
    )


def test_identities_are_there_and_differ(tmp_path: Path) -> None:
    path = written(tmp_path, "conveyance_id,arrival", "A,1", "B,2", "A,3", ",4")
    assert refusal(read_conveyances, path) == [
        "row 4: conveyance_id: 'A' is also in row 2",
        "row 5: conveyance_id: is empty",
    ]


def test_moves_are_counts(tmp_path: Path) -> None:
    path = written(tmp_path, "conveyance_id,arrival,load_moves", "A,1,-3", "B,2,1.5")
    assert refusal(read_conveyances, path) == [
        "row 2: load_moves: -3 is below 0",
        "row 3: load_moves: 1.5 is not a whole number",
    ]
