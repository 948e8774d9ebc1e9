"""Who waits for whom is known only once a box has boarded: trains for boxes, boxes for trains.

Trains close for boxes, wait until those aboard are lifted, load for two ticks and depart in one
more. Every time is known exactly, by hand, by a loop over trains and cranes, or from theory.
"""

from __future__ import annotations

import math
from heapq import heapify, heapreplace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.engine.simulate import simulate
from sim.engine.trace import NEVER, Trace
from sim.measure.audit import audit
from tests.engine.plans import Late, Task, make_plan, pool, slots
from tests.trains import observe_trains

TICKS, HOUR = 100, 3600
CLOSE, LOAD, DEPART = range(3)
BOARD, LIFT, LEAVE = range(3)
Train = tuple[int, int]
Box = tuple[int, int]


def run(trains: list[Train], boxes: list[Box], cranes: int) -> Trace:
    """Run trains by cut-off and wagons, and boxes by when they are ready and how long to lift."""
    tasks, links = [], []
    for case, (cut_off, wagons) in enumerate(trains):
        first = len(tasks)
        tasks += [
            Task(case, 0, earliest=cut_off, offers=((0, wagons),)),
            Task(case, 2, after=(first + CLOSE,)),
            Task(case, 1, after=(first + LOAD,)),
        ]
    for case, (ready, lift) in enumerate(boxes, start=len(trains)):
        first = len(tasks)
        tasks += [
            Task(case, 0, ((0, 1),), earliest=ready, returned=()),
            Task(case, lift, ((1, 1),), after=(first + BOARD,)),
            Task(case, 0, after=(first + LIFT,)),
        ]
        links += [
            Late(first + BOARD, first + LIFT, LOAD, gathers=True),
            Late(first + BOARD, first + LEAVE, DEPART),
        ]
    pools = [slots("wagons"), pool("cranes", cranes)]
    plan = make_plan(tasks, pools, conveyances=len(trains), late=links)
    trace = simulate(plan)
    audit(plan, trace)
    return trace


def looped(trains: list[Train], boxes: list[Box], cranes: int) -> tuple[list[int], list[int]]:
    """Departures of the trains, and when each box leaves; cut-offs rise."""
    waiting = sorted(range(len(boxes)), key=lambda box: (boxes[box][0], box))
    free = [0] * cranes
    heapify(free)
    departures, leaves = [], [NEVER] * len(boxes)
    for cut_off, wagons in trains:
        aboard = [box for box in waiting if boxes[box][0] <= cut_off][:wagons]
        waiting = [box for box in waiting if box not in aboard]
        lifted = [cut_off]
        for box in sorted(aboard):
            lifted.append(max(free[0], cut_off) + boxes[box][1])
            heapreplace(free, lifted[-1])
        departures.append(max(lifted) + 3)
        for box in aboard:
            leaves[box] = departures[-1]
    return departures, leaves


def times(trace: Trace, trains: int) -> tuple[list[int], list[int]]:
    ends = trace.end.reshape(-1, 3)
    return ends[:trains, DEPART].tolist(), ends[trains:, LEAVE].tolist()


def test_two_trains_by_hand() -> None:
    """One crane, two wagons: the first is lifted 10–14 and 14–19, the second 20–21 and not before.

    The box ready at 9 finds the first train full; that of 21 finds none.
    """
    trains, boxes = [(10, 2), (20, 2)], [(3, 4), (5, 5), (9, 1), (21, 1)]
    trace = run(trains, boxes, cranes=1)
    assert trace.start[6 + LIFT :: 3].tolist() == [10, 14, 20, NEVER]
    assert times(trace, 2) == ([22, 24], [22, 22, 24, NEVER])


Boxes = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), min_size=1, max_size=12)
Trains = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 4)),
    min_size=1,
    max_size=5,
    unique_by=lambda train: train[0],
).map(sorted)


@given(Trains, Boxes, st.integers(1, 3))
@settings(deadline=None)
def test_every_departure_is_that_of_a_loop(
    trains: list[Train], boxes: list[Box], cranes: int
) -> None:
    assert times(run(trains, boxes, cranes), len(trains)) == looped(trains, boxes, cranes)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=4).map(sorted)
)
@settings(deadline=None, max_examples=20)
def test_boxes_of_a_port_leave_by_the_first_train_with_a_place(
    consignments: list[tuple[int, int]],
) -> None:
    """Two places a train, a train a day: it closes after 6 hours, and departs after 8.5.

    A consignment is ready 8 hours before the train it is booked for; its last box counts.
    """
    booked, boxes = zip(*consignments, strict=True)
    arrivals = [20.0 + 24 * day for day in range(3 + sum(boxes))]
    left = dict.fromkeys(range(len(arrivals)), 2)
    expected = []
    for day, number in consignments:
        taken = [later for later in left for _ in range(left[later]) if later >= day][:number]
        for train in taken:
            left[train] -= 1
        expected.append(arrivals[taken[-1]] + 8.5)
    observation = observe_trains(booked, boxes, *arrivals)
    plan, end = observation.plan, observation.trace.end
    first = plan.first_activity[plan.conveyances :]
    last = np.maximum.reduceat(end, first[:-1])
    assert (last / HOUR).tolist() == expected


@pytest.mark.parametrize("wagons", [1, 4])
@pytest.mark.parametrize("cranes", [1, 4])
def test_trains_gather_exponential_lifts_for_as_long_as_theory_says(
    wagons: int, cranes: int
) -> None:
    """A crane for each: the longest of k, 1 + 1/2 + … + 1/k on average (Rényi 1953); one: k."""
    number = 2_000
    lifts = np.random.default_rng([wagons, cranes]).exponential(size=(number, wagons))
    cut_offs = np.arange(1, number + 1) * 100 * TICKS
    boxes = [(0, round(lift * TICKS)) for lift in lifts.ravel()]
    trace = run([(int(cut_off), wagons) for cut_off in cut_offs], boxes, cranes)
    gathered = (np.array(times(trace, number)[0]) - 3 - cut_offs) / TICKS
    each = [1 / place if cranes == wagons else 1.0 for place in range(1, wagons + 1)]
    error = gathered.std(ddof=1) / math.sqrt(number)
    assert abs(gathered.mean() - sum(each)) <= stats.norm.ppf(0.9995) * error
    assert stats.norm.ppf(0.975) * error <= 0.05 * sum(each)
    variance = sum(part**2 for part in each)
    assert gathered.var() == pytest.approx(variance, rel=0.25)
