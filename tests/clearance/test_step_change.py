"""Fields of steps replaced, multiplied and limited, of plain steps and of merged ones."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.clearance.graph import Workflow
from sim.clearance.operators import apply_operator
from sim.clearance.step import Step
from sim.clearance.work import times_sent_back, work_ticks
from sim.scenario.errors import InputError
from sim.scenario.workflow import Rework
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, LABEL, Data, constant, step
from tests.graphs import chain, graph, operator

ENTITIES = np.arange(400, dtype=np.int64)
DRAWS = Draws(1, 0)
BOTH = {"customs_selected": True, "quarantine_selected": True}
ONE = {"customs_selected": True, "quarantine_selected": False}
REWORK = {
    "label": LABEL,
    "probability": 0.1,
    "most": 2,
    "correction": constant(3.0),
    "hours": "office",
    **ASSUMED,
}
FACTORS = st.floats(0.1, 3.0)
COUNTS = ("documents", "data_items", "visits")
LIMITS = st.dictionaries(st.sampled_from(COUNTS), st.integers(0, 9), min_size=1)


def rewritten(workflow: Workflow, *contents: Data) -> Workflow:
    for content in contents:
        workflow = apply_operator(workflow, operator(**content), "r", "here")
    return workflow


def change(*names: str, **to: Any) -> Data:
    which = {"step": names[0]} if len(names) == 1 else {"steps": list(names)}
    return {"set": {**which, "to": to}}


def times(name: str, **factors: float) -> Data:
    return change(name, times={**factors, **ASSUMED})


def joined(**to: Any) -> Data:
    own = {"label": LABEL, "party": "joint", "work": "sum", **ASSUMED, **to}
    return {"merge": {"steps": ["q", "c"], "into": "m", "to": own}}


def pair(**fields: Any) -> Workflow:
    """Two steps of unlike agencies side by side, with papers and a rework each."""
    long = {"dist": "lognormal", "mean": 2.0, "cv": 1.0, **ASSUMED}
    common = {"duration": long, "documents": 5, "data_items": 7, "visits": 1, "rework": REWORK}
    return graph(
        step("a"),
        step("q", "a", when=["quarantine_selected"], **{**common, **fields}),
        step("c", "a", when=["customs_selected"], **{**common, "documents": 3, **fields}),
    )


def met(workflow: Workflow, name: str, flags: dict[str, bool] = BOTH) -> Step:
    found = workflow.steps[name].concerning(flags)
    assert found is not None
    return found


def work(one: Step) -> NDArray[np.int64]:
    return work_ticks(one, 0, ENTITIES, ENTITIES, {}, DRAWS)


def rounding(factor: float) -> float:
    """Ticks between what is rounded and multiplied, and what is multiplied and rounded."""
    return 0.51 * (factor + 1)


def counts(one: Step) -> dict[str, int]:
    return {name: getattr(one, name) for name in COUNTS}


def refusal(workflow: Workflow, *contents: Data) -> str:
    with pytest.raises(InputError) as caught:
        rewritten(workflow, *contents)
    return str(caught.value)


def test_set_replaces_the_fields_it_names_and_no_others() -> None:
    workflow = graph(step("a", uses={"x": 2}, visits=3, documents=4, priority=5))
    to = {"uses": {"z": 1, "y": 2}, "visits": 0, "duration": constant(9.0), "when": ["trusted"]}
    changed = rewritten(workflow, {"set": {"step": "a", "to": to}}).steps["a"]
    assert changed.uses == (("y", 2), ("z", 1))
    assert (changed.visits, changed.documents, changed.priority) == (0, 4, 5)
    assert changed.when == ("trusted",)
    assert changed.duration.value == 9.0  # type: ignore[union-attr]
    assert workflow.steps["a"].visits == 3


def test_set_changes_who_does_a_step_and_what_it_is() -> None:
    workflow = graph(step("a"), step("n", "a"), step("b", "a", uses={"x": 1}))
    to = {
        "label": {"en": "Online", "zh": "网上"},
        "party": "port",
        "kind": "formality",
        "needs": ["n"],
        "by_appointment": {"y": 2},
        "examines": ["customs"],
    }
    changed = rewritten(workflow, {"set": {"step": "b", "to": to}}).steps["b"]
    assert (changed.label.en, changed.party, changed.kind) == ("Online", "port", "formality")
    assert changed.predecessors == ("a", "n")
    assert (changed.by_appointment, changed.examines) == ((("y", 2),), ("customs",))


def rework_set(workflow: Workflow, **change: Any) -> Rework | None:
    content = {"set": {"step": "a", "to": {"rework": {**change, **ASSUMED}}}}
    return rewritten(workflow, content).steps["a"].rework


def test_set_lays_fields_onto_a_rework() -> None:
    workflow = graph(step("a", rework=REWORK))
    found = rework_set(workflow, probability=0.02)
    assert found is not None
    assert (found.probability, found.most, found.hours) == (0.02, 2, "office")
    gone = rewritten(workflow, {"set": {"step": "a", "to": {"rework": None}}})
    assert gone.steps["a"].rework is None


def test_a_rework_that_is_not_there_is_given_whole() -> None:
    assert rework_set(graph(step("a")), **REWORK) == Rework.model_validate(REWORK)
    with pytest.raises(InputError) as caught:
        rework_set(graph(step("a")), label=LABEL, probability=0.02)
    assert str(caught.value) == ("here.to.rework.most: missing; step 'a' has no rework to change")


@given(FACTORS, FACTORS)
@settings(max_examples=25, deadline=None)
def test_factors_on_work_compose(one: float, other: float) -> None:
    twice = rewritten(pair(), times("q", duration=one), times("q", duration=other))
    expected = one * other * work(met(pair(), "q"))
    assert abs(work(met(twice, "q")) - expected).max() <= rounding(one * other)
    assert (work(met(twice, "c")) == work(met(pair(), "c"))).all()


@pytest.mark.parametrize("flags", [BOTH, ONE], ids=["both parts", "one part"])
@given(FACTORS)
@settings(max_examples=15, deadline=None)
def test_a_factor_on_a_merged_step_is_on_all_of_its_work(
    flags: dict[str, bool], factor: float
) -> None:
    merged = rewritten(pair(), joined(overhead_hours=0.5))
    changed = rewritten(merged, times("m", duration=factor))
    before, after = work(met(merged, "m", flags)), work(met(changed, "m", flags))
    assert abs(after - factor * before).max() <= rounding(factor)


def test_a_factor_applies_to_work_set_on_a_merged_step() -> None:
    found = rewritten(
        pair(), joined(), change("m", duration=constant(4.0)), times("m", duration=0.5)
    )
    assert {tuple(work(met(found, "m", flags))) for flags in (BOTH, ONE)} == {(7200,) * 400}


def test_a_limit_to_work_holds_for_work_that_is_multiplied() -> None:
    found = rewritten(pair(), change("q", at_most_hours=1.0), times("q", duration=1.5))
    expected = np.minimum(1.5 * work(met(pair(), "q")), 3600)
    assert abs(work(met(found, "q")) - expected).max() <= 1


@given(st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_a_factor_on_a_rework_sends_fewer_of_the_same_back(factor: float) -> None:
    merged = rewritten(pair(), joined())
    for before, name in ((pair(), "q"), (merged, "m")):
        after = rewritten(before, times(name, rework=factor))
        fewer = times_sent_back(met(after, name), ENTITIES, DRAWS)
        assert (fewer <= times_sent_back(met(before, name), ENTITIES, DRAWS)).all()
    rework = rewritten(pair(), times("q", rework=factor)).steps["q"].rework
    assert rework and rework.probability == pytest.approx(0.1 * factor)


def test_a_factor_on_a_merged_step_leaves_a_part_without_rework_without_one() -> None:
    merged = rewritten(pair(), change("c", rework=None), joined(), times("m", rework=2.0))
    assert [part.rework and part.rework.probability for part in merged.steps["m"].parts] == [
        0.2,
        None,
    ]


@given(LIMITS, LIMITS, st.sampled_from([BOTH, ONE]))
@settings(deadline=None)
def test_limits_never_raise_a_count_and_do_not_depend_on_their_order(
    one: dict[str, int], other: dict[str, int], flags: dict[str, bool]
) -> None:
    plain, merged = pair(), rewritten(pair(), joined(visits=2))
    for before, name in ((plain, "c"), (merged, "m")):
        limits = [change(name, at_most=one), change(name, at_most=other)]
        after = counts(met(rewritten(before, *limits), name, flags))
        assert after == counts(met(rewritten(before, *limits[::-1]), name, flags))
        for count, number in counts(met(before, name, flags)).items():
            assert after[count] == min(number, one.get(count, 99), other.get(count, 99))


def test_a_merged_step_has_the_sum_of_its_parts_within_a_limit() -> None:
    limited = joined(at_most={"documents": 6, "data_items": 20})
    whole = counts(met(rewritten(pair(), limited), "m"))
    assert whole == {"documents": 6, "data_items": 14, "visits": 2}
    paperless = rewritten(pair(), change("q", "c", documents=0), limited)
    assert met(paperless, "m").documents == 0
    assert met(rewritten(pair(), limited), "m", ONE).documents == 3


def test_what_is_set_later_holds_whatever_the_limit_was() -> None:
    found = rewritten(pair(), joined(at_most={"documents": 1}), change("m", documents=4))
    assert met(found, "m").documents == 4
    assert met(rewritten(found, change("m", at_most={"documents": 2})), "m").documents == 2


def test_several_steps_are_changed_as_each_would_be() -> None:
    to: Data = {"priority": 1, "times": {"duration": 0.5, **ASSUMED}, "at_most": {"visits": 0}}
    at_once = rewritten(pair(), change("q", "c", **to))
    assert at_once == rewritten(pair(), change("q", **to), change("c", **to))
    assert "unknown step of w 'x'" in refusal(pair(), change("q", "x", **to))


def boxes() -> Workflow:
    return graph(step("a"), step("unload", "a", duration={"attribute": "unload_hours"}))


@pytest.mark.parametrize(
    ("workflow", "contents", "message"),
    [
        pytest.param(
            boxes(),
            [times("unload", duration=0.5)],
            "here.to.times.duration: step 'unload' lasts as long as its boxes take; there is no "
            "draw to multiply",
            id="time of the cranes",
        ),
        pytest.param(
            chain("ab"),
            [times("b", rework=0.5)],
            "here.to.times.rework: step 'b' has no rework to multiply",
            id="no rework",
        ),
        pytest.param(
            pair(),
            [change("q", "c", rework=None), joined(), times("m", rework=0.5)],
            "here.to.times.rework: step 'm' has no rework to multiply",
            id="no part with a rework",
        ),
        pytest.param(
            pair(),
            [times("q", rework=20.0)],
            "here.to.times.rework: step 'q' would send cases back with a probability of 2",
            id="more often than always",
        ),
    ],
)
def test_what_cannot_be_multiplied_is_refused(
    workflow: Workflow, contents: Iterable[Data], message: str
) -> None:
    assert refusal(workflow, *contents) == message
