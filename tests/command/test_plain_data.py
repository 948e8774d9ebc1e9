"""Values that overrides lay onto the data of a scenario."""

import pytest

from sim.command.configuration import build_run
from tests.command.runs import REVIEW, SHARE, examiners, refusal


def test_roster_takes_the_place_of_a_number_and_back() -> None:
    roster = "agencies.customs.examiners={office: 3, daytime: 2}"
    assert examiners(build_run(["compare=[serial]", roster])) == [{"office": 3, "daytime": 2}]
    swept = build_run(["scenario=serial", "agencies.customs.examiners=4,{office: 6}"], True)
    assert examiners(swept) == [4, {"office": 6}]


def test_files_are_not_changed_by_overrides() -> None:
    build_run(["agencies.customs.examiners=3", f"{SHARE}=0.9"])
    assert examiners(build_run(["scenario=serial"])) == [14]


def test_value_of_a_pool_with_a_dotted_name() -> None:
    run = build_run(["scenario=serial", f"{REVIEW}.uses.quarantine.reviewers=2"])
    step = run.points[0].scenario.workflows["sea_import"].steps["review_quarantine"]
    assert step.uses == {"quarantine.reviewers": 2}


def test_entry_is_added_with_a_plus() -> None:
    run = build_run(["scenario=serial", f"+{REVIEW}.uses.customs.reviewers=1"])
    step = run.points[0].scenario.workflows["sea_import"].steps["review_quarantine"]
    assert step.uses == {"quarantine.reviewers": 1, "customs.reviewers": 1}


def test_another_distribution_replaces_all_parameters() -> None:
    run = build_run(
        ["scenario=serial", f"{REVIEW}.duration={{dist:constant,value:2,assumption:true}}"]
    )
    duration = run.points[0].scenario.workflows["sea_import"].steps["review_quarantine"].duration
    assert duration.model_dump(exclude_none=True) == {
        "dist": "constant",
        "value": 2,
        "assumption": True,
    }


def test_key_the_schema_knows_needs_no_plus() -> None:
    run = build_run(["scenario=serial", "hours.office.week.sat=['08:30-12:00']"])
    assert run.points[0].scenario.hours["office"].week["sat"] == ("08:30-12:00",)


def test_value_in_a_list_is_found_by_its_position() -> None:
    run = build_run(
        ["scenario=joint_inspection", "reforms.joint_inspection.operators.1.merge.into=book_once"]
    )
    merge = run.points[1].scenario.reforms["joint_inspection"].operators[1].merge
    assert merge is not None
    assert merge.into == "book_once"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param("agencies.customs.examiners=abc", "a valid integer, given 'abc'", id="text"),
        pytest.param(
            "agencies.customs.examiners=-1", "greater than or equal to 0, given -1", id="negative"
        ),
        pytest.param("agencies.customs.examiners=2.5", "a valid integer, given 2.5", id="fraction"),
        pytest.param("agencies.customs.examiners=010", "a valid integer, given '010'", id="octal"),
        pytest.param("tariff.carrying.rate=nan", "a finite number, given nan", id="nan"),
        pytest.param("tariff.carrying.rate=-inf", "a finite number, given -inf", id="inf"),
        pytest.param(
            "traffic.violations.score_correlation=1.5",
            "less than or equal to 1, given 1.5",
            id="1.5",
        ),
    ],
)
def test_value_that_does_not_fit(word: str, message: str) -> None:
    assert refusal([word]) == f"{word.partition('=')[0]}: input should be {message}"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["agencies.customs.examiners.senior=3"],
            "agencies.customs.examiners.senior: "
            "'agencies.customs.examiners' is a value and holds no keys",
            id="key below a value",
        ),
        pytest.param(
            [
                "scenario=joint_inspection",
                "reforms.joint_inspection.operators.9.merge.into=once",
            ],
            "reforms.joint_inspection.operators.9.merge.into: "
            "'reforms.joint_inspection.operators' is a list of 6, it has no '9'",
            id="position in a list",
        ),
    ],
)
def test_value_that_has_no_place(words: list[str], message: str) -> None:
    assert refusal(words) == message
