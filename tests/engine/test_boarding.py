"""Slots on conveyances: who boards, who waits for whom from then on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.plan import Plan
from sim.engine.simulate import simulate
from sim.engine.trace import NEVER, Trace
from sim.measure.audit import audit
from tests.engine.naive_walk import NaiveWalk
from tests.engine.plans import Late, Task, make_plan, pool, slots

SLOT, CRANE = ((0, 1),), ((1, 1),)
CUT_OFF, LOAD, DEPART = range(3)
BOARD, LOAD_BOX, LEAVE = range(3)


class Trains:
    """Trains that load what boarded, then depart; boxes that board, are loaded, and leave."""

    def __init__(self, *trains: tuple[int, int]) -> None:
        """Trains by their cut-off and the slots they offer."""
        self.tasks: list[Task] = []
        self.late: list[Late] = []
        self.trains = len(trains)
        self._cases = 0
        for cut_off, offered in trains:
            first, case = len(self.tasks), self._next_case()
            self.tasks += [
                Task(case, 0, earliest=cut_off, offers=((0, offered),)),
                Task(case, 2, after=(first,)),
                Task(case, 1, after=(first + LOAD,)),
            ]

    def consignment(
        self, *ready: int, load: int = 1, priority: int = 4, work: int = 0, fetch: int | None = None
    ) -> None:
        """Add a consignment with boxes ready at these times, or fetched by a crane from then."""
        case = self._next_case()
        for tick in ready:
            after = ()
            if fetch is not None:
                after = (len(self.tasks),)
                self.tasks.append(Task(case, fetch, CRANE, earliest=tick))
            board = len(self.tasks)
            self.tasks += [
                Task(case, work, SLOT, after, tick, returned=(), priority=priority),
                Task(case, load, CRANE, after=(board,)),
                Task(case, 0, after=(board + LOAD_BOX,)),
            ]
            self.late += [
                Late(board, board + LOAD_BOX, LOAD, gathers=True),
                Late(board, board + LEAVE, DEPART),
            ]

    def _next_case(self) -> int:
        self._cases += 1
        return self._cases - 1

    def plan(self, cranes: int = 99) -> Plan:
        pools = [slots("places"), pool("cranes", cranes)]
        return make_plan(self.tasks, pools, conveyances=self.trains, late=self.late)

    def run(self, cranes: int = 99) -> Trace:
        """Run and audit."""
        plan = self.plan(cranes)
        trace = simulate(plan)
        audit(plan, trace)
        return trace


def boarded(trace: Trace, trains: int, boxes: int) -> list[int]:
    """Train of every box, in order."""
    return [int(trace.boarded[3 * (trains + box) + BOARD]) for box in range(boxes)]


def departure(trace: Trace, train: int) -> int:
    return int(trace.end[3 * train + DEPART])


def leave(trace: Trace, trains: int, boxes: int) -> list[int]:
    return [int(trace.end[3 * (trains + box) + LEAVE]) for box in range(boxes)]


def test_a_box_waits_for_the_cut_off_and_leaves_with_its_train() -> None:
    trains = Trains((10, 5))
    trains.consignment(3)
    trace = trains.run()
    assert boarded(trace, 1, 1) == [0]
    assert trace.ready[3:].tolist() == [3, 10, 14]
    assert trace.start[3:].tolist() == [10, 10, 14]
    assert departure(trace, 0) == 14


def test_a_late_box_waits_for_the_next_train() -> None:
    trains = Trains((10, 5), (30, 5))
    for ready in (9, 10, 11):
        trains.consignment(ready)
    trace = trains.run()
    assert boarded(trace, 2, 3) == [0, 0, 1]
    assert leave(trace, 2, 3) == [14, 14, 34]


def test_capacity_binds_and_the_first_to_be_ready_go_first() -> None:
    trains = Trains((10, 2), (30, 5))
    for ready in (3, 1, 2):
        trains.consignment(ready)
    assert boarded(trains.run(), 2, 3) == [1, 0, 0]


def test_priority_comes_before_time() -> None:
    trains = Trains((10, 1), (30, 5))
    trains.consignment(1)
    trains.consignment(9, priority=3)
    assert boarded(trains.run(), 2, 2) == [1, 0]


def test_slots_that_nobody_takes_lapse() -> None:
    trains = Trains((10, 5), (30, 1))
    for _ in range(3):
        trains.consignment(20)
    trace = trains.run()
    assert boarded(trace, 2, 3) == [1, NEVER, NEVER]
    assert trace.unfinished == 2 * 3


@pytest.mark.parametrize("cut_offs", [(10, 10), (10, 11)])
def test_trains_of_one_instant_hand_out_in_the_order_of_their_cases(
    cut_offs: tuple[int, int],
) -> None:
    trains = Trains((cut_offs[0], 1), (cut_offs[1], 1))
    for ready in (2, 1):
        trains.consignment(ready)
    assert boarded(trains.run(), 2, 2) == [1, 0]


def test_a_train_gathers_its_boxes_before_it_is_loaded() -> None:
    """With one crane the third box is loaded at 16; then the train takes its own three ticks."""
    trains = Trains((10, 5), (30, 5))
    for ready in (1, 2, 3):
        trains.consignment(ready, load=2)
    trace = trains.run(cranes=1)
    assert trace.ready[LOAD] == 16
    assert departure(trace, 0) == 19
    assert leave(trace, 2, 3) == [19, 19, 19]
    assert departure(trace, 1) == 33


def test_an_empty_train_departs_all_the_same() -> None:
    trains = Trains((10, 5))
    trains.consignment(11)
    trace = trains.run()
    assert departure(trace, 0) == 13
    assert boarded(trace, 1, 1) == [NEVER]


def test_without_a_train_boxes_stay_and_the_trace_says_so() -> None:
    trains = Trains()
    trains.consignment(1, 2)
    trace = trains.run()
    assert trace.unfinished == 6
    assert trace.ready.tolist() == [1, NEVER, NEVER, 2, NEVER, NEVER]
    assert set(trace.boarded.tolist()) == {NEVER}


def test_boxes_of_one_consignment_may_go_by_two_trains() -> None:
    trains = Trains((10, 1), (30, 5))
    trains.consignment(1, 2)
    trace = trains.run()
    assert boarded(trace, 2, 2) == [0, 1]
    assert leave(trace, 2, 2) == [14, 34]


def test_a_train_waits_only_for_those_who_boarded_it() -> None:
    trains = Trains((10, 1), (30, 5))
    trains.consignment(1, load=1)
    trains.consignment(2, load=50)
    trace = trains.run()
    assert departure(trace, 0) == 14
    assert departure(trace, 1) == 30 + 50 + 2 + 1


def test_a_lag_of_what_waits_counts_from_the_end_of_the_other() -> None:
    trains = Trains((10, 5))
    trains.consignment(1)
    trains.late = [
        Late(3, 3 + LOAD_BOX, LOAD, gathers=True, lag=4),
        Late(3, 3 + LEAVE, DEPART, lag=7),
    ]
    trace = trains.run()
    assert trace.ready[LOAD] == 11 + 4
    assert trace.ready[3 + LEAVE] == 18 + 7


def test_a_conveyance_without_the_step_gathers_nothing() -> None:
    """The second train has no step to load: who boards it is loaded, and holds up nobody."""
    tasks = [
        Task(0, 0, earliest=10, offers=((0, 1),)),
        Task(0, 2, after=(0,)),
        Task(1, 0, earliest=20, offers=((0, 1),)),
        Task(2, 0, SLOT, earliest=15, returned=()),
        Task(2, 5, after=(3,)),
    ]
    plan = make_plan(tasks, [slots("places")], conveyances=2, late=[Late(3, 4, 1, gathers=True)])
    trace = simulate(plan)
    audit(plan, trace)
    assert trace.end.tolist() == [10, 12, 20, 20, 25]
    assert trace.boarded.tolist() == [NEVER, NEVER, NEVER, 1, NEVER]


def test_who_is_ready_at_the_cut_off_by_a_step_without_work_still_boards() -> None:
    """The crane is granted at the very instant of the cut-off and takes no time."""
    trains = Trains((10, 5))
    case = trains.trains
    trains.tasks += [
        Task(case, 10, CRANE),
        Task(case + 1, 0, CRANE, earliest=1),
        Task(case + 1, 0, SLOT, after=(4,), returned=()),
    ]
    trace = trains.run(cranes=1)
    assert trace.end.tolist()[3:] == [10, 10, 10]
    assert trace.boarded[5] == 0


def test_two_kinds_of_slots_are_offered_at_once() -> None:
    places, reefers = ((0, 1),), ((1, 1),)
    tasks = [
        Task(0, 0, earliest=10, offers=((0, 2), (1, 1))),
        *(Task(1 + number, 0, places, returned=()) for number in range(3)),
        *(Task(4 + number, 0, reefers, returned=()) for number in range(2)),
    ]
    plan = make_plan(tasks, [slots("places"), slots("reefers")], conveyances=1)
    trace = simulate(plan)
    audit(plan, trace)
    assert trace.boarded.tolist() == [NEVER, 0, 0, NEVER, 0, NEVER]


def test_a_train_that_offers_twice_fills_up_the_second_time() -> None:
    tasks = [
        Task(0, 0, earliest=10, offers=((0, 1),)),
        Task(0, 5, after=(0,)),
        Task(0, 0, after=(1,), offers=((0, 1),)),
        *(Task(1 + number, 0, SLOT, earliest=number, returned=()) for number in range(3)),
    ]
    plan = make_plan(tasks, [slots("places")], conveyances=1)
    trace = simulate(plan)
    audit(plan, trace)
    assert trace.start[3:].tolist() == [10, 15, NEVER]


Ready = st.lists(st.integers(0, 9), min_size=1, max_size=3)


@st.composite
def small_plans(draw: st.DrawFn) -> Plan:
    """Up to three trains and four consignments that share one or two cranes."""
    cut_offs = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=3))
    trains = Trains(*cut_offs)
    for ready in draw(st.lists(Ready, min_size=1, max_size=4)):
        trains.consignment(
            *ready,
            load=draw(st.integers(0, 4)),
            work=draw(st.integers(0, 2)),
            priority=draw(st.integers(3, 4)),
            fetch=draw(st.none() | st.integers(0, 3)),
        )
    return trains.plan(cranes=draw(st.integers(1, 2)))


@given(small_plans())
@settings(deadline=None)
def test_boarding_agrees_with_a_naive_walk(plan: Plan) -> None:
    trace = simulate(plan)
    audit(plan, trace)
    naive = NaiveWalk(plan, until=120)
    assert trace.boarded.tolist() == naive.boarded
    assert trace.start.tolist() == naive.start
    assert trace.end.tolist() == naive.end


@given(small_plans())
def test_nobody_boards_late_and_no_slot_is_spared_for_nobody(plan: Plan) -> None:
    """A conveyance leaves slots empty only if nobody waited for them."""
    trace = simulate(plan)
    for offering in [a for a in range(plan.activities) if plan.offered[a] >= 0]:
        time = trace.end[offering]
        ((_, offered),) = plan.offers[plan.offered[offering]]
        took = sum(trace.boarded == plan.case[offering])
        was_ready = (trace.ready != NEVER) & (trace.ready <= time)
        had_not_begun = (trace.start == NEVER) | (trace.start > time)
        boards = (plan.request >= 0) & (plan.returned < 0)
        assert took == offered or not (boards & was_ready & had_not_begun).any()
