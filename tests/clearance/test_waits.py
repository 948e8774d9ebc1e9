from typing import Any

import pytest

from sim.clearance.validate import check_scenario
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED, reform, spec, tiny, tiny_data, with_value
from tests.trains import EXPORT, train_data

IMPORT, CALL = "workflows.sea_import.steps", "workflows.vessel_call.steps"


def error_of(data: dict[str, Any], *changes: tuple[str, Any]) -> str:
    for key, value in changes:
        data = with_value(data, key, value)
    with pytest.raises(InputError) as caught:
        check_scenario(build_scenario(data))
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            [(f"{IMPORT}.discharge.after", ["vessel_cal.unload"])],
            "workflows.sea_import: step 'discharge': unknown workflow 'vessel_cal'; "
            "allowed: sea_import, vessel_call; did you mean 'vessel_call'?",
            id="unknown workflow",
        ),
        pytest.param(
            [(f"{IMPORT}.discharge.after", ["vessel_call.unlod"])],
            "workflows.sea_import: step 'discharge': unknown step of vessel_call 'unlod'; "
            "allowed: moor, sail, unload; did you mean 'unload'?",
            id="unknown step",
        ),
        pytest.param(
            [(f"{CALL}.sail.after", ["unload", "sea_import.discharge"])],
            "workflows.vessel_call: step 'sail' waits for 'sea_import.discharge'; "
            "a conveyance waits for consignments by 'gathers'",
            id="a conveyance that waits for a step of consignments",
        ),
    ],
)
def test_waits_across_cases_that_cannot_be(changes: list[tuple[str, Any]], message: str) -> None:
    assert error_of(tiny_data(), *changes) == message


def in_circle(message: str) -> set[str]:
    """Steps of the circle that a message tells of."""
    start = "workflows: cases wait for each other in a circle: "
    assert message.startswith(start)
    first, *others = message.removeprefix(start).split(" → ")
    assert others[-1] == first
    return set(others)


def test_a_vessel_cannot_wait_for_who_waits_for_it() -> None:
    found = error_of(tiny_data(), (f"{CALL}.unload.gathers", ["lodgement"]))
    assert in_circle(found) == {
        "vessel_call.unload", "sea_import.discharge", "sea_import.declare",
    }  # fmt: skip


def test_a_vessel_may_wait_for_its_consignments() -> None:
    check_scenario(tiny((f"{CALL}.sail.gathers", ["gate_out"])))


def test_a_consignment_waits_only_for_conveyances_of_its_flow() -> None:
    data = train_data()
    data["workflows"]["vessel_call"] = tiny_data()["workflows"]["vessel_call"]
    assert error_of(data, (f"{EXPORT}.declare.after", ["enter", "vessel_call.unload"])) == (
        "workflows.rail_export: step 'declare' waits for 'vessel_call.unload', but no conveyance "
        "of the flow 'rail_export' follows 'vessel_call'"
    )


def test_a_train_that_loads_before_it_gathers_in_a_circle() -> None:
    found = error_of(train_data(), (f"{EXPORT}.lift.after", ["board", "train_run.depart"]))
    assert in_circle(found) == {"rail_export.lift", "train_run.load", "train_run.depart"}


def test_a_reform_that_closes_a_circle_is_refused() -> None:
    declare_first = reform(
        {"move": {"steps": ["declare"], "after": ["vessel_call.sail"], "before": ["discharge"]}}
    )
    message = error_of(
        tiny_data(), (f"{CALL}.sail.gathers", ["gate_out"]), ("reforms", {"r": declare_first})
    )
    assert "sea_import.declare" in in_circle(message)


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_step_that_some_conveyances_lose_cannot_be_waited_for(share: float) -> None:
    dropped = reform(
        {"cancel": {"steps": ["depart"]}},
        workflows=["train_run"],
        adoption={"share": share, **ASSUMED},
    )
    assert error_of(train_data(), ("reforms", {"r": dropped})) == (
        "workflows.rail_export: step 'leave': step 'depart' is no longer there: "
        "reform 'r' cancelled it"
    )


def swapped(share: float) -> dict[str, Any]:
    """Exports that are loaded before their train is, and a train that waits for that."""
    train = {"step": "check", "spec": spec("close", gathers=["loading"]), "before": ["load"]}
    export = {"steps": ["lift"], "after": ["board"], "before": ["leave"]}
    data = train_data()
    data["workflows"]["train_run"]["steps"]["load"]["gathers"] = []
    data["workflows"]["rail_export"]["steps"]["lift"]["after"] = ["board", "train_run.load"]
    data["reforms"] = {
        "r": reform(
            {"only": ["train_run"], "add": train},
            {"only": ["rail_export"], "move": export},
            workflows=["train_run", "rail_export"],
            adoption={"share": share, **ASSUMED},
        )
    }
    return data


def test_a_circle_that_only_a_mixture_of_uptakes_closes_is_refused() -> None:
    """A reformed train would wait for boxes that, not reformed, wait for it."""
    found = in_circle(error_of(swapped(0.5)))
    assert found == {"rail_export.lift", "train_run.load", "train_run.check"}


def test_what_everybody_takes_up_is_mixed_with_nothing() -> None:
    check_scenario(build_scenario(swapped(1.0)))
