import numpy as np
import pytest

from sim.measure.workload import (
    inspectors,
    permit_kpis,
    visit_kpis,
    workload,
    workload_kpis,
)
from tests.builders import (
    ASSUMED,
    LABEL,
    SHIPPED,
    consignments_of,
    observe_by_hand,
    reform,
    replicate,
    replicated,
    shipped,
    spec,
    tiny,
)
from tests.measure.figures import values
from tests.measure.test_flows import both


@pytest.mark.parametrize(
    ("name", "handlings", "examinations"),
    [
        pytest.param("serial", 2, 2, id="serial"),
        pytest.param("parallel_agencies", 2, 2, id="parallel"),
        pytest.param("joint_inspection", 1, 1, id="joint"),
        pytest.param("joint_inspection_recognition", 1, 1, id="joint or recognised"),
    ],
)
def test_boxes_both_agencies_select_are_handled(
    name: str, handlings: int, examinations: int
) -> None:
    observation = replicated(name)
    columns, flags = workload(observation), observation.consignments.flags
    boxes = observation.consignments.containers
    twice = flags["customs_selected"] & flags["quarantine_selected"]
    once = flags["customs_selected"] ^ flags["quarantine_selected"]
    assert twice.any()
    for kind, times in (
        ("movings", handlings),
        ("unstuffings", handlings),
        ("examinations", examinations),
    ):
        assert (columns[kind][twice] == times * boxes[twice]).all()
        assert (columns[kind][once] == boxes[once]).all()
        assert not columns[kind][~(twice | once)].any()
    kpis = values(workload_kpis(observation, columns))
    assert kpis["handled_twice.movings_per_container"] == handlings
    assert kpis["handled_twice.unstuffings_per_container"] == handlings


@pytest.mark.parametrize(("name", "items"), [("serial", 169), ("all_together", 105)])
def test_data_items_of_goods_under_both_agencies(name: str, items: int) -> None:
    observation = replicated(name)
    columns = workload(observation)
    liable = observation.consignments.flags["quarantine_liable"]
    assert set(columns["data_items"][liable]) == {items}
    assert set(columns["data_items"][~liable]) == {73}
    assert values(workload_kpis(observation, columns))["quarantine_liable.data_items.mean"] == items


def test_counts_of_hand_made_consignments() -> None:
    steps = "workflows.sea_import.steps"
    scenario = tiny(
        (f"{steps}.declare.documents", 3),
        (f"{steps}.pick_up.visits", 1),
        (f"{steps}.review.uses", {"customs.reviewers": 2, "gate_lanes": 1}),
    )
    consignments = consignments_of([0, 0], containers=[2, 1], customs_selected=[True, False])
    observation = observe_by_hand(scenario, consignments, 0.0)
    columns = workload(observation)
    assert columns["documents"].tolist() == [3, 3]
    assert columns["visits"].tolist() == [2, 1]
    assert columns["inspector_hours"].tolist() == [6, 6]
    found = values(workload_kpis(observation, columns))
    assert found["all.visits.mean"] == 1.5
    assert found["examined.visits.mean"] == 2.0
    assert found["unexamined.visits.mean"] == 1.0


def test_a_joint_examination_keeps_the_officers_of_both_busy() -> None:
    observation = replicated("joint_inspection")
    jointly = observation.steps_with("name", "examine_jointly")[observation.plan.step]
    assert set(inspectors(observation)[jointly]) == {4}


@pytest.mark.parametrize("name", SHIPPED)
def test_papers_of_conveyances_count_for_no_consignment(name: str) -> None:
    observation = replicated(name)
    plan = observation.plan
    papers = np.array([step.documents for step in plan.steps])[plan.step]
    own = papers[plan.first_activity[plan.conveyances] :].sum()
    assert workload(observation)["documents"].sum() == own < papers.sum()


def test_pooling_officers_leaves_their_hours() -> None:
    content = {
        "pools": ["customs.reviewers", "quarantine.reviewers"],
        "into": "officers",
        "label": LABEL,
        "to": ASSUMED,
    }
    plain, pooled = (
        observe_by_hand(tiny(("reforms", reforms)), consignments_of([0]), 0.0)
        for reforms in ({}, {"r": reform({"pool": content})})
    )
    assert workload(plain)["inspector_hours"].tolist() == [3.0]
    assert workload(pooled)["inspector_hours"].tolist() == [3.0]


def test_recognised_boxes_need_officers_of_one_agency_only() -> None:
    scenario = shipped("joint_inspection_recognition")
    assert "mutual_recognition" in scenario.reforms
    observation = replicated("joint_inspection_recognition")
    names = np.array([step.name for step in observation.plan.steps])[observation.plan.step]
    busy = inspectors(observation)
    assert set(busy[names == "examine_quarantine"]) == {2}


def test_consignments_are_told_by_their_visits() -> None:
    assert values(visit_kpis(both(), np.array([0.0, 2.0, 3.0]))) == {
        "all.without_visit_share": pytest.approx(1 / 3),
        "all.one_visit_share": pytest.approx(1 / 3),
        "all.two_visits_share": pytest.approx(2 / 3),
        "sea_import.without_visit_share": 0.5,
        "sea_import.one_visit_share": 0.5,
        "sea_import.two_visits_share": 1.0,
        "rail_export.without_visit_share": 0.0,
        "rail_export.one_visit_share": 0.0,
        "rail_export.two_visits_share": 0.0,
    }


def test_shares_by_visits_of_a_single_flow_are_told_once() -> None:
    observation = replicated("serial")
    found = values(visit_kpis(observation, workload(observation)["visits"]))
    assert set(found) == {
        "all.without_visit_share", "all.one_visit_share", "all.two_visits_share",
    }  # fmt: skip


def test_permits_are_told_apart_by_their_visits() -> None:
    """Of three that need a permit two fetch it at a window; who needs none does not count."""
    licensed = {"kind": "permit", "when": ["licensed"]}
    scenario = tiny(
        permit_at_window=spec("declare", **licensed, visits=1) | {"when": ["trusted", "licensed"]},
        permit_online=spec("declare", **licensed) | {"when": ["not trusted", "licensed"]},
    )
    consignments = consignments_of(
        [0, 0, 0, 0],
        licensed=[True, True, True, False],
        trusted=[True, False, True, True],
    )
    found = values(permit_kpis(observe_by_hand(scenario, consignments, 0.0)))
    assert found == {"all.permits_without_visit_share": pytest.approx(1 / 3)}


def test_without_permits_there_is_no_share_of_them() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0]), 0.0)
    assert np.isnan(values(permit_kpis(observation))["all.permits_without_visit_share"])


@pytest.mark.parametrize(("share", "adoption"), [(1.0, 1.0), (0.0, 0.0)])
def test_who_applies_online_gets_the_permit_without_a_visit(share: float, adoption: float) -> None:
    online = reform(
        {"set": {"step": "obtain_permit", "to": {"visits": 0}}},
        adoption={"share": adoption, **ASSUMED},
    )
    observation = replicate(shipped("serial", reforms={"online": online}))
    assert values(permit_kpis(observation))["all.permits_without_visit_share"] == share
