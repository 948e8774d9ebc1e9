from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clearance.resources import resources_of
from sim.clearance.step_table import StepTable, common_spans, weekly_spans
from sim.scenario.errors import InputError
from sim.scenario.hours import Hours
from sim.scenario.scenario import Scenario
from tests.builders import ASSUMED, LABEL, reform, shipped, step

HOUR, DAY = 3600, 86_400


def table_of(scenario: Scenario) -> StepTable:
    return StepTable(scenario, resources_of(scenario))


def hours(**week: list[str]) -> Hours:
    return Hours.model_validate({"label": LABEL, "week": week, **ASSUMED})


@pytest.mark.parametrize(
    ("week", "spans"),
    [
        pytest.param({}, (), id="always closed"),
        pytest.param(
            {"tue": ["08:30-12:00", "13:00-24:00"]},
            ((DAY + 30600, DAY + 43200), (DAY + 46800, 2 * DAY)),
            id="two spans a day",
        ),
        pytest.param({"mon": ["08:00-12:00", "12:00-14:00"]}, ((28800, 50400),), id="touching"),
        pytest.param(
            {"mon": ["22:00-24:00"], "tue": ["00:00-06:00"]},
            ((22 * HOUR, DAY + 6 * HOUR),),
            id="over midnight",
        ),
        pytest.param(
            {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
            ((0, 7 * DAY),),
            id="always open",
        ),
    ],
)
def test_weekly_spans(week: dict[str, list[str]], spans: tuple[Any, ...]) -> None:
    assert weekly_spans(hours(**week)) == spans


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [
        pytest.param(((0, 10),), ((5, 20),), ((5, 10),), id="overlap"),
        pytest.param(((0, 10),), ((10, 20),), (), id="touching"),
        pytest.param(((0, 10), (20, 30)), ((5, 25),), ((5, 10), (20, 25)), id="across a gap"),
        pytest.param((), ((0, 10),), (), id="closed"),
    ],
)
def test_common_spans(first: Any, second: Any, common: Any) -> None:
    assert common_spans(first, second) == common_spans(second, first) == common


@st.composite
def span_lists(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=8)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@given(span_lists(), span_lists())
def test_common_spans_hold_what_both_hold(first: Any, second: Any) -> None:
    def moments(spans: Any) -> set[int]:
        return {tick for start, end in spans for tick in range(start, end)}

    assert moments(common_spans(first, second)) == moments(first) & moments(second)


def test_equal_steps_share_a_row_and_equal_needs_a_request() -> None:
    table = table_of(shipped("serial"))
    first, second = (step(name, uses={"customs.examiners": 2}) for name in "ab")
    assert [table.row(one) for one in (first, second, first)] == [0, 1, 0]
    assert len(table.steps) == 2
    assert len(table.requests) == len(table.returns) == 1


def test_what_steps_ask_for_and_give_back() -> None:
    table = table_of(shipped("serial"))
    names = [pool.name for pool in table.pools]
    crews, site = names.index("handling_crews"), names.index("customs_site")
    table.row(step("a", uses={"handling_crews": 1}, takes={"customs_site": 2}))
    table.row(step("b", returns={"customs_site": 2}))
    table.row(step("c", hours="office"))
    request, returned, offered, calendar = table.columns()
    demand = tuple(sorted([(crews, 1), (site, 2)]))
    assert table.requests[request[0]].demand == demand
    assert table.returns[returned[0]] == ((crews, 1),)
    assert (request[1], table.returns[returned[1]]) == (-1, ((site, 2),))
    assert (request[2], returned[2]) == (-1, -1)
    assert table.calendars[calendar[2]] == weekly_spans(shipped("serial").hours["office"])
    assert calendar[:2].tolist() == [-1, -1]
    assert offered.tolist() == [-1, -1, -1]


def test_needs_of_pools_that_became_one_add_up() -> None:
    content = {
        "pools": ["customs.examiners", "quarantine.examiners"],
        "into": "officers",
        "label": LABEL,
        "to": ASSUMED,
    }
    table = table_of(shipped("serial", reforms={"r": reform({"pool": content})}))
    table.row(step("a", uses={"customs.examiners": 2, "quarantine.examiners": 3}))
    ((pool, units),) = table.requests[0].demand
    assert (table.pools[pool].name, units) == ("officers", 5)


@pytest.mark.parametrize("end_of_shift", ["finish", "suspend"])
def test_only_pools_that_suspend_interrupt_work(end_of_shift: str) -> None:
    scenario = shipped("serial", agencies__customs__end_of_shift=end_of_shift)
    table = table_of(scenario)
    table.row(step("a", uses={"customs.examiners": 1, "berths": 1}))
    calendar = table.requests[0].calendar
    if end_of_shift == "finish":
        assert calendar == -1
    else:
        assert table.calendars[calendar] == weekly_spans(scenario.hours["office"])


def test_a_step_cannot_need_more_than_there_is() -> None:
    with pytest.raises(InputError) as caught:
        table_of(shipped("serial")).row(step("examine", uses={"customs.examiners": 15}))
    assert str(caught.value) == "step 'examine' needs 15 of 'customs.examiners', which has 14"


def test_using_and_taking_the_same_pool_adds_up() -> None:
    with pytest.raises(InputError) as caught:
        table_of(shipped("serial")).row(step("a", uses={"berths": 2}, takes={"berths": 3}))
    assert str(caught.value) == "step 'a' needs 5 of 'berths', which has 4"


@pytest.mark.parametrize(
    "end_of_shift",
    [
        "suspend",
        pytest.param(
            "finish",
        ),
    ],
)
def test_pools_that_are_never_open_together_are_refused(end_of_shift: str) -> None:
    data = {
        "hours__night": {"label": LABEL, "week": {"sun": ["00:00-06:00"]}, **ASSUMED},
        "port__facilities__berths__hours": "night",
        "port__facilities__berths__end_of_shift": end_of_shift,
        "agencies__customs__end_of_shift": end_of_shift,
    }
    with pytest.raises(InputError) as caught:
        table_of(shipped("serial", **data)).row(
            step("a", uses={"customs.examiners": 1, "berths": 1})
        )
    assert str(caught.value) == "step 'a': its pools are never open at the same time"
