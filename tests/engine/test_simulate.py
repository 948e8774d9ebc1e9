"""The engine on small plans whose trace is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.capacity import OpenTime
from sim.clearance.plan import Plan
from sim.engine.simulate import simulate
from sim.engine.trace import NEVER
from sim.measure.audit import audit
from tests.engine.plans import ALWAYS, Task, make_plan, pool

HOUR = 3600
DAYTIME = OpenTime(
    tuple((day * 24 * HOUR + 8 * HOUR, day * 24 * HOUR + 17 * HOUR) for day in range(7))
)
A, B = ((0, 1),), ((1, 1),)
BOTH = ((0, 1), (1, 1))


def run(plan: Plan) -> list[tuple[int, int, int]]:
    trace = simulate(plan)
    if not trace.unfinished:
        audit(plan, trace)
    return list(zip(trace.ready.tolist(), trace.start.tolist(), trace.end.tolist(), strict=True))


def test_chain_of_delays_with_lag():
    tasks = [Task(0, 5, earliest=10), Task(0, 7, after=(0,), lag=3)]
    assert run(make_plan(tasks, [])) == [(10, 10, 15), (18, 18, 25)]


def test_join_waits_for_the_last():
    tasks = [Task(0, 5), Task(0, 9), Task(0, 1, after=(0, 1))]
    assert run(make_plan(tasks, []))[2] == (9, 9, 10)


def test_delay_in_working_hours():
    tasks = [Task(0, 2 * HOUR, earliest=16 * HOUR, calendar=0)]
    assert run(make_plan(tasks, [], [DAYTIME]))[0][2] == 33 * HOUR


def test_first_come_first_served():
    tasks = [Task(0, 10, A, earliest=2), Task(1, 10, A, earliest=1), Task(2, 10, A, earliest=3)]
    starts = [start for _, start, _ in run(make_plan(tasks, [pool("a", 1)]))]
    assert starts == [11, 1, 21]


def test_ties_go_by_priority_then_case():
    tasks = [Task(0, 10, A), Task(1, 10, A), Task(2, 10, A, priority=1)]
    starts = [start for _, start, _ in run(make_plan(tasks, [pool("a", 1)]))]
    assert starts == [10, 20, 0]


def test_ends_are_applied_before_starts():
    tasks = [Task(0, 10, A), Task(1, 10, A, earliest=10, priority=0), Task(2, 10, A, earliest=5)]
    starts = [start for _, start, _ in run(make_plan(tasks, [pool("a", 1)]))]
    assert starts == [0, 10, 20]


def test_joint_request_is_granted_at_once_or_not_at_all():
    tasks = [Task(0, 10, A), Task(1, 4, B), Task(2, 5, BOTH, earliest=1), Task(3, 3, B, earliest=2)]
    plan = make_plan(tasks, [pool("a", 1), pool("b", 1)])
    assert [start for _, start, _ in run(plan)] == [0, 0, 10, 15]


def test_greedy_pool_lets_whoever_fits_go():
    tasks = [Task(0, 10, A), Task(1, 4, B), Task(2, 5, BOTH, earliest=1), Task(3, 3, B, earliest=2)]
    plan = make_plan(tasks, [pool("a", 1, "greedy"), pool("b", 1, "greedy")])
    assert [start for _, start, _ in run(plan)] == [0, 0, 10, 4]


def test_strict_pool_spares_what_is_left_over():
    tasks = [Task(0, 10, A), Task(1, 5, BOTH, earliest=1), Task(2, 3, B, earliest=2)]
    plan = make_plan(tasks, [pool("a", 1), pool("b", 2)])
    assert [start for _, start, _ in run(plan)] == [0, 10, 2]


def test_units_held_across_activities():
    tasks = [
        Task(0, 5, A, returned=()),
        Task(0, 5, after=(0,), returned=A),
        Task(1, 5, A, earliest=1),
    ]
    assert run(make_plan(tasks, [pool("a", 1)]))[2] == (1, 10, 15)


@pytest.mark.parametrize(
    ("end_of_shift", "end"), [("finish", 19 * HOUR), ("suspend", 24 * HOUR + 10 * HOUR)]
)
def test_end_of_shift(end_of_shift, end):
    tasks = [Task(0, 3 * HOUR, A, earliest=16 * HOUR), Task(1, HOUR, A, earliest=18 * HOUR)]
    plan = make_plan(tasks, [pool("a", 1, end_of_shift=end_of_shift)], [DAYTIME])
    first, second = run(plan)
    assert first[2] == end
    assert second[1] == max(end, 24 * HOUR + 8 * HOUR)


def test_nobody_starts_after_hours():
    tasks = [Task(0, HOUR, A, earliest=17 * HOUR)]
    assert run(make_plan(tasks, [pool("a", 1)], [DAYTIME]))[0][1] == 32 * HOUR


def test_joint_request_waits_for_common_hours():
    tasks = [Task(0, HOUR, BOTH)]
    late = OpenTime(tuple((start + 4 * HOUR, end) for start, end in DAYTIME.weekly))
    plan = make_plan(tasks, [pool("a", 1), pool("b", 1)], [DAYTIME, late], [0, 1])
    assert run(plan)[0][1] == 12 * HOUR


@pytest.mark.parametrize("own", [0, 3, 20], ids=["before", "with", "after the vessel"])
def test_consignment_enters_before_with_or_after_what_it_waits_for(own):
    tasks = [
        Task(0, 5, A, earliest=3),
        Task(1, 1, earliest=own),
        Task(1, 4, after=(0,), lag=2),
        Task(1, 1, B, after=(1, 2)),
    ]
    plan = make_plan(tasks, [pool("a", 1), pool("b", 1)], conveyances=1)
    ready = max(14, own + 1)
    assert run(plan) == [
        (3, 3, 8),
        (own, own, own + 1),
        (10, 10, 14),
        (ready, ready, ready + 1),
    ]
    assert simulate(plan).unfinished == 0


def test_pool_without_staff_leaves_work_undone():
    tasks = [Task(0, 1, A), Task(1, 1, B), Task(1, 1, after=(1,))]
    trace = simulate(make_plan(tasks, [pool("a", 0), pool("b", 1)]))
    assert trace.unfinished == 1
    assert trace.end.tolist() == [NEVER, 1, 2]


def random_tasks() -> st.SearchStrategy[list[Task]]:
    demand = st.sampled_from([(), A, B, BOTH, ((0, 2),), ((0, 2), (1, 1))])
    task = st.builds(
        Task,
        case=st.just(0),
        work=st.integers(0, 20),
        request=demand,
        earliest=st.integers(0, 30),
        priority=st.integers(3, 4),
    )
    return st.lists(task, min_size=1, max_size=14).map(
        lambda tasks: [replace(task, case=number) for number, task in enumerate(tasks)]
    )


def brute_force(plan: Plan, disciplines: list[str]) -> list[int]:
    """Starts by a naive walk through all instants and all waiting activities."""
    starts = [NEVER] * plan.activities
    demand = [dict(plan.requests[r].demand) if r >= 0 else {} for r in plan.request.tolist()]
    priority = [plan.steps[number].priority for number in plan.step.tolist()]
    now = 0
    while NEVER in starts:
        running = [
            a for a in range(plan.activities)
            if starts[a] != NEVER and starts[a] + plan.work[a] > now
        ]  # fmt: skip
        left = [
            p.capacity - sum(demand[a].get(number, 0) for a in running)
            for number, p in enumerate(plan.pools)
        ]
        waiting = sorted(
            (priority[a], int(plan.earliest[a]), a)
            for a in range(plan.activities)
            if starts[a] == NEVER and plan.earliest[a] <= now
        )
        instant = False
        for _, _, a in waiting:
            if all(left[p] >= n for p, n in demand[a].items()):
                starts[a] = now
                instant |= bool(plan.work[a] == 0)
                for p, n in demand[a].items():
                    left[p] -= n
            else:
                for p, n in demand[a].items():
                    if disciplines[p] == "strict":
                        left[p] = max(0, left[p] - n)
        now += not instant
    return starts


@given(random_tasks(), st.sampled_from(["strict", "greedy"]), st.sampled_from(["strict", "greedy"]))
def test_grants_agree_with_a_naive_walk(tasks, first, second):
    plan = make_plan(tasks, [pool("a", 2, first), pool("b", 1, second)])
    starts = [start for _, start, _ in run(plan)]
    assert starts == brute_force(plan, [first, second])


@given(random_tasks(), st.randoms(use_true_random=False))
def test_order_of_cases_in_time_not_in_the_plan_decides(tasks, random):
    """Activities that become ready at different times fare the same wherever they are listed."""
    spread = [replace(task, earliest=3 * number) for number, task in enumerate(tasks)]
    shuffled = random.sample(range(len(spread)), len(spread))
    pools = [pool("a", 2), pool("b", 1)]
    straight = run(make_plan(spread, pools, [ALWAYS]))
    other = run(
        make_plan([replace(spread[old], case=new) for new, old in enumerate(shuffled)], pools)
    )
    assert [straight[old] for old in shuffled] == other


def test_equal_plans_give_equal_traces():
    tasks = [Task(case, 3 + case % 4, BOTH, earliest=case // 2) for case in range(40)]
    pools = [pool("a", 2), pool("b", 3)]
    assert run(make_plan(tasks, pools)) == run(make_plan(tasks, pools))
