from typing import Any

import pytest

from sim.clearance.validate import check_scenario
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED, LABEL, constant, reform, spec, with_value
from tests.trains import EXPORT, RUN, train_data, train_port


def error_of(*changes: tuple[str, Any]) -> str:
    data = train_data()
    for key, value in changes:
        data = with_value(data, key, value)
    with pytest.raises(InputError) as caught:
        check_scenario(build_scenario(data))
    return str(caught.value)


def test_the_port_of_trains_is_sound() -> None:
    check_scenario(train_port())


SECOND_OFFER = spec("close", party="carrier", duration=constant(3.0), offers={"train_slots": 2})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            [(f"{EXPORT}.board.uses", {"gate_lanes": 1})],
            "workflows.rail_export: step 'board': takes slots of 'train_slots'; "
            "it can ask for nothing else",
            id="slots and staff",
        ),
        pytest.param(
            [(f"{EXPORT}.board.takes", {"train_slots": 1, "berths": 1})],
            "workflows.rail_export: step 'board': takes slots of 'train_slots'; "
            "it can ask for nothing else",
            id="slots and a place",
        ),
        pytest.param(
            [(f"{EXPORT}.board.per", "case")],
            "workflows.rail_export: step 'board': takes slots of 'train_slots'; "
            "it must be per container",
            id="a case as a whole",
        ),
        pytest.param(
            [(f"{RUN}.close.offers", {})],
            "workflows.rail_export: step 'board': takes slots of 'train_slots', "
            "which 'trains' never offers",
            id="nobody offers",
        ),
        pytest.param(
            [("traffic.conveyances.trains_east", train_data()["traffic"]["conveyances"]["trains"])],
            "workflows.rail_export: step 'board': takes slots of 'train_slots', which "
            "'trains_east' offers too; the flow 'rail_export' departs by 'trains', whose workflow "
            "needs slots of its own",
            id="another stream offers too",
        ),
        pytest.param(
            [
                ("traffic.flows.rail_export.departs_by", None),
                ("traffic.flows.rail_export.arrives_by", "trains"),
                (f"{EXPORT}.lift.milestones", ["discharge", "gate_out", "loading"]),
                (f"{EXPORT}.leave.after", ["lift"]),
                (f"{RUN}.load.gathers", []),
            ],
            "workflows.rail_export: step 'board': takes slots of 'train_slots', "
            "but the flow 'rail_export' has no 'departs_by'",
            id="a flow that does not depart",
        ),
        pytest.param(
            [(f"{EXPORT}.release.after", ["declare", "train_run.close"])],
            "workflows.rail_export: step 'release' waits for 'train_run.close', "
            "but its boxes take no slot before",
            id="waits before it boards",
        ),
        pytest.param(
            [(f"{EXPORT}.board.after", ["release", "train_run.close"])],
            "workflows.rail_export: step 'board' waits for 'train_run.close', "
            "but its boxes take no slot before",
            id="boarding itself waits",
        ),
        pytest.param(
            [(f"{RUN}.close.gathers", ["departure"])],
            "workflows.train_run: step 'close' gathers 'departure' of who boards; "
            "it must come after 'close', which offers slots",
            id="gathers at the offer",
        ),
        pytest.param(
            [(f"{RUN}.reopen", SECOND_OFFER)],
            "workflows.train_run: step 'load' gathers 'loading' of who boards; "
            "it must come after 'reopen', which offers slots",
            id="gathers before a second offer",
        ),
    ],
)  # fmt: skip
def test_slots_that_cannot_work_are_refused(changes: list[tuple[str, Any]], message: str) -> None:
    assert error_of(*changes) == message


def test_a_second_offer_before_the_loading_is_sound() -> None:
    check_scenario(train_port((f"{RUN}.reopen", SECOND_OFFER), (f"{RUN}.load.after", ["reopen"])))


def test_a_reform_that_drops_the_boarding_is_named() -> None:
    dropped = reform({"cancel": {"steps": ["board"]}}, workflows=["rail_export"])
    assert error_of(("reforms", {"r": dropped})) == (
        "workflows.rail_export with r: step 'leave' waits for 'train_run.depart', "
        "but its boxes take no slot before"
    )


def test_unknown_slots_are_named() -> None:
    assert error_of((f"{RUN}.close.offers", {"train_slot": 1})) == (
        "workflows.train_run.steps.close.offers: unknown slots of the port 'train_slot'; "
        "allowed: train_slots; did you mean 'train_slots'?"
    )


def test_only_conveyances_offer_and_gather() -> None:
    for field, value in (("offers", {"train_slots": 1}), ("gathers", ["loading"])):
        assert error_of((f"{EXPORT}.declare.{field}", value)) == (
            f"workflows.rail_export.steps.declare.{field}: is for steps of conveyances"
        )


def test_slots_need_not_come_back() -> None:
    """A place on a train is gone with it; a place in the yard is not."""
    yard = {"label": LABEL, "capacity": 9, "hours": "around_the_clock", **ASSUMED}
    assert (
        error_of(("port.facilities.yard", yard), (f"{EXPORT}.enter.takes", {"yard": 1}))
        == "workflows.rail_export: 1 of 'yard' taken and not returned"
    )
