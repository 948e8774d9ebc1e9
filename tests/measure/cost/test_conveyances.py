import numpy as np
import pytest

from sim.measure.cost.conveyances import shared_by_moves
from tests.builders import consignments_of, constant, observe_by_hand, observe_streams, tiny
from tests.measure.cost.ledgers import by_air_too, fen_of


def test_vessel_hours_are_shared_among_crane_moves() -> None:
    scenario = tiny(
        ("tariff.conveyance_hours.vessel_call.rate", 1000.0),
        ("traffic.conveyances.liner_calls.other_unload_moves", 5.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 2.0),
    )
    consignments = consignments_of([0, 0, 1], containers=[2, 1, 3])
    found = fen_of(observe_by_hand(scenario, consignments, 0.0, 10.0))["vessel_call_hours"]
    assert found == [80_000, 40_000, 120_000]


def test_each_workflow_of_conveyances_has_its_line() -> None:
    scenario = by_air_too(
        ("tariff.conveyance_hours.vessel_call.rate", 1000.0),
        ("tariff.conveyance_hours.flight.rate", 600.0),
        ("traffic.conveyances.liner_calls.other_unload_moves", 0.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 0.0),
        ("traffic.conveyances.flights.other_unload_moves", 1.0),
        ("traffic.conveyances.flights.other_load_moves", 0.0),
    )
    consignments = consignments_of([0, 1], flows={"sea_import": 1, "air_import": 1})
    observation = observe_streams(scenario, consignments, liner_calls=[0.0], flights=[0.0])
    found = fen_of(observation)
    assert found["vessel_call_hours"] == [400_000, 0]
    assert found["flight_hours"] == [0, 90_000]
    assert "truck_hours" not in found


def test_boxes_share_the_conveyance_they_board_not_the_one_they_were_booked_for() -> None:
    scenario = tiny(
        ("traffic.conveyances.liner_calls.other_unload_moves", 0.0),
        ("traffic.conveyances.liner_calls.other_load_moves", 0.0),
        ("traffic.flows.sea_import.arrives_by", None),
        ("traffic.flows.sea_import.departs_by", "liner_calls"),
        ("workflows.sea_import.steps.discharge.after", []),
        ("workflows.sea_import.steps.discharge.trigger", {"arrival_offset": constant(0.0)}),
    )
    observation = observe_by_hand(scenario, consignments_of([0, 0], containers=[2, 1]), 0.0, 9.0)
    pick_ups = observation.steps_with("name", "pick_up")[observation.plan.step]
    first, *others = np.flatnonzero(pick_ups)
    observation.trace.boarded[first] = 0
    observation.trace.boarded[others] = 1
    shares = shared_by_moves(observation, np.array([90.0, 30.0]))
    assert shares.tolist() == pytest.approx([90 + 15, 15])
