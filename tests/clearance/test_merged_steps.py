from typing import Any

import pytest

from sim.clearance.operators import apply_operator
from sim.clearance.step import Step, conditions_of, holds
from sim.clearance.work import work_ticks
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, LABEL, column, constant, step
from tests.graphs import graph, operator

BOTH = {"customs_selected": True, "quarantine_selected": True}
ONE = {"customs_selected": True, "quarantine_selected": False}
NONE = {"customs_selected": False, "quarantine_selected": False}


def merged_pair(
    first: dict[str, Any] | None = None, second: dict[str, Any] | None = None, **to: Any
) -> Step:
    """Merge an examination of quarantine with one of customs."""
    quarantine: dict[str, Any] = {
        "when": ["quarantine_selected"],
        "duration": constant(2.0),
        "uses": {"quarantine.examiners": 2, "crews": 1},
        "documents": 3,
        "data_items": 96,
        "visits": 1,
        "priority": 3,
        "milestones": ["examination"],
        "examines": ["quarantine"],
    }
    customs: dict[str, Any] = {
        "when": ["customs_selected"],
        "duration": constant(3.0),
        "uses": {"customs.examiners": 2, "crews": 2},
        "documents": 4,
        "data_items": 73,
        "visits": 2,
        "milestones": ["examination", "release"],
        "examines": ["customs"],
    }
    workflow = graph(
        step("a"),
        step("q", "a", **{**quarantine, **(first or {})}),
        step("c", "a", **{**customs, **(second or {})}),
        step("z", "q", "c"),
    )
    values = {"label": {"en": "Jointly", "zh": "联合"}, "party": "joint", **ASSUMED, **to}
    content = {"steps": ["q", "c"], "into": "m", "to": values}
    return apply_operator(workflow, operator(merge=content), "r", "here").steps["m"]


def as_met(merged: Step, flags: dict[str, bool]) -> Step:
    met = merged.concerning(flags)
    assert met is not None
    return met


def test_units_are_those_of_the_neediest_part() -> None:
    met = as_met(merged_pair(), BOTH)
    assert met.uses == (("crews", 2), ("customs.examiners", 2), ("quarantine.examiners", 2))


def test_priority_milestones_and_examinations_are_united() -> None:
    met = as_met(merged_pair(), BOTH)
    assert met.priority == 3
    assert met.milestones == ("examination", "release")
    assert met.examines == ("quarantine", "customs")


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        pytest.param({}, (7, 169, 3), id="sums of the parts"),
        pytest.param({"data_items": 105}, (7, 105, 3), id="one count of its own"),
        pytest.param({"documents": 6, "visits": 0}, (6, 169, 0), id="a count of nothing"),
    ],
)
def test_counts_are_its_own_or_the_sums(to: dict[str, Any], expected: tuple[int, ...]) -> None:
    met = as_met(merged_pair(**to), BOTH)
    assert (met.documents, met.data_items, met.visits) == expected


def test_a_case_that_one_part_concerns_meets_just_that_part() -> None:
    met = as_met(merged_pair(documents=6, data_items=105, visits=0, overhead_hours=1.0), ONE)
    assert met.name == "m"
    assert met.after == ("a",)
    assert met.origin == "w.c"
    assert met.party == "trader"
    assert (met.documents, met.data_items, met.visits) == (4, 73, 2)
    assert met.uses == (("crews", 2), ("customs.examiners", 2))
    assert met.merged is None


def test_a_case_that_no_part_concerns_does_not_meet_it() -> None:
    assert merged_pair().concerning(NONE) is None


def test_it_depends_on_the_flags_of_its_parts() -> None:
    assert conditions_of(merged_pair()) == {"customs_selected", "quarantine_selected"}


@pytest.mark.parametrize(
    ("work", "hours"),
    [("longest", 3.25), ("shortest", 2.25), ("sum", 5.25)],
)
def test_work_combines_that_of_the_parts(work: str, hours: float) -> None:
    met = as_met(merged_pair(work=work, overhead_hours=0.25), BOTH)
    ticks = work_ticks(met, 0, column(1, 2), column(0, 1), {}, Draws(1, 0))
    assert ticks.tolist() == [hours * 3600] * 2


def test_parts_keep_their_luck() -> None:
    long = {"duration": {"dist": "exponential", "mean": 2.0, **ASSUMED}}
    merged = merged_pair(long, long, work="sum")
    entities, draws = column(*range(50)), Draws(1, 0)

    def work(flags: dict[str, bool]) -> Any:
        return work_ticks(as_met(merged, flags), 0, entities, entities, {}, draws)

    quarantine = work({"customs_selected": False, "quarantine_selected": True})
    assert (abs(work(BOTH) - work(ONE) - quarantine) <= 1).all()
    assert (work(ONE) != quarantine).all()


@pytest.mark.parametrize(
    ("to", "takes", "returns"),
    [
        pytest.param({}, (("q_site", 1), ("site", 2)), (("q_site", 1),), id="of the parts"),
        pytest.param({"takes": {"site": 1}}, (("site", 1),), (("q_site", 1),), id="takes its own"),
        pytest.param(
            {"returns": {}}, (("q_site", 1), ("site", 2)), (), id="returns nothing of its own"
        ),
    ],
)
def test_what_it_takes_and_returns(
    to: dict[str, Any], takes: tuple[Any, ...], returns: tuple[Any, ...]
) -> None:
    parts = (
        {"takes": {"q_site": 1, "site": 1}, "returns": {"q_site": 1}},
        {"takes": {"site": 2}},
    )
    met = as_met(merged_pair(*parts, **to), BOTH)
    assert (met.takes, met.returns) == (takes, returns)


def test_hours_fall_away_where_a_part_brings_a_pool() -> None:
    met = as_met(merged_pair({"uses": {}, "hours": "office"}), BOTH)
    assert met.hours is None
    alone = {"uses": {}, "hours": "office"}
    assert as_met(merged_pair(alone, alone), BOTH).hours == "office"


def test_a_merged_step_can_be_merged_again() -> None:
    workflow = graph(
        step("a"), *(step(name, "a", data_items=10 ** int(name[-1])) for name in ("p0", "p1", "p2"))
    )
    to = {"label": LABEL, "party": "joint", **ASSUMED}
    for parts, into in ((["p0", "p1"], "m"), (["m", "p2"], "n")):
        content = {"steps": parts, "into": into, "to": to}
        workflow = apply_operator(workflow, operator(merge=content), "r", "here")
    assert as_met(workflow.steps["n"], {}).data_items == 111


def test_set_on_a_merged_step_reaches_the_cases() -> None:
    merged = merged_pair()
    content = {"step": "m", "to": {"documents": 1, "priority": 1}}
    workflow = graph(step("a"), merged)
    changed = apply_operator(workflow, operator(set=content), "r", "here").steps["m"]
    met = as_met(changed, BOTH)
    assert (met.documents, met.priority) == (1, 1)


@pytest.mark.parametrize("flags", [BOTH, ONE], ids=["both parts", "one part"])
def test_a_merged_step_can_be_moved_past_the_arrival(flags: dict[str, bool]) -> None:
    workflow = graph(step("a"), merged_pair())
    content = {"steps": ["m"], "trigger": {"arrival_offset": constant(5.0)}}
    moved = apply_operator(workflow, operator(move=content), "r", "here").steps["m"]
    assert as_met(moved, flags).trigger == moved.trigger


@pytest.mark.parametrize(
    ("condition", "expected"),
    [("licensed", True), ("not licensed", False), ("trusted", False), ("not trusted", True)],
)
def test_conditions(condition: str, expected: bool) -> None:
    assert holds(condition, {"licensed": True, "trusted": False}) is expected
