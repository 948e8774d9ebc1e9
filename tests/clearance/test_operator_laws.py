"""What operators leave as it is on any graph."""

from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.graph import Workflow
from sim.scenario.errors import InputError
from tests.builders import step
from tests.clearance.operators import merge, parallelise, rewritten
from tests.graphs import graph, predecessors


@st.composite
def random_graphs(draw: st.DrawFn) -> Workflow:
    names = "abcdefgh"[: draw(st.integers(3, 8))]
    steps = [step(names[0])]
    for number, name in enumerate(names[1:], start=1):
        earlier = st.sets(st.sampled_from(names[:number]), min_size=1)
        steps.append(step(name, *sorted(draw(earlier))))
    return graph(*steps)


def ancestors(workflow: Workflow) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, one in workflow.steps.items():
        found[name] = set(one.after).union(*(found[before] for before in one.after))
    return found


@given(st.data(), random_graphs())
def test_cancelling_keeps_who_comes_before_whom(data: st.DataObject, workflow: Workflow) -> None:
    names = list(workflow.steps)[1:]
    gone = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    before, edges = ancestors(workflow), predecessors(workflow)
    after = ancestors(rewritten(workflow, {"cancel": {"steps": gone}}))
    assert after == {
        name: earlier - set(gone) for name, earlier in before.items() if name not in gone
    }
    assert predecessors(workflow) == edges


@given(st.data(), random_graphs())
def test_a_merged_step_waits_for_all_and_all_wait_for_it(
    data: st.DataObject, workflow: Workflow
) -> None:
    parts = data.draw(
        st.lists(st.sampled_from(list(workflow.steps)), min_size=2, max_size=3, unique=True)
    )
    edges = predecessors(workflow)
    try:
        after = predecessors(rewritten(workflow, merge(*parts)))
    except InputError as error:
        assert "circle" in str(error) or "nothing starts" in str(error)
        return
    inside = set(parts)
    assert after.pop("m") == set().union(*(edges[part] for part in parts)) - inside
    assert after == {
        name: before - inside | ({"m"} if before & inside else set())
        for name, before in edges.items()
        if name not in inside
    }
    assert predecessors(workflow) == edges


@given(st.data(), random_graphs())
def test_parallel_steps_do_not_wait_for_each_other(data: st.DataObject, workflow: Workflow) -> None:
    second = data.draw(st.sampled_from(list(workflow.steps)[1:]))
    first = data.draw(st.sampled_from(sorted(workflow.steps[second].after)))
    if not workflow.steps[first].after:
        return
    before = ancestors(workflow)
    after = ancestors(rewritten(workflow, parallelise(first, second)))
    assert first not in after[second]
    followers = [name for name, earlier in before.items() if second in earlier]
    assert all({first, second} <= after[name] for name in followers)
