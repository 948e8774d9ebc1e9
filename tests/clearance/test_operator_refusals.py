"""What operators cannot do, in one line each."""

from typing import Any

import pytest

from sim.clearance.graph import Workflow
from sim.scenario.errors import InputError
from tests.builders import step
from tests.clearance.operators import MERGED, add, merge, move, parallelise, rewritten
from tests.graphs import chain, graph


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
