import pytest

from sim.clearance.graph import build_workflow, is_cross_reference
from sim.clearance.step import Step
from sim.scenario.errors import InputError
from tests.builders import step
from tests.graphs import chain, graph


def test_steps_stand_after_what_they_wait_for() -> None:
    shuffled = graph(step("c", "b"), step("a"), step("d", "c", "a"), step("b", "a"))
    assert list(shuffled.steps) == ["a", "b", "c", "d"]


def test_order_among_equals_is_that_of_the_file() -> None:
    assert list(graph(step("z"), step("y"), step("a", "z", "y")).steps) == ["z", "y", "a"]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        pytest.param(
            [step("a"), step("b", "a", "d"), step("c", "b"), step("d", "c")],
            "workflows.w: steps wait for each other in a circle: b → d → c → b",
            id="circle of three",
        ),
        pytest.param(
            [step("a", "a")],
            "workflows.w: steps wait for each other in a circle: a → a",
            id="waits for itself",
        ),
        pytest.param(
            [step("release"), step("b", "relaese")],
            "workflows.w: step 'b': unknown predecessor 'relaese'; allowed: b, release; "
            "did you mean 'release'?",
            id="misspelt predecessor",
        ),
    ],
)
def test_unsound_graphs_are_refused(steps: list[Step], message: str) -> None:
    with pytest.raises(InputError) as caught:
        graph(*steps)
    assert str(caught.value) == message


def test_a_step_that_nothing_starts_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        graph(step("a"), step("b", trigger=None))
    assert str(caught.value) == (
        "workflows.w: nothing starts step 'b'; it needs 'after' or a 'trigger'"
    )


def test_waiting_for_a_step_a_reform_took_names_the_reform() -> None:
    with pytest.raises(InputError) as caught:
        build_workflow("w", [step("a"), step("b", "x")], {"x": "reform 'r' cancelled it"}, "here")
    assert str(caught.value) == "here: step 'b' waits for 'x': reform 'r' cancelled it"


@pytest.mark.parametrize(
    ("name", "gone", "message"),
    [
        pytest.param(
            "x",
            {"x": "reform 'r' merged it into 'm'"},
            "here: step 'x' is no longer there: reform 'r' merged it into 'm'",
            id="gone",
        ),
        pytest.param(
            "declar",
            {},
            "here: unknown step of w 'declar'; allowed: declare; did you mean 'declare'?",
            id="misspelt",
        ),
        pytest.param("q", {}, "here: unknown step of w 'q'; allowed: declare", id="nothing near"),
    ],
)
def test_asking_for_a_step_that_is_not_there(name: str, gone: dict[str, str], message: str) -> None:
    workflow = build_workflow("w", [step("declare")], gone)
    with pytest.raises(InputError) as caught:
        workflow.step(name, "here")
    assert str(caught.value) == message


def test_a_workflow_cannot_be_written_to() -> None:
    workflow = chain("ab")
    with pytest.raises(TypeError):
        workflow.steps["c"] = step("c", "b")  # type: ignore[index]


def test_surroundings_of_a_group() -> None:
    workflow = graph(
        step("o"), step("p"), step("a", "o", "p"), step("b", "a"), step("c", "a"), step("z", "b")
    )
    assert workflow.external_predecessors(["a", "b"]) == ("o", "p")
    assert workflow.external_successors(["a", "b"]) == ("z",)
    assert workflow.heads(["b", "c"]) == ["b", "c"]
    assert workflow.tails(["a", "b", "c"]) == {"b", "c"}


@pytest.mark.parametrize(
    ("name", "crosses"), [("vessel_call.rig_cranes", True), ("rig_cranes", False)]
)
def test_cross_references_have_a_dot(name: str, crosses: bool) -> None:
    assert is_cross_reference(name) is crosses


def test_a_cross_reference_starts_a_step() -> None:
    assert graph(step("a", "vessel_call.rig_cranes")).steps["a"].after == (
        "vessel_call.rig_cranes",
    )
