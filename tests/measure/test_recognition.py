from typing import Any

import pytest

from sim.measure.detection import examined_by
from sim.measure.observation import Observation
from sim.measure.recognition import recognition_kpis
from tests.builders import (
    consignments_of,
    observe_by_hand,
    replicate,
    replicated,
    shipped,
    spec,
    tiny,
)
from tests.measure.figures import values


def selected_by_both(boxes: list[int], licensed: list[bool]) -> Observation:
    """What is licensed is accepted on the finding of quarantine."""
    everyone = [True] * len(boxes)
    scenario = tiny(
        examine_quarantine=spec("declare", kind="examination", examines=["quarantine"]),
        accept_finding=spec("examine_quarantine", when=["licensed"]),
    )
    consignments = consignments_of(
        [0] * len(boxes),
        containers=boxes,
        licensed=licensed,
        customs_selected=everyone,
        quarantine_selected=everyone,
    )
    return observe_by_hand(scenario, consignments, 0.0)


def test_shares_of_consignments_and_of_teu() -> None:
    observation = selected_by_both([1, 2, 5], [False, False, True])
    assert values(recognition_kpis(observation)) == {
        "examined_twice.teu_per_consignment": pytest.approx(8 / 3),
        "recognised_share": pytest.approx(1 / 3),
        "recognised_teu_share": pytest.approx(5 / 8),
    }


def test_where_all_are_eligible_all_are_recognised() -> None:
    everyone = {"when": ["customs_selected", "quarantine_selected"]}
    scenario = shipped(
        "joint_inspection_recognition", reforms__mutual_recognition__eligible=everyone
    )
    found = values(recognition_kpis(replicate(scenario)))
    assert found["recognised_share"] == found["recognised_teu_share"] == 1


@pytest.mark.parametrize("name", ["serial", "joint_inspection"])
def test_without_the_reform_nothing_is_recognised(name: str) -> None:
    found = values(recognition_kpis(replicated(name)))
    assert found["recognised_share"] == found["recognised_teu_share"] == 0
    assert found["examined_twice.teu_per_consignment"] > 1


def test_what_a_clean_scan_clears_is_not_recognised() -> None:
    everything: dict[str, Any] = {
        "share": 1.0, "sensitivity": 0.0, "false_alarm": 0.0, "assumption": True,
    }  # fmt: skip
    observation = replicate(
        shipped("serial", agencies__customs__scan=everything, agencies__customs__image_analysts=9)
    )
    twice = observation.groups["examined_twice"]
    assert twice.any()
    assert examined_by(observation, "quarantine")[twice].all()
    assert not examined_by(observation, "customs")[twice].any()
    assert values(recognition_kpis(observation))["recognised_share"] == 0
