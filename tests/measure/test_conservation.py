"""The trace against what the engine counted: each of the counts catches what it is there for."""

from dataclasses import replace

import pytest

from sim.clearance.capacity import Capacity
from sim.engine.simulate import simulate
from sim.engine.tally import Tally
from sim.engine.trace import NEVER, Trace
from sim.measure.conservation import check_conservation
from sim.scenario.errors import InvariantError
from tests.builders import SHIPPED, column, replicated
from tests.engine.plans import Task, make_plan, pool

A = ((0, 1),)
# A conveyance and two consignments; the last one waits for the second from 5 to 9.
PLAN = make_plan(
    [Task(0, 5), Task(1, 4, A, after=(0,)), Task(2, 3, A, after=(0,)), Task(2, 1, after=(2,))],
    [pool("a", 1)],
    conveyances=1,
)


def honest() -> Trace:
    return simulate(PLAN)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_run_agrees_with_what_was_counted(name: str) -> None:
    check_conservation(replicated(name).plan, replicated(name).trace)


def test_the_counts_of_a_run() -> None:
    trace = honest()
    assert trace.start.tolist() == [0, 5, 9, 12]
    assert trace.tally == Tally(
        until=12, ended=4, joined_at=5 + 5, granted_at=5 + 9, released_at=9 + 12, free=(1,)
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"end": [5, 9, 12, NEVER]}, "activities ended: 4 in the run, 3 in its trace", id="ended"
        ),
        pytest.param(
            {"ready": [0, 5, 6, 12]},
            "activities came to a line: 10 s by the clock of the run, 11 s in its trace, all added "
            "up",
            id="line",
        ),
        pytest.param(
            {"start": [0, NEVER, 9, 12]},
            "activities were granted units: 14 s by the clock of the run, 9 s in its trace, all "
            "added up",
            id="granted",
        ),
        pytest.param(
            {"end": [5, 9, 13, 13]},
            "activities were done with units: 21 s by the clock of the run, 22 s in its trace, all "
            "added up",
            id="done",
        ),
    ],
)
def test_a_trace_that_is_not_what_happened(changes: dict[str, list[int]], message: str) -> None:
    columns = {name: column(*values) for name, values in changes.items()}
    with pytest.raises(InvariantError) as caught:
        check_conservation(PLAN, replace(honest(), **columns))
    assert str(caught.value) == message


def test_a_run_that_ends_with_a_shift() -> None:
    """The last ends at the instant in which the shift does; by then there is no unit left."""
    closing = Capacity(((0, 1), (5, 0)))
    plan = make_plan([Task(0, 5, A)], [pool("a", 1)], capacity=[closing])
    trace = simulate(plan)
    assert trace.tally is not None
    assert (trace.tally.until, trace.tally.free) == (5, (0,))
    check_conservation(plan, trace)


def test_a_unit_that_the_engine_lost() -> None:
    tally = honest().tally
    assert tally is not None
    with pytest.raises(InvariantError) as caught:
        check_conservation(PLAN, replace(honest(), tally=replace(tally, free=(0,))))
    assert str(caught.value) == "'a': 0 units free in the end, 1 by the trace"


def test_a_unit_that_a_case_never_gave_back() -> None:
    leaky = make_plan([Task(0, 5, A, returned=())], [pool("a", 1)])
    with pytest.raises(InvariantError) as caught:
        check_conservation(leaky, simulate(leaky))
    assert str(caught.value) == "case 0: left with 1 units of 'a'"


def test_a_run_that_is_given_up_agrees_too() -> None:
    """One waits for a unit the other never gives back; a third is at work for three years."""
    long = 3 * 365 * 86_400
    tasks = [
        Task(0, 5, A, returned=()),
        Task(0, 1, ((1, 1),), returned=((0, 1), (1, 1)), after=(0,)),
        Task(1, 4, A),
        Task(2, long, ((2, 1),)),
    ]
    plan = make_plan(tasks, [pool("a", 1), pool("b", 0), pool("c", 1)])
    trace = simulate(plan)
    assert (trace.start.tolist(), trace.end.tolist()) == ([0, NEVER, NEVER, 0], [5] + [NEVER] * 3)
    assert trace.tally is not None
    assert trace.tally.free == (0, 0, 0)
    check_conservation(plan, trace)
