"""Slots are there only at the instant in which a train offers them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.verify.trains import boarded

MOMENTS = st.lists(st.integers(0, 50), min_size=1, max_size=30).map(sorted)


def test_boxes_board_in_order_as_far_as_there_are_slots() -> None:
    trace = boarded(np.array([1, 2, 3, 15, 20]), np.array([10, 20, 30]), 2)
    assert trace.start[3:].tolist() == [10, 10, 20, 20, 30]
    assert trace.boarded[3:].tolist() == [0, 0, 1, 1, 2]


def test_slots_nobody_takes_lapse() -> None:
    trace = boarded(np.array([11, 12, 13]), np.array([10, 20, 30]), 2)
    assert trace.start[3:].tolist() == [20, 20, 30]


@given(boxes=MOMENTS, wagons=st.integers(1, 4))
def test_every_train_takes_those_longest_there(boxes: list[int], wagons: int) -> None:
    trains = np.arange(60, 60 + 10 * len(boxes), 10)
    start = boarded(np.array(boxes), trains, wagons).start[len(trains) :]
    expected = [60 + 10 * (place // wagons) for place in range(len(boxes))]
    assert start.tolist() == expected
