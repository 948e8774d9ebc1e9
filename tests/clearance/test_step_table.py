from typing import Any

import pytest

from sim.clearance.capacity import WEEK, OpenTime, open_time
from sim.clearance.resources import resources_of
from sim.clearance.step_table import StepTable
from sim.clearance.working_hours import working_hours
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from tests.builders import ASSUMED, LABEL, reform, shipped, step


def table_of(scenario: Scenario) -> StepTable:
    return StepTable(resources_of(scenario))


def office_hours(scenario: Scenario) -> OpenTime:
    return open_time(working_hours(scenario)["office"])


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
    assert table.calendars[calendar[2]] == office_hours(shipped("serial"))
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
        assert table.calendars[calendar] == office_hours(scenario)


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
    assert str(caught.value) == "step 'a': its pools never have what it needs at the same time"


EVENINGS = {"label": LABEL, "week": {"mon": ["17:30-21:00"], "tue": ["17:00-21:00"]}, **ASSUMED}


def with_evenings(**values: Any) -> StepTable:
    return table_of(shipped("serial", hours__evenings=EVENINGS, **values))


def test_a_step_waits_for_the_shift_that_is_large_enough() -> None:
    table = with_evenings(agencies__customs__examiners={"office": 14, "evenings": 4})
    table.row(step("small", uses={"customs.examiners": 4}))
    table.row(step("overlap", uses={"customs.examiners": 18}))
    with pytest.raises(InputError) as caught:
        table.row(step("large", uses={"customs.examiners": 19}))
    assert str(caught.value) == "step 'large' needs 19 of 'customs.examiners', which has 18"


def test_pools_must_have_enough_at_the_same_time() -> None:
    table = with_evenings(
        agencies__customs__examiners={"office": 14, "evenings": 4},
        agencies__quarantine__examiners={"evenings": 2},
    )
    table.row(step("small", uses={"customs.examiners": 4, "quarantine.examiners": 2}))
    table.row(step("overlap", uses={"customs.examiners": 14, "quarantine.examiners": 2}))
    table.row(step("never", uses={"customs.boarding_officers": 1, "maritime.examiners": 2}))
    with pytest.raises(InputError) as caught:
        with_evenings(
            hours__nights={"label": LABEL, "week": {"sun": ["00:00-06:00"]}, **ASSUMED},
            agencies__customs__examiners={"office": 14, "nights": 4},
            agencies__quarantine__examiners={"nights": 2},
        ).row(step("a", uses={"customs.examiners": 5, "quarantine.examiners": 2}))
    assert str(caught.value) == "step 'a': its pools never have what it needs at the same time"


@pytest.mark.parametrize(
    "staff", [0, {"office": 0}, {"never": 5}], ids=["none", "an empty roster", "never there"]
)
def test_staff_of_zero_is_legal(staff: Any) -> None:
    never = {"label": LABEL, "week": {}, **ASSUMED}
    table = table_of(shipped("serial", hours__never=never, agencies__customs__examiners=staff))
    table.row(step("a", uses={"customs.examiners": 2, "berths": 1}))
    assert len(table.requests) == 1


def test_holidays_are_in_the_calendar_of_a_step_and_of_a_pool() -> None:
    holiday = {"label": LABEL, "first": "2017-01-03", "days": 1, "kept_as": "closed", **ASSUMED}
    scenario = shipped("serial", holidays={"a": holiday})
    table = table_of(scenario)
    table.row(step("a", hours="office"))
    *_, calendar = table.columns()
    office = table.calendars[calendar[0]]
    assert office.until == WEEK
    assert office == office_hours(scenario)
    examiners = [pool.name for pool in table.pools].index("customs.examiners")
    assert table.pool_calendar[examiners] == calendar[0]
