from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.graph import Workflow
from sim.clearance.operators import apply_operator
from sim.scenario.errors import InputError
from tests.builders import (
    ASSUMED,
    LABEL,
    chain,
    constant,
    graph,
    operator,
    predecessors,
    spec,
    step,
)

MERGED = {"label": LABEL, "party": "joint", **ASSUMED}
TRIGGER = {"arrival_offset": constant(5.0), "ahead": True}


def rewritten(workflow: Workflow, content: dict[str, Any]) -> Workflow:
    return apply_operator(workflow, operator(**content), "r", "here")


def diamond() -> Workflow:
    return graph(step("a"), step("b", "a"), step("c", "a"), step("d", "b", "c"))


def merge(*steps: str, **to: Any) -> dict[str, Any]:
    return {"merge": {"steps": steps, "into": "m", "to": {**MERGED, **to}}}


def move(*steps: str, **where: Any) -> dict[str, Any]:
    return {"move": {"steps": steps, **where}}


def parallelise(*branches: str) -> dict[str, Any]:
    return {"parallelise": {"branches": [list(branch) for branch in branches]}}


def add(name: str, *after: str, before: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"add": {"step": name, "spec": spec(*after), "before": before}}


WITH_OWN_NEED = (step("o"), step("p"), step("a", "o"), step("b", "a", "p"), step("z", "b"))


@pytest.mark.parametrize(
    ("workflow", "content", "expected"),
    [
        pytest.param(
            chain("abc"),
            {"cancel": {"steps": ["b"]}},
            {"a": "", "c": "a"},
            id="cancel: one in a chain",
        ),
        pytest.param(
            chain("abcd"),
            {"cancel": {"steps": ["b", "c"]}},
            {"a": "", "d": "a"},
            id="cancel: two in a row",
        ),
        pytest.param(
            chain("abcd"),
            {"cancel": {"steps": ["c", "b"]}},
            {"a": "", "d": "a"},
            id="cancel: two in a row, last first",
        ),
        pytest.param(
            diamond(),
            {"cancel": {"steps": ["b"]}},
            {"a": "", "c": "a", "d": "ac"},
            id="cancel: one branch",
        ),
        pytest.param(
            diamond(),
            {"cancel": {"steps": ["d"]}},
            {"a": "", "b": "a", "c": "a"},
            id="cancel: the end",
        ),
        pytest.param(
            chain("abcd"), merge("b", "c"), {"a": "", "m": "a", "d": "m"}, id="merge: neighbours"
        ),
        pytest.param(
            chain("abcd"),
            merge("c", "b"),
            {"a": "", "m": "a", "d": "m"},
            id="merge: neighbours, last first",
        ),
        pytest.param(
            chain("abcd"),
            {"merge": {"steps": ["b", "c"], "into": "c", "to": MERGED}},
            {"a": "", "c": "a", "d": "c"},
            id="merge: under the name of a part",
        ),
        pytest.param(
            diamond(), merge("b", "c"), {"a": "", "m": "a", "d": "m"}, id="merge: branches"
        ),
        pytest.param(
            graph(
                step("a"), step("x"), step("b", "a"), step("c", "x"), step("d", "b"), step("e", "c")
            ),
            merge("b", "c"),
            {"a": "", "x": "", "m": "ax", "d": "m", "e": "m"},
            id="merge: of two chains",
        ),
        pytest.param(
            chain("abcd"),
            move("c", after=["a"]),
            {"a": "", "b": "a", "c": "a", "d": "c"},
            id="move: after",
        ),
        pytest.param(
            chain("abcde"),
            move("b", after=["c"], before=["e"]),
            {"a": "", "c": "a", "b": "c", "d": "c", "e": "bd"},
            id="move: after and before",
        ),
        pytest.param(
            chain("abcde"),
            move("b", "c", after=["d"], before=["e"]),
            {"a": "", "d": "a", "b": "d", "c": "b", "e": "cd"},
            id="move: a group keeps its order",
        ),
        pytest.param(
            chain("abc"),
            move("b", trigger=TRIGGER),
            {"a": "", "b": "", "c": "b"},
            id="move: past the arrival",
        ),
        pytest.param(
            chain("abc"),
            move("c", after=["a"], trigger=TRIGGER),
            {"a": "", "b": "a", "c": "a"},
            id="move: after and not before a time",
        ),
        pytest.param(
            chain("abc"),
            move("b", after=["vessel_call.berth"]),
            {"a": "", "b": ["vessel_call.berth"], "c": "b"},
            id="move: after a step of the conveyance",
        ),
        pytest.param(
            chain("oabz"),
            parallelise("a", "b"),
            {"o": "", "a": "o", "b": "o", "z": "ab"},
            id="parallelise: two steps",
        ),
        pytest.param(
            chain("oabcdz"),
            parallelise("ab", "cd"),
            {"o": "", "a": "o", "b": "a", "c": "o", "d": "c", "z": "bd"},
            id="parallelise: two branches of two",
        ),
        pytest.param(
            graph(*WITH_OWN_NEED),
            parallelise("a", "b"),
            {"o": "", "p": "", "a": "o", "b": "op", "z": "apb"},
            id="parallelise: keeps what only one branch needs",
        ),
        pytest.param(
            chain("oabcz"),
            parallelise("a", "b", "c"),
            {"o": "", "a": "o", "b": "o", "c": "o", "z": "abc"},
            id="parallelise: three branches",
        ),
        pytest.param(
            chain("oaxbz"),
            parallelise("a", "b"),
            {"o": "", "a": "o", "x": "a", "b": "o", "z": "bx"},
            id="parallelise: a step between them stays in front of what follows",
        ),
        pytest.param(
            chain("ab"),
            {"set": {"step": "b", "to": {"visits": 0}}},
            {"a": "", "b": "a"},
            id="set: no edges",
        ),
        pytest.param(chain("ab"), add("n", "a"), {"a": "", "b": "a", "n": "a"}, id="add: a leaf"),
        pytest.param(
            chain("abc"),
            add("n", "a", before=("c",)),
            {"a": "", "b": "a", "n": "a", "c": "bn"},
            id="add: between",
        ),
    ],
)
def test_operator_leaves_these_predecessors(
    workflow: Workflow, content: dict[str, Any], expected: dict[str, Any]
) -> None:
    before = predecessors(workflow)
    after = rewritten(workflow, content)
    assert predecessors(after) == {name: set(names) for name, names in expected.items()}
    assert predecessors(workflow) == before


@pytest.mark.parametrize(
    ("workflow", "content", "message"),
    [
        pytest.param(
            chain("ab"),
            {"cancel": {"steps": ["a"]}},
            "here: nothing starts step 'b'; it needs 'after' or a 'trigger'",
            id="cancel: the start",
        ),
        pytest.param(
            graph(step("declare"), step("review", "declare")),
            {"cancel": {"steps": ["reviews"]}},
            "here: unknown step of w 'reviews'; allowed: declare, review; did you mean 'review'?",
            id="cancel: misspelt",
        ),
        pytest.param(
            chain("abcd"),
            merge("b", "d"),
            "here: steps wait for each other in a circle: m → c → m",
            id="merge: around a step between",
        ),
        pytest.param(
            chain("abc"),
            {"merge": {"steps": ["a", "b"], "into": "c", "to": MERGED}},
            "here.into: there is already a step 'c'",
            id="merge: into a name in use",
        ),
        pytest.param(
            graph(step("a"), step("b", "a", per="container")),
            merge("a", "b"),
            "here.steps: some are per case and some per container",
            id="merge: case with container",
        ),
        pytest.param(
            chain("ab"),
            move("b", after=["c"]),
            "here: step 'b': unknown predecessor 'c'; allowed: a, b",
            id="move: after nothing known",
        ),
        pytest.param(
            chain("ab"),
            move("b", after=["a"], before=["c"]),
            "here: unknown step of w 'c'; allowed: a, b",
            id="move: before nothing known",
        ),
        pytest.param(
            chain("abc"),
            move("a", after=["c"]),
            "here: steps wait for each other in a circle: a → c → b → a",
            id="move: behind its own followers",
        ),
        pytest.param(
            chain("abc"),
            parallelise("a", "x"),
            "here: unknown step of w 'x'; allowed: a, b, c",
            id="parallelise: unknown",
        ),
        pytest.param(
            chain("a"),
            {"set": {"step": "b", "to": {"visits": 0}}},
            "here: unknown step of w 'b'; allowed: a",
            id="set: unknown",
        ),
        pytest.param(
            chain("ab"), add("b", "a"), "here.step: there is already a step 'b'", id="add: in use"
        ),
        pytest.param(
            chain("a"),
            add("n", "x"),
            "here: unknown step of w 'x'; allowed: a",
            id="add: after nothing known",
        ),
        pytest.param(
            chain("a"),
            add("n"),
            "here: nothing starts step 'n'; it needs 'after' or a 'trigger'",
            id="add: nothing starts it",
        ),
        pytest.param(
            chain("a"),
            add("n", "a", before=("x",)),
            "here: unknown step of w 'x'; allowed: a",
            id="add: before nothing known",
        ),
        pytest.param(
            chain("ab"),
            add("n", "b", before=("a",)),
            "here: steps wait for each other in a circle: a → n → b → a",
            id="add: a circle",
        ),
    ],
)
def test_operator_that_does_not_fit_says_why(
    workflow: Workflow, content: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        rewritten(workflow, content)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("first", "then", "message"),
    [
        pytest.param(
            {"cancel": {"steps": ["b"]}},
            {"set": {"step": "b", "to": {"visits": 0}}},
            "here: step 'b' is no longer there: reform 'r' cancelled it",
            id="cancelled",
        ),
        pytest.param(
            merge("b", "c"),
            {"cancel": {"steps": ["c"]}},
            "here: step 'c' is no longer there: reform 'r' merged it into 'm'",
            id="merged",
        ),
        pytest.param(
            {"cancel": {"steps": ["b"]}},
            move("c", after=["b"]),
            "here: step 'c' waits for 'b': reform 'r' cancelled it",
            id="waits for one cancelled",
        ),
    ],
)
def test_a_step_already_gone_names_the_reform_that_took_it(
    first: dict[str, Any], then: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        rewritten(rewritten(chain("abcd"), first), then)
    assert str(caught.value) == message


NEEDING = (step("a"), step("x"), step("b", "a", needs=["x"]), step("c", "b"), step("d", "c"))


@pytest.mark.parametrize(
    ("content", "name", "after", "needs"),
    [
        pytest.param(move("b", after=["c"], before=["d"]), "b", ("c",), ("x",), id="moved"),
        pytest.param(merge("b", "c"), "m", ("a",), ("x",), id="merged"),
        pytest.param({"cancel": {"steps": ["x"]}}, "b", ("a",), (), id="of one cancelled"),
        pytest.param({"cancel": {"steps": ["b"]}}, "c", ("a",), (), id="not by its followers"),
    ],
)
def test_what_a_step_needs_stays_with_it(
    content: dict[str, Any], name: str, after: tuple[str, ...], needs: tuple[str, ...]
) -> None:
    rewired = rewritten(graph(*NEEDING), content).steps[name]
    assert (rewired.after, rewired.needs) == (after, needs)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"cancel": {"steps": ["b", "b"]}}, id="cancel"),
        pytest.param(merge("b", "b"), id="merge"),
    ],
)
def test_a_step_named_twice_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="twice"):
        rewritten(chain("abc"), content)


def test_move_sets_the_trigger_of_the_first_only() -> None:
    after = rewritten(chain("abcd"), move("b", "c", trigger=TRIGGER))
    assert after.steps["b"].trigger is not None
    assert after.steps["b"].trigger.ahead
    assert after.steps["c"].trigger is None


def test_added_step_has_luck_of_its_own() -> None:
    assert rewritten(chain("a"), add("n", "a")).steps["n"].origin == "w.n"


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
