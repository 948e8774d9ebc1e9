"""Scenarios share their luck: a reform changes what it touches, and nothing else."""

from itertools import pairwise

import numpy as np
import pytest

from tests.functional.conftest import UNCONGESTED

REFORMS = ("single_window", "parallel_agencies", "mutual_recognition", "joint_inspection")


def assert_same_trace(first, second):
    assert [step.name for step in first.plan.steps] == [step.name for step in second.plan.steps]
    for column in ("case", "step", "container", "work", "earliest"):
        np.testing.assert_array_equal(getattr(first.plan, column), getattr(second.plan, column))
    for column in ("ready", "start", "end"):
        np.testing.assert_array_equal(getattr(first.trace, column), getattr(second.trace, column))


def test_reform_that_sets_what_is_already_so_gives_the_trace_of_the_baseline(observe):
    same = "{pool: customs.examiners, to: {capacity: 14, assumption: true}}"
    baseline, reformed = observe(
        "reforms=[one_stop_site]", f"reforms.one_stop_site.operators=[{{set: {same}}}]"
    )
    assert_same_trace(baseline, reformed)


def test_a_figure_set_as_it_is_gives_the_trace_of_the_baseline(observe):
    figure = "{key: agencies.customs.selection.rate, times: 1.0, assumption: true}"
    baseline, reformed = observe(
        "reforms=[one_stop_site]",
        f"reforms.one_stop_site.operators=[{{parameter: {figure}}}]",
    )
    assert_same_trace(baseline, reformed)


def test_a_figure_changes_what_is_measured(observe):
    figure = "{key: agencies.customs.selection.rate, times: 0.5, assumption: true}"
    baseline, reformed = observe(
        "reforms=[one_stop_site]",
        f"reforms.one_stop_site.operators=[{{parameter: {figure}}}]",
    )
    before, after = (one.consignments.flags["customs_selected"] for one in (baseline, reformed))
    assert 0 < after.sum() < before.sum()
    assert not (after & ~before).any()


@pytest.mark.parametrize(
    "reform", [REFORMS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in REFORMS[1:])]
)
def test_untouched_consignments_keep_their_trace_where_nobody_queues(observe, reform):
    words = (
        f"reforms=[{reform}]",
        f"reforms.{reform}.adoption.share=0.9",
        "experiment.horizon_days=42",
        *UNCONGESTED,
    )
    baseline, reformed = observe(*words)
    touched = np.array([reform in uptake for uptake in reformed.plan.uptakes])[reformed.plan.uptake]
    assert 0 < touched.sum() < reformed.plan.cases
    differing = cases_that_differ(baseline, reformed)
    assert not (differing & ~touched).any()
    assert (differing & touched).any()


def test_advance_declaration_leaves_the_others_alone_where_nobody_queues(observe):
    baseline, reformed = observe("scenario=advance_declaration", *UNCONGESTED)
    taken = np.array([bool(uptake) for uptake in reformed.plan.uptakes])[reformed.plan.uptake]
    assert not (cases_that_differ(baseline, reformed) & ~taken).any()


def cases_that_differ(baseline, reformed):
    """Shape (cases,): whether any activity of a case differs in step or in time."""
    here, there = (activities_by_case(observation) for observation in (baseline, reformed))
    return np.array([one != other for one, other in zip(here, there, strict=True)])


def activities_by_case(observation):
    plan, trace = observation.plan, observation.trace
    names = np.array([step.name for step in plan.steps])[plan.step].tolist()
    times = zip(trace.ready.tolist(), trace.start.tolist(), trace.end.tolist(), strict=True)
    activities = list(zip(names, times, strict=True))
    return [activities[first:last] for first, last in pairwise(plan.first_activity.tolist())]


def test_more_traffic_leaves_earlier_consignments_alone(observe):
    (short,) = observe("scenario=serial")
    (long,) = observe("scenario=serial", "experiment.cool_down_days=4")
    number = len(short.consignments)
    assert len(long.consignments) > number
    np.testing.assert_array_equal(long.consignments.entity[:number], short.consignments.entity)
    for name, flags in short.consignments.flags.items():
        np.testing.assert_array_equal(long.consignments.flags[name][:number], flags)
    activities = short.plan.first_activity[-1] - short.plan.first_activity[short.plan.conveyances]
    first = long.plan.first_activity[long.plan.conveyances]
    np.testing.assert_array_equal(
        long.plan.work[first : first + activities],
        short.plan.work[short.plan.first_activity[short.plan.conveyances] :],
    )


def test_another_replication_and_another_seed_give_other_luck(observe):
    (one,) = observe("scenario=serial")
    (other,) = observe("scenario=serial", "experiment.seed=1")
    assert not np.array_equal(one.arrival[:50], other.arrival[:50])
