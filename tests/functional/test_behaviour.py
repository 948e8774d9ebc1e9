"""What must follow when something is changed: extremes and directions."""

import numpy as np
import pytest

from sim.measure.utilisation import pool_kpis
from tests.functional.conftest import UNCONGESTED

HOUR = 3600


def mean_hours(observation, group, until="release", since=None):
    members = observation.groups[group]
    start = observation.arrival if since is None else observation.milestone(since)
    return float((observation.milestone(until) - start)[members].mean()) / HOUR


def test_everything_that_arrives_leaves(observe):
    for observation in observe("scenario=all_together"):
        assert observation.trace.unfinished == 0
        assert observation.finished.all()


def test_more_officers_shorten_the_wait_but_not_the_preparation(observe):
    (few,) = observe("scenario=serial", "agencies.customs.reviewers=14")
    (many,) = observe("scenario=serial", "agencies.customs.reviewers=100")
    assert mean_hours(many, "all") < mean_hours(few, "all")
    alone = few.groups["unexamined"] & ~few.groups["quarantine_liable"]
    np.testing.assert_array_equal(
        few.milestone("lodgement")[alone], many.milestone("lodgement")[alone]
    )


def test_no_selection_means_no_examination(observe):
    (none,) = observe(
        "scenario=serial",
        *(
            f"agencies.{agency}.selection.rate.{tier}=0.0"
            for agency in ("customs", "quarantine")
            for tier in ("advanced_certified", "general_certified", "ordinary", "discredited")
        ),
    )
    assert not none.groups["examined"].any()
    assert "examination" not in {step.kind for step in none.plan.steps}


def test_longer_hours_shorten_clearance(observe):
    (office,) = observe("scenario=serial")
    (always,) = observe("scenario=serial", "agencies.customs.hours=around_the_clock")
    assert mean_hours(always, "all") < mean_hours(office, "all")


def test_twice_the_arrivals_lengthen_clearance(observe):
    (calm,) = observe("scenario=serial")
    (busy,) = observe(
        "scenario=serial", "traffic.conveyances.liner_calls.arrivals.interarrival.mean=4.0"
    )
    assert mean_hours(busy, "all") > mean_hours(calm, "all")


def test_joint_inspection_opens_a_box_once_and_shortens_its_clearance(observe):
    serial, joint = observe("scenario=joint_inspection")
    since = "quarantine_lodgement"
    before = mean_hours(serial, "examined_twice", since=since)
    assert mean_hours(joint, "examined_twice", since=since) < before
    movings = [
        observation.per_consignment(
            observation.steps_with("kind", "moving")[observation.plan.step].astype(float)
        )[observation.groups["examined_twice"]]
        for observation in (serial, joint)
    ]
    np.testing.assert_array_equal(movings[0], 2 * movings[1])


def test_joint_examination_has_inspectors_of_both_agencies(observe):
    _, joint = observe("scenario=joint_inspection")
    step = next(step for step in joint.plan.steps if step.name == "examine_jointly")
    assert step.uses == (("customs.examiners", 2), ("quarantine.examiners", 2))


def test_parallel_agencies_take_the_longer_review_instead_of_the_sum(observe):
    serial, parallel = observe("scenario=parallel_agencies", *UNCONGESTED)
    liable = serial.groups["quarantine_liable"] & serial.groups["unexamined"]
    gain = (serial.milestone("release") - parallel.milestone("release"))[liable]
    assert gain.mean() > 0
    others = serial.groups["all"] & ~serial.consignments.flags["quarantine_liable"]
    np.testing.assert_array_equal(
        serial.milestone("release")[others], parallel.milestone("release")[others]
    )


def test_advance_declaration_cannot_examine_before_discharge(observe):
    _, advance = observe("scenario=advance_declaration")
    moving = advance.steps_with("kind", "moving")[advance.plan.step]
    discharged = np.concatenate(
        [np.zeros(advance.plan.conveyances), advance.milestone("discharge")]
    )
    case = advance.plan.case[moving]
    assert (advance.trace.start[moving] >= discharged[case]).all()
    lodged_early = advance.milestone("lodgement") < advance.arrival
    assert lodged_early.any()
    assert (advance.milestone("release") >= advance.milestone("discharge")).all()


def test_faster_officers_alone_cannot_halve_the_time(observe):
    (base,) = observe("scenario=serial")
    (instant,) = observe("scenario=serial", "agencies.customs.hours=around_the_clock", *UNCONGESTED)
    assert mean_hours(instant, "all") > 0.5 * mean_hours(base, "all")


@pytest.mark.parametrize("pool", ["customs.examiners", "quarantine.reviewers"])
def test_utilisation_stays_below_one(observe, pool):
    (serial,) = observe("scenario=serial")
    kpis = {kpi.key: kpi.value for kpi in pool_kpis(serial)}
    assert 0 < kpis[f"pool.{pool}.utilisation"] <= 1
