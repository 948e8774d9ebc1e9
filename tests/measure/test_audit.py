from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.engine.trace import NEVER, Trace
from sim.measure.audit import audit
from sim.measure.observation import Observation
from sim.scenario.errors import InvariantError
from tests.builders import SHIPPED, consignments_of, observe_by_hand, replicated, tiny
from tests.measure.figures import one_reviewer_in_office_hours, reviewers_by_roster

HOUR = 3600


@cache
def honest() -> Observation:
    """Two consignments of a vessel that arrives at ten; one reviewer."""
    scenario = tiny(("agencies.customs.reviewers", 1))
    return observe_by_hand(scenario, consignments_of([0, 0]), 10.0)


def tampered(case: int, step: str, **times: float) -> Trace:
    """Return the honest trace with hours of one activity replaced."""
    plan, trace = honest().plan, honest().trace
    names = np.array([one.name for one in plan.steps])[plan.step]
    activity = np.flatnonzero((plan.case == case) & (names == step))
    columns = {name: getattr(trace, name).copy() for name in times}
    for name, hours in times.items():
        columns[name][activity] = NEVER if hours == NEVER else hours * HOUR
    return replace(trace, **columns)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_run_keeps_the_laws(name: str) -> None:
    audit(replicated(name).plan, replicated(name).trace)


def test_the_honest_trace_keeps_the_laws() -> None:
    audit(honest().plan, honest().trace)


@pytest.mark.parametrize(
    ("trace", "message"),
    [
        pytest.param(
            tampered(1, "review", start=NEVER),
            "case 1: step 'review' ended without a start",
            id="no start",
        ),
        pytest.param(
            tampered(0, "moor", ready=9),
            "case 0: step 'moor' was ready before its time",
            id="before its time",
        ),
        pytest.param(
            tampered(2, "review", start=14),
            "case 2: step 'review' started before it was ready",
            id="before it was ready",
        ),
        pytest.param(
            tampered(1, "declare", end=14.5),
            "case 1: step 'declare' ended before its work was done",
            id="work not done",
        ),
        pytest.param(
            tampered(2, "review", end=21.5),
            "case 2: step 'review' ended later than its work was done",
            id="end too late",
        ),
        pytest.param(
            tampered(2, "declare", ready=12, start=12, end=14),
            "case 2: step 'declare' did not wait for a predecessor",
            id="before its predecessor",
        ),
        pytest.param(
            tampered(0, "unload", ready=NEVER, start=NEVER, end=NEVER),
            "case 0: step 'sail' did not wait for a predecessor",
            id="predecessor never ended",
        ),
        pytest.param(
            tampered(2, "review", start=15, end=18),
            "pool 'customs.reviewers': 2 units in use of 1",
            id="more units than there are",
        ),
    ],
)
def test_a_law_that_is_broken_names_its_case(trace: Trace, message: str) -> None:
    with pytest.raises(InvariantError) as caught:
        audit(honest().plan, trace)
    assert str(caught.value) == message


def test_what_never_ended_breaks_no_law() -> None:
    trace = tampered(2, "pick_up", start=NEVER, end=NEVER)
    audit(honest().plan, replace(trace, tally=None))


@pytest.mark.parametrize(
    ("end", "message"),
    [
        pytest.param(11.5, "ended before its work was done", id="through the break"),
        pytest.param(14.0, "ended before its work was done", id="too early"),
        pytest.param(15.0, "ended later than its work was done", id="too late"),
    ],
)
def test_work_lies_in_working_hours(end: float, message: str) -> None:
    """A review of three hours begins at ten and is suspended from noon to half past one."""
    scenario = one_reviewer_in_office_hours("suspend")
    observation = observe_by_hand(scenario, consignments_of([0]), 5.0)
    plan, trace = observation.plan, observation.trace
    audit(plan, trace)
    review = observation.steps_with("name", "review")[plan.step]
    assert (trace.start[review], trace.end[review]) == (10 * HOUR, 14.5 * HOUR)
    ends = trace.end.copy()
    ends[review] = end * HOUR
    with pytest.raises(InvariantError) as caught:
        audit(plan, replace(trace, end=ends))
    assert str(caught.value) == f"case 1: step 'review' {message}"


def test_work_that_fills_a_shift_ends_with_it() -> None:
    """Done at noon, it does not wait for the end of the break."""
    scenario = one_reviewer_in_office_hours("suspend")
    observation = observe_by_hand(scenario, consignments_of([0]), 4.0)
    plan, trace = observation.plan, observation.trace
    review = observation.steps_with("name", "review")[plan.step]
    assert (trace.start[review], trace.end[review]) == (9 * HOUR, 12 * HOUR)
    ends = trace.end.copy()
    ends[review] = 13.5 * HOUR
    with pytest.raises(InvariantError, match=r"ended later than its work was done$"):
        audit(plan, replace(trace, end=ends))


def test_units_given_back_at_an_instant_can_be_taken_in_it() -> None:
    plan, trace = honest().plan, honest().trace
    review = honest().steps_with("name", "review")[plan.step]
    assert trace.start[review].tolist() == [15 * HOUR, 18 * HOUR]
    assert trace.end[review].tolist() == [18 * HOUR, 21 * HOUR]


def test_work_in_hand_may_outlast_a_shift_but_none_may_start() -> None:
    """Three reviews begin at 15:30 and end after half past five, when one reviewer is left."""
    scenario = reviewers_by_roster(office=3, evenings=1)
    observation = observe_by_hand(scenario, consignments_of([0, 0, 0, 1]), 10.5, 13.0)
    plan, trace = observation.plan, observation.trace
    audit(plan, trace)
    names = np.array([one.name for one in plan.steps])[plan.step]
    last = np.flatnonzero((plan.case == 5) & (names == "review"))
    assert trace.start[last].tolist() == [round(18.5 * HOUR)]
    start, end = trace.start.copy(), trace.end.copy()
    start[last], end[last] = 18.25 * HOUR, 21.25 * HOUR
    with pytest.raises(InvariantError) as caught:
        audit(plan, replace(trace, start=start, end=end))
    assert str(caught.value) == "pool 'customs.reviewers': 4 units in use of 1"


def test_lags_are_waited_for() -> None:
    scenario = tiny(("workflows.sea_import.steps.declare.lag_hours", 1.0))
    observation = observe_by_hand(scenario, consignments_of([0]), 0.0)
    audit(observation.plan, observation.trace)
    hasty = replace(observation.plan, lag=observation.plan.lag + 1)
    with pytest.raises(InvariantError):
        audit(hasty, observation.trace)
