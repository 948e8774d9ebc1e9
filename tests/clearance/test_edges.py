from functools import cache

import numpy as np

from sim.clearance.plan import Plan
from tests.builders import (
    LABEL,
    consignments_of,
    constant,
    observe_by_hand,
    observe_streams,
    reform,
    spec,
    tiny,
)
from tests.trains import EXPORT, RUN, observe_trains, transit_port

HOUR = 3600


def names(plan: Plan) -> list[str]:
    """Case, step and box of every activity, as in ``2.lift.1``."""
    return [
        f"{case}.{plan.steps[number].name}.{box}"
        for case, number, box in zip(plan.case, plan.step, plan.container, strict=True)
    ]


def edges(plan: Plan) -> set[tuple[str, str]]:
    named = names(plan)
    before = np.repeat(np.arange(plan.activities), np.diff(plan.first_edge))
    return {(named[one], named[other]) for one, other in zip(before, plan.successor, strict=True)}


def test_a_vessel_gathers_every_box_of_all_it_brought() -> None:
    scenario = tiny(("workflows.vessel_call.steps.sail.gathers", ["gate_out"]))
    plan = observe_by_hand(scenario, consignments_of([0, 1, 1], [2, 1, 1]), 0.0, 5.0).plan
    assert {pair for pair in edges(plan) if "sail" in pair[1]} == {
        ("0.unload.0", "0.sail.0"), ("1.unload.0", "1.sail.0"),
        ("2.pick_up.0", "0.sail.0"), ("2.pick_up.1", "0.sail.0"),
        ("3.pick_up.0", "1.sail.0"), ("4.pick_up.0", "1.sail.0"),
    }  # fmt: skip


def test_a_slow_box_delays_the_vessel_that_gathers_it() -> None:
    slow = tiny(
        ("workflows.vessel_call.steps.sail.gathers", ["gate_out"]),
        ("workflows.vessel_call.steps.sail.lag_hours", 2.0),
    )
    observation = observe_by_hand(slow, consignments_of([0]), 0.0)
    sail = observation.steps_with("name", "sail")[observation.plan.step]
    assert observation.trace.ready[sail].tolist() == [(8.5 + 2) * HOUR]


def test_what_does_not_concern_a_case_is_not_gathered() -> None:
    scenario = tiny(
        ("workflows.vessel_call.steps.sail.gathers", ["examination"]),
        weigh=spec(
            "review", when=["licensed"], duration=constant(50.0), milestones=["examination"]
        ),
    )
    consignments = consignments_of([0, 1], licensed=[True, False])
    observation = observe_by_hand(scenario, consignments, 0.0, 0.0)
    sail = observation.steps_with("name", "sail")[observation.plan.step]
    assert observation.trace.ready[sail].tolist() == [58 * HOUR, 3 * HOUR]


@cache
def booked() -> Plan:
    """Two trains and a consignment of two boxes booked for the first."""
    return observe_trains([0], [2], 20.0, 40.0).plan


def test_nothing_is_linked_beforehand_with_the_train_booked() -> None:
    own = {(before, after) for before, after in edges(booked()) if before[0] != after[0]}
    assert own == set()


def test_boarding_links_each_box_with_the_train_and_the_train_with_the_box() -> None:
    plan = booked()
    links, named = plan.links, names(plan)
    found = {
        (named[boarding], named[own], bool(gathers), tuple(named[other] for other in others))
        for boarding, own, gathers, others in zip(
            links.boarding,
            links.activity,
            links.gathers,
            links.conveyance_activity[links.column],
            strict=True,
        )
    }
    loads, departures = (
        tuple(f"{train}.{what}.0" for train in (0, 1)) for what in ("load", "depart")
    )
    assert found == {
        ("2.board.0", "2.lift.0", True, loads),
        ("2.board.1", "2.lift.1", True, loads),
        ("2.board.0", "2.leave.0", False, departures),
        ("2.board.1", "2.leave.1", False, departures),
    }
    assert (np.diff(links.boarding) >= 0).all()


def test_who_changes_trains_waits_for_the_one_that_came_and_then_for_the_one_boarded() -> None:
    off = spec("train_run.close", duration=constant(0.0), milestones=["discharge"])
    changes = {"traffic__flows__rail_export__arrives_by": "trains"}
    changes[f"{EXPORT}.enter".replace(".", "__")] = off
    observation = observe_trains([0], [1], 20.0, 40.0, **changes)
    plan = observation.plan
    named = names(plan)
    across = {(before, after) for before, after in edges(plan) if before[0] != after[0]}
    assert across == {("0.close.0", "2.enter.0")}
    late = plan.links.activity[~plan.links.gathers]
    assert [named[one] for one in late] == ["2.leave.0"]
    assert observation.trace.ready[late].tolist() == [(40 + 6 + 0.5 + 1 + 1) * HOUR]


def test_a_case_that_waits_as_a_whole_waits_for_the_trains_of_all_its_boxes() -> None:
    observation = observe_trains(
        [0], [3], 20.0, 40.0, **{f"{EXPORT}.leave.per".replace(".", "__"): "case"}
    )
    links = observation.plan.links
    late = links.activity[~links.gathers]
    assert len(late) == 3
    assert len(set(late.tolist())) == 1
    leave = int(late[0])
    assert observation.plan.predecessors[leave] == 3 + 3
    assert observation.trace.ready[leave] == (40 + 6 + 1.5 + 1) * HOUR


def test_lags_are_those_of_who_waits() -> None:
    lagged = {
        f"{RUN}.load.lag_hours".replace(".", "__"): 0.5,
        f"{EXPORT}.leave.lag_hours".replace(".", "__"): 0.25,
    }
    links = observe_trains([0], [1], 20.0, **lagged).plan.links
    assert sorted(zip(links.gathers.tolist(), links.lag.tolist(), strict=True)) == [
        (False, 900), (True, 1800),
    ]  # fmt: skip


def test_without_slots_there_are_no_links() -> None:
    links = observe_by_hand(tiny(), consignments_of([0]), 0.0).plan.links
    assert len(links.boarding) == 0


def test_a_milestone_is_gathered_whatever_step_reforms_let_reach_it() -> None:
    """Merged into another step, the box off the vessel is waited for all the same."""
    merged = {
        "merge": {
            "steps": ["discharge", "declare"],
            "into": "discharge_and_declare",
            "to": {"label": LABEL, "party": "port", "work": "sum", "assumption": True},
        }
    }
    scenario = tiny(
        ("workflows.vessel_call.steps.sail.gathers", ["discharge"]),
        ("reforms", {"r": reform(merged)}),
    )
    plan = observe_by_hand(scenario, consignments_of([0]), 0.0).plan
    assert ("1.discharge_and_declare.0", "0.sail.0") in edges(plan)


def test_a_train_gathers_steps_side_by_side_with_boarding() -> None:
    """A paper that may come before or after its box has a place is waited for too."""
    paper = spec("declare", duration=constant(30.0), milestones=["seal"])
    observation = observe_trains(
        [0],
        [1],
        20.0,
        **{
            f"{RUN}.load.gathers".replace(".", "__"): ["loading", "seal"],
            f"{EXPORT}.paper".replace(".", "__"): paper,
        },
    )
    load = observation.steps_with("name", "load")[observation.plan.step]
    lodged = 20 - 10 + 1
    assert observation.trace.ready[load].tolist() == [(lodged + 30) * HOUR]


def test_a_vessel_does_not_wait_for_what_its_boxes_do_on_a_train() -> None:
    """Boxes in transit: the vessel gathers their discharge, the train their loading."""
    scenario = transit_port()
    plan = observe_streams(
        scenario,
        consignments_of([0], flows={"transit": 1}),
        liner_calls=[0.0],
        trains=[20.0],
    ).plan
    of_vessel = {pair for pair in edges(plan) if pair[1] == "0.sail.0"}
    assert of_vessel == {("0.unload.0", "0.sail.0"), ("2.discharge.0", "0.sail.0")}
    links, named = plan.links, names(plan)
    gathered = {named[activity] for activity in links.activity[links.gathers]}
    assert gathered == {"2.lift.0"}
