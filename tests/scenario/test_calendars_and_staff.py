"""What is refused of rosters, holidays, dates and disruptions, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.scenario.errors import InputError
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED, LABEL, shipped, shipped_data, with_value


@pytest.fixture
def error_of() -> Callable[[str, object], str]:
    def error_of(key: str, value: object) -> str:
        with pytest.raises(InputError) as caught:
            build_scenario(with_value(shipped_data("serial"), key, value))
        return str(caught.value)

    return error_of


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        pytest.param(
            "agencies.customs.examiners",
            {"offce": 3},
            "agencies.customs.examiners: unknown hours 'offce'; "
            "allowed: around_the_clock, business, daytime, every_day, office, out_of_hours; "
            "did you mean 'office'?",
            id="hours of a roster",
        ),
        pytest.param(
            "agencies.customs.examiners",
            {"office": -1},
            "agencies.customs.examiners.office: "
            "input should be greater than or equal to 0, given -1",
            id="number of a roster",
        ),
        pytest.param(
            "agencies.customs.examiners",
            {},
            "agencies.customs.examiners: 1 or more expected, given none",
            id="empty roster",
        ),
        pytest.param(
            "agencies.customs.examiners",
            "three",
            "agencies.customs.examiners: input should be a valid integer, given 'three'",
            id="a word",
        ),
        pytest.param(
            "port.facilities.berths.capacity",
            {"nights": 1},
            "port.facilities.berths.capacity: unknown hours 'nights'; "
            "allowed: around_the_clock, business, daytime, every_day, office, out_of_hours",
            id="hours of a facility's roster",
        ),
        pytest.param(
            "agencies.customs.role_hours",
            {"examiners": "offices"},
            "agencies.customs.role_hours.examiners: unknown hours 'offices'; "
            "allowed: around_the_clock, business, daytime, every_day, office, out_of_hours; "
            "did you mean 'office'?",
            id="hours of a role",
        ),
        pytest.param(
            "agencies.customs.role_hours",
            {"examinrs": "office"},
            "agencies.customs.role_hours.examinrs: input should be 'reviewers', 'examiners', "
            "'boarding_officers', 'image_analysts', 'auditors', 'laboratory_staff', "
            "'on_call_examiners' or 'home_office_reviewers', given 'examinrs'; "
            "did you mean 'examiners'?",
            id="a role there is not",
        ),
        pytest.param(
            "hours.office.holidays",
            "open",
            "hours.office.holidays: input should be 'keeps' or 'closed', given 'open'",
            id="hours and holidays",
        ),
        *(
            pytest.param(
                "hours.office.week",
                {given: ["08:30-12:00"]},
                f"hours.office.week.{given}: input should be 'mon', 'tue', 'wed', 'thu', 'fri', "
                f"'sat' or 'sun', given '{given}'; did you mean '{meant}'?",
                id=f"weekday {given}",
            )
            for given, meant in (("Mon", "mon"), ("wednesday", "wed"), ("thurs", "thu"))
        ),
        pytest.param(
            "experiment.start_date",
            "2017-01-03",
            "experiment.start_date: a run starts on a Monday, '2017-01-03' is a Tuesday",
            id="a start on a Tuesday",
        ),
        pytest.param(
            "experiment.start_date",
            "2017-02-30",
            "experiment.start_date: '2017-02-30' is not a date; write it as '2017-01-02', quoted",
            id="a day there is not",
        ),
        pytest.param(
            "experiment.start_date",
            "20170102",
            "experiment.start_date: '20170102' is not a date; write it as '2017-01-02', quoted",
            id="a date without dashes",
        ),
        pytest.param(
            "experiment.start_date",
            "9999-12-27",
            "experiment.start_date: '9999-12-27' is not from 1900 to 2100",
            id="a date far away",
        ),
    ],
)
def test_staff_hours_and_dates(
    error_of: Callable[[str, object], str], key: str, value: object, message: str
) -> None:
    assert error_of(key, value) == message


def test_a_date_must_be_quoted() -> None:
    with pytest.raises(InputError) as caught:
        read_yaml("start_date: 2017-01-02", "default.yaml")
    assert str(caught.value) == (
        'default.yaml:1: 2017-01-02 would be read as a date; write "2017-01-02"'
    )


def holiday(first: str, days: int = 1, kept_as: str = "closed") -> dict[str, Any]:
    return {"label": LABEL, "first": first, "days": days, "kept_as": kept_as, **ASSUMED}


@pytest.mark.parametrize(
    ("holidays", "message"),
    [
        pytest.param(
            {"a": holiday("2017-05-01", kept_as="holiday")},
            "holidays.a.kept_as: input should be 'closed', 'mon', 'tue', 'wed', 'thu', 'fri', "
            "'sat' or 'sun', given 'holiday'",
            id="kept as nothing known",
        ),
        pytest.param(
            {"a": holiday("1.5.2017")},
            "holidays.a.first: '1.5.2017' is not a date; write it as '2017-01-02', quoted",
            id="another way to write dates",
        ),
        pytest.param(
            {"a": holiday("2017-05-01", days=0)},
            "holidays.a.days: input should be greater than or equal to 1, given 0",
            id="no day",
        ),
        pytest.param(
            {"a": holiday("2017-05-01", days=3), "b": holiday("2017-05-03", kept_as="mon")},
            "holidays.b: 2017-05-03 is a day of 'a' already",
            id="a day kept in two ways",
        ),
    ],
)
def test_holidays(
    error_of: Callable[[str, object], str], holidays: dict[str, Any], message: str
) -> None:
    assert error_of("holidays", holidays) == message


def disruption(**fields: Any) -> dict[str, Any]:
    return {"label": LABEL, "start_days": 1.0, "duration_hours": 2.0, **ASSUMED, **fields}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            disruption(kind="outage", pools=["customs.reviewer"]),
            "disruptions.a.pools: unknown pool 'customs.reviewer'; allowed: …; "
            "did you mean 'customs.reviewers'?",
            id="pool",
        ),
        pytest.param(
            disruption(kind="outag", pools=["berths"]),
            "disruptions.a.kind: unknown kind 'outag'; "
            "allowed: cancellation, closure, outage, shortage, surge; did you mean 'outage'?",
            id="kind",
        ),
        pytest.param(
            disruption(pools=["berths"]),
            "disruptions.a.kind: missing",
            id="no kind",
        ),
        pytest.param(
            disruption(kind="shortage", pools=["berths"]),
            "disruptions.a.left: missing",
            id="how many are left",
        ),
        pytest.param(
            disruption(kind="shortage", pools=["berths"], left=1.5),
            "disruptions.a.left: input should be less than or equal to 1, given 1.5",
            id="more than all",
        ),
        pytest.param(
            disruption(kind="outage", pools=["berths"], left=0.5),
            "disruptions.a.left: unknown key 'left'; allowed: assumption, calibrated_to, "
            "duration_hours, kind, label, pools, source, start_days",
            id="a key of another kind",
        ),
        pytest.param(
            disruption(kind="closure", pools=[]),
            "disruptions.a.pools: 1 or more expected, given none",
            id="no pool",
        ),
        pytest.param(
            disruption(kind="surge", streams=["liner_calls"], factor=0.0),
            "disruptions.a.factor: input should be greater than 0, given 0.0",
            id="a surge of nothing",
        ),
        pytest.param(
            {**disruption(kind="cancellation", streams=["liner_calls"]), "start_days": -1.0},
            "disruptions.a.start_days: input should be greater than or equal to 0, given -1.0",
            id="before the start",
        ),
        pytest.param(
            {**disruption(kind="outage", pools=["berths"]), "duration_hours": 0.0},
            "disruptions.a.duration_hours: input should be greater than 0, given 0.0",
            id="no time at all",
        ),
    ],
)
def test_disruptions(
    error_of: Callable[[str, object], str], content: dict[str, Any], message: str
) -> None:
    before, _, after = message.partition("…")
    found = error_of("disruptions", {"a": content})
    assert found.startswith(before)
    assert found.endswith(after)


@pytest.mark.parametrize(
    "content",
    [
        disruption(kind="closure", pools=["berths", "customs.reviewers"]),
        disruption(kind="shortage", pools=["cranes"], left=0.0),
        disruption(kind="surge", streams=["liner_calls"], factor=0.5),
        disruption(kind="cancellation", streams=["liner_calls"]),
    ],
    ids=["closure", "shortage", "surge", "cancellation"],
)
def test_disruptions_that_are_right(content: dict[str, Any]) -> None:
    assert set(shipped("serial", disruptions={"a": content}).disruptions) == {"a"}
