"""Plain data laid onto each other, and values that overrides lay onto the data of a scenario."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.command.configuration import build_run
from sim.command.plain_data import merged
from tests.command.runs import REVIEW, SHARE, examiners, refusal

KEYS = st.sampled_from("abcdefgh")
FLAT = st.dictionaries(KEYS, st.integers(), max_size=8)
NESTED = st.recursive(
    st.integers(), lambda inner: st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


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
        ["scenario=joint_inspection", "reforms.joint_inspection.operators.2.merge.into=book_once"]
    )
    merge = run.points[1].scenario.reforms["joint_inspection"].operators[2].merge
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
                "reforms.joint_inspection.operators.99.merge.into=once",
            ],
            "reforms.joint_inspection.operators.99.merge.into: "
            "'reforms.joint_inspection.operators' is a list of 11, it has no '99'",
            id="position in a list",
        ),
    ],
)
def test_value_that_has_no_place(words: list[str], message: str) -> None:
    assert refusal(words) == message


@given(NESTED, NESTED)
def test_place_does_not_change_what_is_there(base: Any, over: Any) -> None:
    assert merged(base, over, in_place=True) == merged(base, over)


@given(FLAT, FLAT)
def test_known_keys_keep_their_order_in_place(base: dict[str, int], over: dict[str, int]) -> None:
    order = list(merged(base, over, in_place=True))
    assert [key for key in order if key in base] == list(base)


@given(FLAT, FLAT)
def test_a_new_key_stands_before_what_is_written_next(
    base: dict[str, int], over: dict[str, int]
) -> None:
    order = list(merged(base, over, in_place=True))
    written = list(over)
    for key, following in pairwise([*written, None]):
        if key in base:
            continue
        place = order.index(key) + 1
        assert (order[place] if place < len(order) else None) == following


@pytest.mark.parametrize(
    ("in_place", "order"), [(False, ["a", "b", "c", "x", "y"]), (True, ["a", "x", "b", "c", "y"])]
)
def test_order_of_an_example(in_place: bool, order: list[str]) -> None:
    base = {"a": 1, "b": {"mean": 1.0, "cv": 0.5}, "c": 3}
    over = {"x": 4, "b": {"mean": 2.0}, "y": 5}
    result = merged(base, over, in_place)
    assert list(result) == order
    assert result["b"] == {"mean": 2.0, "cv": 0.5}
