"""Flights, trucks and the zone: who waits for whom, who gets a place, who pays no duty."""

import numpy as np
import pytest

from sim.command.configuration import build_run
from sim.engine.trace import NEVER
from sim.scenario.errors import InputError
from tests.functional.activities import by_conveyance, conveyance_of, of_step

DRAINED = [
    "heyuan_2014",
    "hangzhou_2003",
    "ningbo_2003",
    "taiyuan_airport_2014",
    "taiyuan_dry_port_2014",
]
LONG_STOP = "experiment.cool_down_days=14"


@pytest.mark.parametrize("name", DRAINED)
def test_whatever_is_measured_leaves_the_port(observe, name):
    (found,) = observe(f"scenario={name}", LONG_STOP)
    assert found.in_window.any()
    assert found.finished[found.in_window].all()


@pytest.mark.parametrize("last", ["road_import.discharge", "road_export.seal_truck"])
def test_a_truck_leaves_when_its_box_is_off_or_sealed(observe, last):
    (found,) = observe("scenario=heyuan_2014")
    boxes = of_step(found, last)
    left = by_conveyance(found, "truck.leave")[conveyance_of(found, boxes)]
    assert len(boxes)
    assert (left >= found.trace.end[boxes]).all()


def test_an_export_truck_stands_in_the_yard_until_its_goods_are_released(observe):
    (found,) = observe("scenario=heyuan_2014")
    exports = found.groups["road_export"]
    release, departure = found.milestone("release"), found.milestone("departure")
    assert (departure[exports] > release[exports]).all()


def test_an_export_that_comes_by_truck_needs_the_milestones_of_an_export():
    with pytest.raises(InputError) as caught:
        build_run(["scenario=heyuan_2014", "workflows.road_export.steps.seal_truck.milestones=[]"])
    message = "workflows.road_export: no step reaches the milestone 'loading'"
    assert str(caught.value) == message


def test_no_more_boxes_fly_than_there_are_places(observe):
    few = "workflows.flight.steps.cut_off.offers.flight_slots=7"
    (found,) = observe("scenario=hangzhou_2003", few)
    boarded = found.trace.boarded[of_step(found, "air_export.board")]
    boxes = np.bincount(boarded[boarded != NEVER])
    assert boxes.max() == 7


def test_a_box_flies_on_the_flight_it_is_booked_for_or_a_later_one(observe):
    (found,) = observe("scenario=hangzhou_2003")
    boxes = of_step(found, "air_export.board")
    boxes = boxes[found.trace.boarded[boxes] != NEVER]
    arrival = found.conveyances.arrival
    booked, taken = arrival[conveyance_of(found, boxes)], arrival[found.trace.boarded[boxes]]
    assert (taken == booked).any()
    assert (taken > booked).any()
    assert (taken >= booked).all()


def test_a_flight_leaves_when_all_that_boarded_is_loaded(observe):
    (found,) = observe("scenario=hangzhou_2003", "port.facilities.aircraft_loaders.capacity=1")
    boarding, loading = of_step(found, "air_export.board"), of_step(found, "air_export.load")
    flown = found.trace.end[loading] != NEVER
    flight = found.trace.boarded[boarding][flown]
    left = by_conveyance(found, "flight.depart")[flight]
    assert (left >= found.trace.end[loading][flown]).all()


def test_goods_in_the_zone_are_released_without_duty(observe):
    (found,) = observe("scenario=ningbo_2003")
    zone, sea = found.groups["zone_import"], found.groups["sea_import"]
    assert (found.milestone("duty_paid")[zone] == NEVER).all()
    assert (found.milestone("duty_paid")[sea] != NEVER).any()


def test_perishables_from_the_air_wait_for_no_truck(observe):
    (found,) = observe("scenario=hangzhou_2003")
    booked = found.plan.case[of_step(found, "air_import.book_truck")] - found.plan.conveyances
    perishable = found.consignments.flags["perishable"]
    assert perishable[found.groups["air_import"]].any()
    assert not perishable[booked].any()
