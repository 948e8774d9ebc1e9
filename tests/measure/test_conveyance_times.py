from collections.abc import Iterable
from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from sim.measure.conveyance_times import conveyance_kpis, slot_kpis
from sim.measure.kpi import Kpi
from sim.traffic.draws import Draws
from tests.builders import (
    SHIPPED,
    consignments_of,
    conveyances_at,
    observe_by_hand,
    replicated,
    run,
    tiny,
)
from tests.measure.figures import values
from tests.trains import EXPORT, observe_trains


def key(name: str) -> str:
    """A key of a scenario as a keyword."""
    return name.replace(".", "__")


def of_stream(kpis: Iterable[Kpi], stream: str) -> dict[str, float]:
    return {
        name.removeprefix(f"{stream}."): value
        for name, value in values(kpis).items()
        if name.startswith(f"{stream}.")
    }


def test_figures_of_vessels() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0, 1, 1], [2, 1, 1]), 0.0, 10.0)
    found = of_stream(conveyance_kpis(observation), "liner_calls")
    moves = (360 + 450) * 2 + 4
    assert found == {
        "arrivals_per_day": 2 / 7,
        "cancelled": 0.0,
        "never_left": 0.0,
        "time_in_port.mean": 4.0,
        "documents.mean": 0.0,
        "boxes_per_year": pytest.approx(moves / 7 * 365, rel=1e-15),
        "holds.berths.mean": 4.0,
    }


def test_a_pool_is_held_from_its_grant_until_it_is_given_back() -> None:
    """Two vessels share a berth; waiting for it is no holding, but counts as time in port."""
    scenario = tiny(("port.facilities.berths.capacity", 1))
    observation = observe_by_hand(scenario, consignments_of([0, 1]), 0.0, 1.0)
    found = of_stream(conveyance_kpis(observation), "liner_calls")
    assert found["holds.berths.mean"] == 4.0
    assert found["time_in_port.mean"] == (4 + 7) / 2


def test_who_never_leaves_is_counted_and_in_no_mean() -> None:
    """One berth, and a vessel that waits in it for a review which nobody does."""
    scenario = tiny(
        ("workflows.vessel_call.steps.sail.gathers", ["release"]),
        ("agencies.customs.reviewers", 0),
        ("port.facilities.berths.capacity", 1),
    )
    observation = observe_by_hand(scenario, consignments_of([1]), 0.0, 10.0)
    found = of_stream(conveyance_kpis(observation), "liner_calls")
    assert found["never_left"] == 1
    assert found["time_in_port.mean"] == 4.0


def test_what_does_not_come_is_counted_apart() -> None:
    scenario = tiny()
    calls = replace(
        conveyances_at(scenario, liner_calls=[0.0, 10.0]), cancelled=np.array([False, True])
    )
    observation = run(scenario, calls, consignments_of([0]), Draws(1, 0))
    found = of_stream(conveyance_kpis(observation), "liner_calls")
    assert (found["cancelled"], found["never_left"]) == (1, 0)
    assert found["arrivals_per_day"] == 1 / 7


def test_what_is_used_within_one_step_is_not_held() -> None:
    scenario = tiny(("workflows.vessel_call.steps.sail.uses", {"pilots": 1}))
    observation = observe_by_hand(scenario, consignments_of([0]), 0.0)
    found = of_stream(conveyance_kpis(observation), "liner_calls")
    assert {name for name in found if name.startswith("holds")} == {"holds.berths.mean"}


def test_figures_of_trains_count_who_boarded_not_who_was_booked() -> None:
    observation = observe_trains([0, 0], [2, 1], 20.0, 40.0)
    found = of_stream(conveyance_kpis(observation), "trains")
    assert found["documents.mean"] == 16.0
    assert found["boxes_per_year"] == pytest.approx(3 / 7 * 365, rel=1e-15)
    assert found["time_in_port.mean"] == 6 + 0.5 + 2


def test_a_box_left_behind_is_carried_by_nobody() -> None:
    observation = observe_trains([0], [3], 20.0)
    found = of_stream(conveyance_kpis(observation), "trains")
    assert found["boxes_per_year"] == pytest.approx(2 / 7 * 365, rel=1e-15)


def test_only_conveyances_of_the_window_count() -> None:
    observation = observe_trains([0], [1], 20.0, 40.0, 200.0)
    found = of_stream(conveyance_kpis(observation), "trains")
    assert found["arrivals_per_day"] == 2 / 7


def test_share_of_slots_that_boxes_took() -> None:
    observation = observe_trains([0, 0], [2, 1], 20.0, 40.0)
    assert values(slot_kpis(observation)) == {"slots.train_slots.filled": 3 / 4}


def test_slots_are_taken_when_boxes_begin_to_board() -> None:
    """A box that boards as the window ends fills a slot of the window, though it ends later."""
    slow = {"dist": "constant", "value": 5.0, "assumption": True}
    observation = observe_trains([0], [2], 160.0, **{key(f"{EXPORT}.board.duration"): slow})
    assert observation.trace.end.max() > observation.window.end
    assert values(slot_kpis(observation)) == {"slots.train_slots.filled": 1.0}


def test_slots_that_nobody_offered_have_no_share() -> None:
    observation = observe_trains([0], [1], 20.0)
    experiment = observation.scenario.experiment.model_copy(update={"warm_up_days": 30.0})
    scenario = observation.scenario.model_copy(update={"experiment": experiment})
    assert isnan(
        values(slot_kpis(replace(observation, scenario=scenario)))["slots.train_slots.filled"]
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_vessels_hold_berths_longer_than_cranes_and_stay_longer_than_both(name: str) -> None:
    found = of_stream(conveyance_kpis(replicated(name)), "liner_calls")
    assert 0 < found["holds.cranes.mean"] < found["holds.berths.mean"] < found["time_in_port.mean"]


def test_slow_loading_of_its_boxes_delays_the_train() -> None:
    slow = {"dist": "constant", "value": 9.0, "assumption": True}
    quick, late = (
        of_stream(conveyance_kpis(observe_trains([0], [1], 20.0, **values)), "trains")
        for values in ({}, {key(f"{EXPORT}.lift.duration"): slow})
    )
    assert late["time_in_port.mean"] - quick["time_in_port.mean"] == 8.5
