from typing import Any

import pytest

from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED, constant, shipped_data, with_value

STREAM = "traffic.conveyances.liner_calls"
FLOW = "traffic.flows.sea_import"
EVEN = [1.0] * 24


def error_of(key: str, value: Any) -> str:
    with pytest.raises(InputError) as caught:
        build_scenario(with_value(shipped_data("serial"), key, value))
    return str(caught.value)


def arrivals(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, **ASSUMED, **fields}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            arrivals("timetabl", week={"mon": ["08:00"]}),
            ".kind: unknown kind 'timetabl'; allowed: calls, file, profile, timetable; "
            "did you mean 'timetable'?",
            id="unknown kind",
        ),
        pytest.param(
            arrivals("timetable", week={}),
            ": week: a timetable needs at least one time",
            id="no run",
        ),
        pytest.param(
            arrivals("timetable", week={"mon": ["08:00", "07:00"]}),
            ".week.mon: times 08:00, 07:00 are not in rising order",
            id="out of order",
        ),
        pytest.param(
            arrivals("timetable", week={"mon": ["08:00", "08:00"]}),
            ".week.mon: times 08:00, 08:00 are not in rising order",
            id="twice",
        ),
        pytest.param(
            arrivals("timetable", week={"mon": ["24:00"]}),
            ".week.mon: '24:00' is not a time of day; write it as '08:30', quoted",
            id="no time of day",
        ),
        pytest.param(
            arrivals("timetable", week={"mon": ["08:00"]}, cancelled_share=1.5),
            ".cancelled_share: input should be less than or equal to 1, given 1.5",
            id="cancelled more often than always",
        ),
        pytest.param(
            arrivals("profile", per_day=10.0, hours=[0.0] * 24),
            ": hours: at least one hour of the day needs a weight above 0",
            id="never open",
        ),
        pytest.param(
            arrivals("profile", per_day=0.0, hours=EVEN),
            ".per_day: input should be greater than 0, given 0.0",
            id="nobody a day",
        ),
        pytest.param(
            arrivals("profile", per_day=10.0, hours=EVEN, months=[1.0] * 11),
            ".months: 12 or more expected, given 11",
            id="eleven months",
        ),
        pytest.param(
            arrivals("calls", interarrival=constant(0.0)),
            ".interarrival: must be above 0 hours",
            id="all at once",
        ),
        pytest.param(
            {"kind": "timetable", "week": {"mon": ["08:00"]}},
            ": needs one of 'source', 'calibrated_to' or 'assumption: true'",
            id="no provenance",
        ),
    ],
)
def test_arrivals_that_cannot_be(content: dict[str, Any], message: str) -> None:
    assert error_of(f"{STREAM}.arrivals", content) == f"{STREAM}.arrivals{message}"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        pytest.param(
            f"{STREAM}.workflow",
            "sea_import",
            f"{STREAM}.workflow: 'sea_import' is no workflow of a conveyance",
            id="a stream of consignments",
        ),
        pytest.param(
            f"{FLOW}.workflow",
            "vessel_call",
            f"{FLOW}.workflow: 'vessel_call' is no workflow of a consignment",
            id="a flow of vessels",
        ),
        pytest.param(
            f"{FLOW}.workflow",
            "sea_imprt",
            f"{FLOW}.workflow: unknown workflow 'sea_imprt'; allowed: sea_import, vessel_call; "
            "did you mean 'sea_import'?",
            id="unknown workflow",
        ),
        pytest.param(
            f"{FLOW}.arrives_by",
            "liner_cals",
            f"{FLOW}.arrives_by: unknown stream of conveyances 'liner_cals'; "
            "allowed: liner_calls; did you mean 'liner_calls'?",
            id="unknown stream",
        ),
        pytest.param(
            f"{FLOW}.arrives_by",
            None,
            f"{FLOW}: needs 'arrives_by' or 'departs_by'",
            id="a flow without a conveyance",
        ),
        pytest.param(
            f"{FLOW}.selection_factor",
            {"maritime": 2.0},
            f"{FLOW}.selection_factor.maritime: unknown key 'maritime'; allowed: assumption, "
            "calibrated_to, customs, quarantine, source",
            id="a factor on an agency that selects nothing",
        ),
        pytest.param(
            f"{FLOW}.selection_factor",
            {"customs": 0.4},
            f"{FLOW}.selection_factor: needs one of 'source', 'calibrated_to' or "
            "'assumption: true'",
            id="a factor from nowhere",
        ),
        pytest.param(
            f"{FLOW}.containers.unit",
            "unit_load",
            f"{FLOW}.containers: forty_foot_share: a unit load has none, given 0.6",
            id="a unit load of forty feet",
        ),
        pytest.param(
            "traffic.flows",
            {},
            "traffic.flows: 1 or more expected, given none",
            id="no flow at all",
        ),
    ],
)
def test_streams_and_flows_that_cannot_be(key: str, value: Any, message: str) -> None:
    assert error_of(key, value) == message
