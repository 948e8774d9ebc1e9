from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clearance.reforms import Rewriting, base_workflow, reform_order
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from tests.builders import ASSUMED, LABEL, reform, shipped, shipped_data, spec
from tests.graphs import predecessors

CANCEL_PERMIT = {"cancel": {"steps": ["obtain_permit"]}}
POOL_SITES = {
    "pool": {
        "pools": ["customs_site", "quarantine_site"],
        "into": "site",
        "label": LABEL,
        "to": ASSUMED,
    }
}


def with_reforms(**reforms: Any) -> Scenario:
    return shipped("serial", reforms=reforms)


def note(name: str) -> dict[str, Any]:
    """Operator that adds a step after release and fits any graph."""
    return {"add": {"step": name, "spec": spec("release")}}


SHIPPED_REFORMS = shipped_data("all_together")["reforms"]


@given(st.permutations(list(SHIPPED_REFORMS)), st.randoms())
@settings(max_examples=20, deadline=None)
def test_the_listed_order_changes_nothing(names: list[str], random: Any) -> None:
    listed = shipped("all_together")
    shuffled = shipped("all_together", reforms={name: SHIPPED_REFORMS[name] for name in names})
    assert reform_order(shuffled) == reform_order(listed)
    for uptake in Rewriting(listed).largest_uptakes("sea_import"):
        expected = Rewriting(listed).workflow("sea_import", uptake)
        taken = random.sample(uptake, len(uptake))
        found = Rewriting(shuffled).workflow("sea_import", taken)
        assert list(found.steps.items()) == list(expected.steps.items())


def test_shipped_reforms_apply_in_this_order() -> None:
    assert reform_order(shipped("all_together")) == [
        "advance_declaration",
        "parallel_agencies",
        "single_window",
        "mutual_recognition",
        "joint_inspection",
        "one_stop_site",
    ]


def test_equal_orders_apply_by_name() -> None:
    scenario = with_reforms(
        b=reform(note("n"), order=5), a=reform(note("n"), order=5), z=reform(note("z"), order=1)
    )
    assert reform_order(scenario) == ["z", "a", "b"]
    with pytest.raises(InputError) as caught:
        Rewriting(scenario).workflow("sea_import", ["b", "a"])
    assert str(caught.value) == "reforms.b.operators.0.step: there is already a step 'n'"


def test_a_reform_meets_the_graph_earlier_reforms_left() -> None:
    scenario = with_reforms(
        late=reform({"set": {"step": "obtain_permit", "to": {"visits": 0}}}, order=2),
        early=reform(CANCEL_PERMIT, order=1),
    )
    with pytest.raises(InputError) as caught:
        Rewriting(scenario).workflow("sea_import", ["late", "early"])
    assert str(caught.value) == (
        "reforms.late.operators.0: step 'obtain_permit' is no longer there: "
        "reform 'early' cancelled it"
    )


def test_only_reforms_taken_up_rewrite() -> None:
    scenario = with_reforms(a=reform(CANCEL_PERMIT), b=reform(note("n")))
    base = base_workflow(scenario, "sea_import")
    assert set(Rewriting(scenario).workflow("sea_import", ["b"]).steps) == {*base.steps, "n"}
    assert Rewriting(scenario).workflow("sea_import", []).steps == base.steps
    assert (
        Rewriting(scenario).workflow("vessel_call", ["a", "b"]).steps
        == base_workflow(scenario, "vessel_call").steps
    )


def test_reforms_of_resources_alone_rewrite_nothing() -> None:
    scenario = with_reforms(
        pools=reform(POOL_SITES),
        both=reform(POOL_SITES | {}, order=20),
        steps=reform(CANCEL_PERMIT, note("n"), order=5),
        mixed=reform({"set": {"pool": "berths", "to": {"capacity": 5, **ASSUMED}}}, note("m")),
        call=reform({"cancel": {"steps": ["load"]}}, workflows=["vessel_call"]),
    )
    assert Rewriting(scenario).reforms("sea_import") == ("steps", "mixed")
    assert Rewriting(scenario).reforms("vessel_call") == ("call",)


FAMILY = {
    "a": reform(note("na"), order=1),
    "b": reform(note("nb"), order=2, requires=["a"]),
    "c": reform(note("nc"), order=3, yields_to=["b"]),
}


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("b", "", id="without what it requires"),
        pytest.param("ab", "ab", id="with what it requires"),
        pytest.param("abc", "ab", id="yields"),
        pytest.param("bc", "c", id="need not yield to one that falls away"),
        pytest.param("ac", "ac", id="nothing to yield to"),
    ],
)
def test_what_a_case_really_takes_up(wanted: str, taken: str) -> None:
    assert Rewriting(with_reforms(**FAMILY)).settle("sea_import", list(wanted)) == tuple(taken)


@pytest.mark.parametrize("eligible", [{"when": ["licensed"]}, {"any_of": [["licensed"]]}])
def test_what_is_required_under_conditions_need_only_be_in_force(eligible: dict[str, Any]) -> None:
    family = FAMILY | {"a": reform(note("na"), order=1, eligible=eligible)}
    assert Rewriting(with_reforms(**family)).settle("sea_import", ["b"]) == ("b",)


def test_a_required_reform_of_resources_is_there_for_everyone() -> None:
    scenario = with_reforms(
        pools=reform(POOL_SITES, order=1), a=reform(note("n"), order=2, requires=["pools"])
    )
    assert Rewriting(scenario).settle("sea_import", ["a"]) == ("a",)


def test_possible_and_largest_uptakes() -> None:
    scenario = with_reforms(**FAMILY)
    possible = Rewriting(scenario).possible_uptakes("sea_import")
    assert sorted(possible) == [(), ("a",), ("a", "b"), ("a", "c"), ("c",)]
    assert sorted(Rewriting(scenario).largest_uptakes("sea_import")) == [("a", "b"), ("a", "c")]


def test_of_many_reforms_the_largest_uptakes_are_possible() -> None:
    names = [f"r{number}" for number in range(9)]
    scenario = with_reforms(**{name: reform(note(f"n_{name}")) for name in names})
    possible = Rewriting(scenario).possible_uptakes("sea_import")
    assert len(possible) == 10
    assert Rewriting(scenario).largest_uptakes("sea_import") == [tuple(names)]


@pytest.mark.parametrize(
    ("reforms", "message"),
    [
        pytest.param(
            {"b": reform(note("n"), requires=["a"])},
            "reforms.b: requires the reform 'a', which is not in force",
            id="requirement missing",
        ),
        pytest.param(
            {"a": reform(note("n")), "b": reform(note("m"), conflicts=["a"])},
            "reforms.b: conflicts with the reform 'a', which is in force",
            id="conflict",
        ),
        pytest.param(
            {"a": reform(note("n"), order=20), "b": reform(note("m"), requires=["a"])},
            "reforms.b.order: 10 must be above that of 'a' (20)",
            id="before what it requires",
        ),
        pytest.param(
            {"b": reform(note("n")), "a": reform(note("m"), yields_to=["b"])},
            "reforms.a.order: 10 must be above that of 'b' (10)",
            id="beside what it yields to, earlier by name",
        ),
        pytest.param(
            {"a": reform(note("n"), workflows=["sea_imports"])},
            "reforms.a.workflows: none of them (sea_imports) is in scenario 'serial', which has: "
            "sea_import, vessel_call; did you mean 'sea_import'?",
            id="unknown workflow",
        ),
    ],
)
def test_reforms_that_do_not_go_together(reforms: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        with_reforms(**reforms)
    assert str(caught.value) == message


def test_yielding_to_a_reform_that_is_not_in_force_is_allowed() -> None:
    assert with_reforms(a=reform(note("n"), yields_to=["b"])).reforms["a"].yields_to == ("b",)


@pytest.mark.parametrize(
    ("name", "uptake", "expected"),
    [
        pytest.param(
            "parallel_agencies",
            ["parallel_agencies"],
            {
                "declare_customs": {"prepare_documents", "obtain_permit", "manifest"},
                "declare_quarantine": {"prepare_documents", "obtain_permit", "manifest"},
                "issue_clearance_form": {
                    "review_quarantine",
                    "dispose_quarantine",
                    "laboratory_test",
                },
            },
            id="both agencies start together",
        ),
        pytest.param(
            "joint_inspection",
            ["joint_inspection"],
            {
                "move_once": {"book_jointly", "discharge"},
                "unstuff_once": {"move_once"},
                "examine_jointly": {"unstuff_once"},
                "restuff_once": {"examine_jointly"},
                "book_jointly": {"review_quarantine", "pay_duty", "read_customs_images"},
            },
            id="one examination",
        ),
        pytest.param(
            "advance_declaration",
            ["advance_declaration"],
            {
                "prepare_documents": set(),
                "exchange_delivery_order": {"discharge"},
            },
            id="prepared before arrival",
        ),
    ],
)
def test_shipped_reforms_rewrite_sea_import(
    name: str, uptake: list[str], expected: dict[str, set[str]]
) -> None:
    found = predecessors(Rewriting(shipped(name)).workflow("sea_import", uptake))
    assert {step: found[step] for step in expected} == expected
