"""What adding up single effects gets wrong, each as a law on a small run of its study.

Where luck is shared exactly the law holds for every consignment; else beyond the interval.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from studies.interactions import (
    advance_declaration,
    joint_inspection,
    longer_hours,
    mutual_recognition,
    parallel_agencies,
    preparation,
    release_before_test,
    timetable,
)
from studies.interactions import pooling as pooling_study
from studies.interactions.consignments import hours_saved
from studies.interactions.erlang import mean_wait
from studies.interactions.experiment import Effort, scenario, simulate, with_reform
from studies.interactions.pooled_lines import pooling

ALONE = (
    "agencies.customs.reviewers=500",
    "agencies.customs.examiners=500",
    "agencies.quarantine.reviewers=500",
    "agencies.quarantine.examiners=500",
    "agencies.quarantine.laboratory_staff=500",
    "port.facilities.handling_crews.capacity=500",
    "port.facilities.customs_site.capacity=500",
    "port.facilities.quarantine_site.capacity=500",
    "port.facilities.gate_lanes.capacity=500",
)
"""Nobody waits for anybody else."""
FEWER = "traffic.flows.sea_import.consignments.mean=10.0"
ONE_BY_ONE = (
    *parallel_agencies.DAY_AND_NIGHT,
    "agencies.customs.reviewers=1",
    "agencies.quarantine.reviewers=1",
    "traffic.conveyances.liner_calls.arrivals.interarrival.mean=60.0",
    "traffic.flows.sea_import.consignments.mean=1.0",
    "traffic.flows.sea_import.consignments.cv=0.0",
)
"""A consignment at a time, before one reviewer of each agency who is always there."""
REVIEWED_BY_HAND = tuple(
    f"traffic.reviews.manual_share.{tier}=1.0"
    for tier in ("advanced_certified", "general_certified", "ordinary", "discredited")
)


def row(rows: pd.DataFrame, series: str, x: float | str) -> dict[str, float]:
    (found,) = rows[(rows["series"] == series) & (rows["x"] == x)].to_dict("records")
    return found


def test_joint_inspection_is_slower_with_mismatched_shifts_in_strict_lines():
    rows = joint_inspection.measure(
        Effort(6, 21), disciplines=["strict"], shared_hours=[1.0], customs_examiners=[]
    )
    assert row(rows, "strict", 1.0)["low"] > 0


@pytest.mark.slow
def test_joint_inspection_is_slower_with_few_officers_in_strict_lines():
    rows = joint_inspection.measure(
        Effort(6, 21), disciplines=["strict"], shared_hours=[], customs_examiners=[10]
    )
    assert row(rows, "strict", 10)["low"] > 0


@pytest.mark.slow
def test_two_teams_and_one_wait_as_long_as_erlang_says():
    """Within the interval at 99.9 per cent, which is some two and a half times that at 95."""
    rows = pooling_study.measure(Effort(10, 7), loads=[0.7], shares=[])
    for series in ("apart", "pooled"):
        found, exact = (row(rows, name, 0.7) for name in (series, f"{series}_theory"))
        reach = found["high"] - found["estimate"]
        assert abs(found["estimate"] - exact["estimate"]) < 2.6 * reach
        assert reach < 0.3 * exact["estimate"]
    assert row(rows, "pooled", 0.7)["high"] < row(rows, "apart", 0.7)["low"]


def test_erlang_c_by_hand():
    """One officer at load one half waits for one work; two at the same load for a third of it."""
    assert mean_wait(0.5, 1.0, 1) == pytest.approx(1.0)
    assert mean_wait(1.0, 1.0, 2) == pytest.approx(1 / 3)
    assert math.isinf(mean_wait(2.0, 1.0, 2))


def test_agencies_side_by_side_save_the_shorter_part_of_every_consignment():
    parts = parallel_agencies.parts_and_saving(Effort(2, 3))
    assert len(parts) > 100
    np.testing.assert_allclose(parts["saved"], parts["shorter"], atol=1e-9)
    assert (parts["saved"] < parts[["quarantine", "customs"]].sum(axis="columns")).all()


def test_agencies_side_by_side_save_less_where_one_officer_serves_both():
    own = {
        name: scenario("serial", reforms, (*ONE_BY_ONE, *REVIEWED_BY_HAND))
        for name, reforms in (("serial", []), ("parallel", ["parallel_agencies"]))
    }
    pool = pooling(("customs.reviewers", "quarantine.reviewers"), 1, "sea_import")
    shared = {name: with_reform(data, "shared", pool) for name, data in own.items()}
    alone, together = (
        parallel_agencies.hours_saved_by(simulate(points, Effort(2, 84), traced=True), *points)
        for points in (own, shared)
    )
    assert len(alone) > 20
    assert (together <= alone).mean() > 0.95
    assert (together < alone).mean() > 0.3


def test_declaring_late_papers_in_advance_saves_nothing():
    study = simulate(advance_declaration.points(words=ALONE), Effort(2, 3), traced=True)
    before, after, group = advance_declaration.cases(study)
    saved = hours_saved(before, after, "release")
    assert (group == "late").sum() > 50
    assert (saved[group == "late"] == 0).all()
    assert (saved[group == "in_time"] >= 0).all()
    assert saved[group == "in_time"].mean() > 1


@pytest.mark.slow
def test_longer_hours_are_worth_most_to_weekend_arrivals_that_are_ready_on_arrival():
    rows = longer_hours.measure(Effort(3, 14), words=[FEWER])
    assert row(rows, "declared_in_advance", "all")["low"] > 0
    assert row(rows, "prepared_after_arrival", "all")["high"] < 0


def test_recognition_passes_more_and_finds_less():
    study = mutual_recognition.recognition(5, Effort(3, 14))
    weekly = mutual_recognition.released_weekly(study)
    assert (weekly["with"] >= weekly["without"]).all()
    assert weekly["with"].sum() > weekly["without"].sum()
    both, accepted = (
        study.consignments.query("scenario == @point").reset_index()
        for point in ("without", "with")
    )
    assert not (accepted["customs_found"] & ~both["customs_found"]).any()
    assert accepted["customs_found"].sum() < both["customs_found"].sum()
    np.testing.assert_array_equal(accepted["quarantine_found"], both["quarantine_found"])


def test_release_before_test_finds_as_much_but_after_the_release():
    tested = release_before_test.tested(release_before_test.run(Effort(2, 7)))
    before, after = (release_before_test.found(tested[point]) for point in ("before", "after"))
    np.testing.assert_array_equal(before["in_all"], after["in_all"])
    assert not before["after_release"].any()
    assert after["in_all"].any()
    np.testing.assert_array_equal(after["after_release"], after["in_all"])
    assert (hours_saved(tested["before"], tested["after"], "release") > 0).mean() > 0.9


@pytest.mark.slow
def test_officers_eight_times_as_fast_save_no_more_than_their_part():
    rows = preparation.measure(Effort(2, 7), speeds=[1.0, 8.0])
    slow, fast = (row(rows, "simulated", speed)["estimate"] for speed in (1.0, 8.0))
    assert fast < slow
    assert fast > row(rows, "rest", 8.0)["estimate"]
    assert fast > 0.85 * slow
    assert row(rows, "share", "trader")["low"] > 80


@pytest.mark.slow
def test_exports_ready_earlier_take_the_same_train():
    study = simulate(
        timetable.points(wagons=50),
        Effort(2, 7),
        traced=True,
        cool_down=timetable.COOL_DOWN_DAYS,
    )
    hours = timetable.gains(study, "rail_export").groupby("replication").mean()
    assert (hours["ready"] > 10).all()
    assert (hours["departed"] < 0.3 * hours["ready"]).all()
