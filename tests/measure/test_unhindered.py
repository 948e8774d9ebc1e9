"""The course of things without any waiting for others."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.trace import NEVER, Trace
from sim.measure.unhindered import unhindered
from tests.trains import EXPORT, RUN, observe_trains

HOUR = 3600
TRAINS = [30.0, 40.0, 77.5, 100.0]
PLACES = {f"{RUN}.close.offers".replace(".", "__"): {"train_slots": 50}}


def agree(one: Trace, other: Trace) -> bool:
    names = ("ready", "start", "end", "boarded")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@settings(deadline=None)
@given(
    booked=st.lists(st.integers(0, len(TRAINS) - 1), min_size=1, max_size=6),
    boxes=st.integers(1, 3),
    release=st.floats(0.0, 60.0),
)
def test_the_engine_does_the_same_where_there_is_room_for_all(
    booked: list[int], boxes: int, release: float
) -> None:
    step = f"{EXPORT}.release.duration".replace(".", "__")
    duration = {"dist": "constant", "value": release, "assumption": True}
    seen = observe_trains(
        sorted(booked), [boxes] * len(booked), *TRAINS, **PLACES, **{step: duration}
    )
    assert agree(unhindered(seen.plan), seen.trace)


def test_a_full_train_is_no_hindrance() -> None:
    seen = observe_trains([0, 0], [2, 2], 30.0, 60.0)
    boards = seen.steps_with("name", "board")[seen.plan.step]
    assert seen.trace.boarded[boards].tolist() == [0, 0, 1, 1]
    free = unhindered(seen.plan)
    assert free.boarded[boards].tolist() == [0] * 4
    assert free.start[boards].tolist() == [36 * HOUR] * 4


def test_a_box_that_no_train_is_left_for_stays() -> None:
    late = {f"{EXPORT}.release.duration".replace(".", "__"): {
        "dist": "constant", "value": 99.0, "assumption": True,
    }}  # fmt: skip
    seen = observe_trains([0], [1], 30.0, **late)
    free = unhindered(seen.plan)
    boards = seen.steps_with("name", "board")[seen.plan.step]
    leaves = seen.steps_with("name", "leave")[seen.plan.step]
    assert free.ready[boards].tolist() == [30 * HOUR - 10 * HOUR + 100 * HOUR]
    assert free.start[boards].tolist() == free.end[leaves].tolist() == [NEVER]
