"""The audit of runs in which boxes board: what each law catches."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.clearance.plan import Plan
from sim.engine.trace import NEVER, Trace
from sim.measure.audit import audit
from sim.measure.observation import Observation
from sim.scenario.errors import InvariantError
from tests.trains import observe_trains

HOUR = 3600


@cache
def honest() -> Observation:
    """Three boxes for trains of two places; the third goes by the second train."""
    return observe_trains([0, 0], [2, 1], 20.0, 40.0)


@cache
def apart() -> Observation:
    """The same, where boxes and trains do not wait for each other once the boxes have boarded."""
    return observe_trains(
        [0, 0],
        [2, 1],
        20.0,
        40.0,
        workflows__train_run__steps__load__gathers=[],
        workflows__rail_export__steps__leave__after=["lift"],
    )


def activity(plan: Plan, case: int, step: str, box: int = 0) -> int:
    names = np.array([one.name for one in plan.steps])[plan.step]
    (found,) = np.flatnonzero((plan.case == case) & (names == step) & (plan.container == box))
    return int(found)


def tampered(observation: Observation, case: int, step: str, **values: float) -> Trace:
    """Return the trace with hours of one activity, or the train it boarded, replaced."""
    columns = {name: getattr(observation.trace, name).copy() for name in values}
    place = activity(observation.plan, case, step)
    for name, value in values.items():
        columns[name][place] = value if name == "boarded" else value * HOUR
    return replace(observation.trace, **columns)


def test_the_honest_trace_keeps_the_laws() -> None:
    trace = honest().trace
    audit(honest().plan, trace)
    assert trace.boarded[trace.boarded != NEVER].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("trace", "message"),
    [
        pytest.param(
            tampered(honest(), 3, "board", boarded=0),
            "case 0: step 'load' did not wait for whom it shares a conveyance with",
            id="a box that went by another train",
        ),
        pytest.param(
            tampered(honest(), 2, "leave", ready=27, start=27, end=27),
            "case 2: step 'leave' did not wait for whom it shares a conveyance with",
            id="left before its train",
        ),
        pytest.param(
            tampered(honest(), 0, "load", ready=26),
            "case 0: step 'load' did not wait for whom it shares a conveyance with",
            id="a train loaded before its boxes were there",
        ),
    ],
)
def test_a_law_that_is_broken_names_its_case(trace: Trace, message: str) -> None:
    with pytest.raises(InvariantError) as caught:
        audit(honest().plan, trace)
    assert str(caught.value) == message


def test_a_box_that_never_boarded_breaks_no_law() -> None:
    observation = observe_trains([0], [3], 20.0)
    audit(observation.plan, observation.trace)
    assert observation.trace.unfinished == 3


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"boarded": 0},
            f"case 0: at {46 * HOUR} s boxes took 1 slots of 'train_slots' more than it offered",
            id="on a train that offered none then",
        ),
        pytest.param(
            {"boarded": 0, "start": 26, "end": 26},
            f"case 0: at {26 * HOUR} s boxes took 1 slots of 'train_slots' more than it offered",
            id="on a train that was full",
        ),
        pytest.param(
            {"boarded": NEVER},
            f"case -1: at {46 * HOUR} s boxes took 1 slots of 'train_slots' more than it offered",
            id="on no train",
        ),
    ],
)
def test_slots_that_were_not_there(values: dict[str, float], message: str) -> None:
    audit(apart().plan, apart().trace)
    with pytest.raises(InvariantError) as caught:
        audit(apart().plan, tampered(apart(), 3, "board", **values))
    assert str(caught.value) == message
