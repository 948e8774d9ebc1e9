"""Promised times of steps, and limits to the work drawn for them, through rework and merging."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.clearance.graph import Workflow
from sim.clearance.operators import apply_operator
from sim.clearance.step import Step, correction_of
from sim.clearance.work import work_ticks
from sim.scenario.errors import InputError
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, LABEL, constant, step
from tests.graphs import graph, operator

HOUR = 3600
ENTITIES = np.arange(300, dtype=np.int64)
LONG = {"dist": "lognormal", "mean": 2.0, "cv": 1.0, **ASSUMED}
HOURS = st.floats(0.25, 12.0)
BOTH = {"customs_selected": True, "quarantine_selected": True}
ONE = {"customs_selected": True, "quarantine_selected": False}


def pair(**fields: Any) -> Workflow:
    """Two examinations of unlike agencies side by side."""
    return graph(
        step("a"),
        step("q", "a", duration=LONG, when=["quarantine_selected"], **fields),
        step("c", "a", duration=LONG, when=["customs_selected"], **fields),
    )


def applied(workflow: Workflow, *operators: dict[str, Any]) -> Workflow:
    for content in operators:
        workflow = apply_operator(workflow, operator(**content), "r", "here")
    return workflow


def change(name: str, **to: Any) -> dict[str, Any]:
    return {"set": {"step": name, "to": to}}


def joined(work: str = "longest", **to: Any) -> dict[str, Any]:
    values = {"label": LABEL, "party": "joint", "work": work, **ASSUMED, **to}
    return {"merge": {"steps": ["q", "c"], "into": "m", "to": values}}


def met(workflow: Workflow, name: str, flags: dict[str, bool] = BOTH) -> Step:
    found = workflow.steps[name].concerning(flags)
    assert found is not None
    return found


def work(one: Step, visit: int = 0) -> NDArray[np.int64]:
    return work_ticks(one, visit, ENTITIES, ENTITIES, {}, Draws(1, 0))


@given(HOURS, st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_work_is_what_was_drawn_or_the_limit(hours: float, visit: int) -> None:
    plain, limited = pair(), applied(pair(), change("q", at_most_hours=hours))
    limit = round(hours * HOUR)
    found = work(met(limited, "q"), visit)
    assert (found == np.minimum(work(met(plain, "q"), visit), limit)).all()
    assert (work(met(limited, "c"), visit) == work(met(plain, "c"), visit)).all()


@given(HOURS, HOURS)
@settings(max_examples=25, deadline=None)
def test_a_step_merged_later_keeps_the_limits_of_its_parts(one: float, other: float) -> None:
    limited = applied(pair(), change("q", at_most_hours=one), change("c", at_most_hours=other))
    whole = work(met(applied(limited, joined("sum")), "m"))
    parts = work(met(limited, "q")) + work(met(limited, "c"))
    assert (abs(whole - parts) <= 1).all()


def test_the_limit_of_a_merged_step_holds_for_all_of_it() -> None:
    merged = applied(pair(), joined("sum", overhead_hours=0.5))
    limited = applied(merged, change("m", at_most_hours=3.0))
    for flags in (BOTH, ONE):
        drawn, cut = work(met(merged, "m", flags)), work(met(limited, "m", flags))
        assert (cut == np.minimum(drawn, 3 * HOUR)).all()
        assert (cut < drawn).any()


@pytest.mark.parametrize(("limit", "expected"), [(4.0, 2.0), (1.0, 1.0), (None, 2.0)])
def test_a_part_alone_keeps_the_tighter_limit(limit: float | None, expected: float) -> None:
    steps = (change("c", at_most_hours=2.0), joined(), change("m", at_most_hours=limit))
    assert met(applied(pair(), *steps), "m", ONE).at_most_hours == expected


def test_a_limit_stays_when_the_duration_changes_and_goes_with_null() -> None:
    limited = applied(pair(), change("q", at_most_hours=1.5), change("q", duration=constant(4.0)))
    assert set(work(met(limited, "q"))) == {1.5 * HOUR}
    freed = applied(limited, change("q", at_most_hours=None))
    assert set(work(met(freed, "q"))) == {4 * HOUR}


def test_time_that_boxes_take_has_no_limit() -> None:
    workflow = graph(step("a"), step("unload", "a", duration={"attribute": "unload_hours"}))
    with pytest.raises(InputError) as caught:
        applied(workflow, change("unload", at_most_hours=1.0))
    assert str(caught.value) == (
        "here.to.at_most_hours: step 'unload' lasts as long as its boxes take; there is no draw "
        "to limit"
    )


@pytest.mark.parametrize("hours", [0.0, -1.0])
def test_a_limit_and_a_standard_are_above_nothing(hours: float) -> None:
    for key in ("at_most_hours", "standard_hours"):
        with pytest.raises(ValueError, match="greater than 0"):
            operator(**change("q", **{key: hours}))


def test_a_standard_is_set_and_taken_away() -> None:
    workflow = applied(pair(standard_hours=2.0), change("q", standard_hours=4.0))
    assert [met(workflow, name).standard_hours for name in "qc"] == [4.0, 2.0]
    assert met(applied(workflow, change("c", standard_hours=None)), "c").standard_hours is None


@pytest.mark.parametrize(("combination", "hours"), [("longest", 4), ("shortest", 2), ("sum", 6)])
def test_standards_are_merged_as_the_work_is(combination: str, hours: float) -> None:
    promised = (change("q", standard_hours=4.0), change("c", standard_hours=2.0))
    assert met(applied(pair(), *promised, joined(combination)), "m").standard_hours == hours


def test_a_part_without_standard_leaves_the_whole_without() -> None:
    merged = applied(pair(), change("q", standard_hours=4.0), joined())
    assert met(merged, "m").standard_hours is None
    assert met(applied(merged, change("m", standard_hours=5.0)), "m").standard_hours == 5.0


def test_a_correction_of_the_trader_has_neither() -> None:
    rework = {
        "label": LABEL, "probability": 0.5, "most": 1, "correction": constant(9.0),
        "hours": "around_the_clock", **ASSUMED,
    }  # fmt: skip
    changed = applied(pair(rework=rework), change("q", at_most_hours=1.0, standard_hours=1.0))
    correction = correction_of(met(changed, "q"))
    assert correction is not None
    assert (correction.at_most_hours, correction.standard_hours) == (None, None)
