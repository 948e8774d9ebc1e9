"""Vessels and trains: cut-offs, places in the yard, boxes gathered, whole trains released."""

import numpy as np
import pytest

from sim.engine.trace import NEVER
from sim.measure.observation import Observation
from tests.functional.activities import by_conveyance, conveyance_of, of_step

LONG_STOP = "experiment.cool_down_days=14"


def boarded(observation: Observation, boarding: str) -> tuple[np.ndarray, np.ndarray]:
    """Activities of boxes that got a place, and the conveyances they got it on."""
    boxes = of_step(observation, boarding)
    boxes = boxes[observation.trace.boarded[boxes] != NEVER]
    return boxes, observation.trace.boarded[boxes]


def loading_of(
    observation: Observation, boxes: np.ndarray, flow: str, conveyance: str
) -> np.ndarray:
    """Loading of the boxes that got a place."""
    places = of_step(observation, f"{flow}.board_{conveyance}")
    return of_step(observation, f"{flow}.load_{conveyance}")[np.isin(places, boxes)]


@pytest.mark.parametrize("name", ["fujian_2015", "qingdao_2017", "lianyungang_rail"])
def test_whatever_is_measured_leaves_the_port(observe, name):
    (found,) = observe(f"scenario={name}", LONG_STOP)
    assert found.in_window.any()
    assert found.finished[found.in_window].all()


def test_boxes_released_after_the_cut_off_take_a_later_vessel(observe):
    (found,) = observe("scenario=fujian_2015")
    boxes, vessel = boarded(found, "sea_export.board_vessel")
    booked = conveyance_of(found, boxes)
    late = found.trace.ready[boxes] > by_conveyance(found, "vessel_call.close_loading")[booked]
    np.testing.assert_array_equal(late, vessel != booked)
    assert late.any()


def test_a_box_is_loaded_while_its_vessel_loads(observe):
    (found,) = observe("scenario=fujian_2015")
    boxes, vessel = boarded(found, "sea_export.board_vessel")
    loading = loading_of(found, boxes, "sea_export", "vessel")
    begun = by_conveyance(found, "vessel_call.begin_loading", "end")[vessel]
    done = by_conveyance(found, "vessel_call.load", "end")[vessel]
    assert (found.trace.end[loading] >= begun).all()
    assert (found.trace.end[loading] <= done).all()


CANCELLED = "traffic.conveyances.trains.arrivals.cancelled_share"


def test_boxes_booked_on_a_train_that_does_not_come_wait_for_the_next(observe):
    (all_run,) = observe("scenario=lianyungang_rail", f"{CANCELLED}=0.0")
    (some_run,) = observe("scenario=lianyungang_rail", f"{CANCELLED}=0.3")
    spans = [found.consignments.of_flow("rail_export") for found in (all_run, some_run)]
    assert len({span.stop - span.start for span in spans}) == 1
    boxes, train = boarded(some_run, "rail_export.board_train")
    booked_in_vain = some_run.conveyances.cancelled[conveyance_of(some_run, boxes)]
    assert booked_in_vain.any()
    assert not some_run.conveyances.cancelled[train].any()
    cut_off = by_conveyance(some_run, "train_run.close_loading", "end")
    np.testing.assert_array_equal(some_run.trace.start[boxes], cut_off[train])
    planned = some_run.plan.arrival[conveyance_of(some_run, boxes)]
    assert (some_run.trace.start[boxes] > planned)[booked_in_vain].all()


def test_of_a_train_that_never_comes_the_boxes_stay_and_the_imports_are_not_there(observe):
    (found,) = observe("scenario=lianyungang_rail", f"{CANCELLED}=1.0")
    of_exports = found.consignments.flow == found.consignments.flows.index("rail_export")
    assert of_exports.any()
    assert not found.finished[of_exports].any()
    assert (found.milestone("release")[of_exports & found.in_window] != NEVER).all()
    assert (found.milestone("loading")[of_exports] == NEVER).all()
    assert not found.calls_measured[found.conveyances.cancelled].any()
    imports = found.consignments.of_flow("rail_import")
    assert imports.start == imports.stop


def test_a_full_yard_keeps_boxes_on_board_and_cranes_at_the_vessel(observe):
    small_yard = "port.facilities.yard_slots.capacity=900"
    (roomy,) = observe("scenario=serial")
    (full,) = observe("scenario=serial", small_yard)
    waiting = of_step(full, "sea_import.discharge")
    assert (full.trace.start[waiting] > full.trace.ready[waiting]).any()
    begun = [by_conveyance(found, "vessel_call.load") for found in (roomy, full)]
    assert (begun[1] >= begun[0]).all()
    assert (begun[1] > begun[0]).any()


def test_no_train_takes_more_boxes_than_it_has_wagons(observe):
    few = "workflows.train_run.steps.close_loading.offers.train_slots=30"
    (found,) = observe("scenario=lianyungang_rail", few)
    taken = [
        boarded(found, f"{flow}.board_train")[1] for flow in ("sea_rail_transit", "rail_export")
    ]
    assert np.bincount(np.concatenate(taken)).max() == 30


def test_a_train_leaves_when_its_last_box_is_loaded(observe):
    (found,) = observe("scenario=lianyungang_rail", "port.facilities.reach_stackers.capacity=2")
    left = by_conveyance(found, "train_run.depart")
    for flow in ("sea_rail_transit", "rail_export"):
        boxes, train = boarded(found, f"{flow}.board_train")
        loading = loading_of(found, boxes, flow, "train")
        assert (left[train] >= found.trace.end[loading]).all()


def test_trains_depart_by_the_timetable_however_they_arrive(observe):
    (found,) = observe("scenario=lianyungang_rail")
    left = by_conveyance(found, "train_run.depart")
    runs = np.flatnonzero(left != NEVER)
    late = (left - found.conveyances.timetable)[runs]
    assert (late >= 0).all()
    assert np.median(late) == 0
    deviation = (found.conveyances.arrival - found.conveyances.timetable)[runs]
    assert deviation.std() > 0


def test_one_release_for_the_train_waits_for_the_slowest_box(observe):
    apart, together = observe("scenario=lianyungang_rail", "reforms=[whole_train_release]")
    for found, shared in ((apart, False), (together, True)):
        boxes, train = boarded(found, "rail_export.board_train")
        released = by_conveyance(found, "train_run.release_train", "end")[train]
        consignment = found.plan.case[boxes] - found.plan.conveyances
        later = found.milestone("release")[consignment] >= released
        assert later.all() == shared
    exports = together.groups["rail_export"]
    waits = [
        (found.milestone("release") - found.milestone("lodgement"))[exports].mean()
        for found in (apart, together)
    ]
    assert waits[1] > waits[0]


def test_a_rejected_declaration_is_corrected_and_reviewed_again(observe):
    again = "workflows.sea_import.steps.review_quarantine.rework.probability"
    (never,) = observe("scenario=serial", f"{again}=0.0")
    (often,) = observe("scenario=serial", f"{again}=0.5")
    reviews = [of_step(found, "sea_import.review_quarantine") for found in (never, often)]
    assert never.plan.visit[reviews[0]].max() == 0
    assert often.plan.visit[reviews[1]].max() == 2
    assert len(reviews[1]) > 1.4 * len(reviews[0])


def test_scanned_boxes_are_opened_only_on_an_alarm(observe):
    scan = (
        "agencies.customs.scan={share: 1.0, sensitivity: 0.8, false_alarm: 0.1, assumption: true}"
    )
    (found,) = observe("scenario=serial", scan, "agencies.customs.image_analysts=2", LONG_STOP)
    flags = found.consignments.flags
    scanned = found.plan.case[of_step(found, "sea_import.scan_customs")] - found.plan.conveyances
    opened = found.plan.case[of_step(found, "sea_import.unstuff_customs")] - found.plan.conveyances
    assert flags["customs_scanned"][scanned].all()
    assert 0 < len(np.unique(opened)) < len(np.unique(scanned))
    assert found.finished[found.in_window].all()
