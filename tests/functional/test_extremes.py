"""A port that is asked for more than it has, and a yard that fills up."""

from itertools import pairwise

import numpy as np
import pytest

from sim.command.configuration import build_run
from sim.measure.measure import measure
from sim.report.cautions import cautions
from sim.report.labels import labels_of
from sim.report.results import results_of
from sim.study.study_runner import run_study
from tests.functional.activities import by_conveyance, of_step
from tests.functional.conftest import with_small

HOUR = 3600
FEW = "agencies.customs.reviewers=9"  # 18 are busy for two thirds of their hours


def mean_wait(observation):
    """Mean hours in line for a review of those who arrived in the window."""
    waits = of_step(observation, "sea_import.review_customs_manually")
    counted = waits[observation.counted[waits]]
    trace = observation.trace
    return float((trace.start[counted] - trace.ready[counted]).mean()) / HOUR


def kpis(observation):
    return {kpi.key: kpi.value for kpi in measure(observation).kpis}


def test_a_line_that_outgrows_its_pool_grows_with_the_run(observe):
    short, long = (
        mean_wait(observe("scenario=serial", FEW, f"experiment.horizon_days={days}")[0])
        for days in (14, 42)
    )
    assert long > 1.7 * short > 24


def test_a_line_that_does_not_settles(observe):
    short, long = (
        mean_wait(observe("scenario=serial", f"experiment.horizon_days={days}")[0])
        for days in (14, 42)
    )
    assert long == pytest.approx(short, rel=0.5)


def test_an_overloaded_pool_works_all_its_hours_and_everybody_leaves_in_the_end(observe):
    words = ("experiment.warm_up_days=14", "experiment.horizon_days=14")
    (found,) = observe("scenario=serial", FEW, *words)
    figures = kpis(found)
    assert figures["pool.customs.reviewers.utilisation"] > 0.97
    assert figures["unfinished"] == 0


def test_the_report_warns_of_an_overloaded_pool():
    words = ("experiment.warm_up_days=14", "experiment.horizon_days=14", "executor=serial")
    run = build_run(with_small(["scenario=serial", FEW, *words]))
    labels = labels_of(run.points)
    found = cautions(results_of(run_study(run, lambda *_: None)), labels)
    assert [caution.title for caution in found] == ["Overloaded"]
    assert "Customs" in found[0].text


PLACES = (600, 900, 1500, 8000)


def test_fewer_places_in_the_yard_keep_vessels_longer(observe):
    stays, boxes = [], []
    for places in PLACES:
        (found,) = observe("scenario=serial", f"port.facilities.yard_slots.capacity={places}")
        stays.append(by_conveyance(found, "vessel_call.unberth", "end"))
        boxes.append(kpis(found)["yard.teu.peak"])
        assert found.finished.all()
    for fewer, more in pairwise(stays):
        assert (fewer >= more).all()
    assert (stays[0] > stays[-1]).any()
    assert boxes == sorted(boxes)
    assert boxes[0] <= 2 * PLACES[0]
    assert np.diff(boxes)[0] > 0


def test_a_roster_of_zero_stops_who_needs_it_and_nobody_else(observe):
    words = ("agencies.customs.examiners=0", "agencies.customs.on_call_examiners=0")
    (found,) = observe("scenario=serial", *words)
    opened = found.consignments.flags["customs_opened"]
    assert (found.in_window & opened).any()
    assert not found.finished[found.in_window & opened].any()
    assert found.finished[found.in_window & ~opened].all()
    assert kpis(found)["unfinished"] == (found.in_window & ~found.finished).sum()


def test_the_report_warns_of_who_never_leaves_by_name():
    words = ("agencies.customs.examiners=0", "executor=serial")
    run = build_run(with_small(["scenario=serial", *words]))
    found = cautions(results_of(run_study(run, lambda *_: None)), labels_of(run.points))
    assert "Unfinished" in [caution.title for caution in found]
