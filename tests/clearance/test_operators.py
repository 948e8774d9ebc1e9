"""What operators make of a graph: who then waits for whom."""

from typing import Any

import pytest

from sim.clearance.graph import Workflow
from tests.builders import step
from tests.clearance.operators import (
    MERGED,
    TRIGGER,
    add,
    diamond,
    merge,
    move,
    parallelise,
    rewritten,
)
from tests.graphs import chain, graph, predecessors

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


def test_move_sets_the_trigger_of_the_first_only() -> None:
    after = rewritten(chain("abcd"), move("b", "c", trigger=TRIGGER))
    assert after.steps["b"].trigger is not None
    assert after.steps["b"].trigger.ahead
    assert after.steps["c"].trigger is None


def test_added_step_has_luck_of_its_own() -> None:
    assert rewritten(chain("a"), add("n", "a")).steps["n"].origin == "w.n"
