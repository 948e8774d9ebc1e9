"""Files that scenarios name, and lists of which nothing would be measured."""

from pathlib import Path
from typing import Any

import pytest

from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.inputs import input_files, load_inputs
from tests.builders import ASSUMED, shipped_data
from tests.files.traffic_files import EXAMPLES, written

CALLS = str(EXAMPLES / "example_vessel_calls.csv")
IMPORTS = str(EXAMPLES / "example_sea_imports.csv")
SET_BY = "experiment.start_date, warm_up_days and horizon_days set it"


def listed(calls: str, imports: str | None = None, **experiment: Any) -> Scenario:
    """The serial scenario with listed calls, and listed imports if a file is given."""
    data = shipped_data("serial")
    data["experiment"].update(experiment)
    data["traffic"]["conveyances"]["liner_calls"]["arrivals"] = {
        "kind": "file", "path": calls, **ASSUMED,
    }  # fmt: skip
    if imports:
        data["traffic"]["flows"]["sea_import"]["consignments"] = {
            "kind": "file", "path": imports, **ASSUMED,
        }  # fmt: skip
    return build_scenario(data)


def refusal(*scenarios: Scenario) -> str:
    with pytest.raises(InputError) as raised:
        load_inputs(scenarios)
    return str(raised.value)


def test_lists_in_the_window() -> None:
    scenario = listed(CALLS, IMPORTS, start_date="2024-01-01", warm_up_days=0.0, horizon_days=3.0)
    inputs = load_inputs([scenario])
    assert len(inputs.conveyances[CALLS]) == 12


def test_every_file_that_is_read_is_known() -> None:
    files = {path.name for path in input_files(listed(CALLS, IMPORTS))}
    assert files == {"kcs_sea_imports.csv", Path(CALLS).name, Path(IMPORTS).name}


def test_calls_are_listed_from_one_start() -> None:
    one, other = (listed(CALLS, start_date=start) for start in ("2024-01-01", "2024-01-08"))
    assert refusal(one, other) == (
        "experiment.start_date: 2024-01-01 and 2024-01-08; scenarios that read traffic file "
        "'example_vessel_calls.csv' in one run start on the same date"
    )


def test_calls_of_another_year() -> None:
    assert refusal(listed(CALLS, start_date="2017-01-02")) == (
        "traffic.conveyances.liner_calls.arrivals: traffic file 'example_vessel_calls.csv': all "
        "arrivals, 2024-01-01 08:30 to 2024-01-03 23:12 (days 2555.4 to 2558.0), are outside the "
        f"measured window, 2017-01-04 00:00 to 2017-01-11 00:00 (days 2.0 to 9.0); {SET_BY}"
    )


def test_calls_in_hours_before_the_window(tmp_path: Path) -> None:
    calls = written(tmp_path, "conveyance_id,arrival", "A,0", "B,47.9")
    assert refusal(listed(str(calls))) == (
        "traffic.conveyances.liner_calls.arrivals: traffic file 'x.csv': all arrivals, "
        "2017-01-02 00:00 to 2017-01-03 23:54 (days 0.0 to 2.0), are outside the measured window, "
        f"2017-01-04 00:00 to 2017-01-11 00:00 (days 2.0 to 9.0); {SET_BY}"
    )


def test_consignments_of_calls_outside_the_window(tmp_path: Path) -> None:
    calls = written(tmp_path, "conveyance_id,arrival", "A,1", "B,50", name="calls.csv")
    header = "conveyance_id,containers,forty_foot,hs6,value_cny,tax_rate_percent,importer"
    goods = written(tmp_path, header, "A,1,0,690100,1000,8.0,T1")
    assert refusal(listed(str(calls), str(goods))).startswith(
        "traffic.flows.sea_import.consignments: traffic file 'x.csv': all arrivals, "
        "2017-01-02 01:00 to 2017-01-02 01:00 (days 0.0 to 0.0), are outside"
    )
