from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.measure.detection import detection_kpis, examined_by, found_violations
from sim.measure.observation import Observation
from sim.scenario.scenario import Scenario
from sim.traffic.consignments import Consignments
from tests.builders import (
    SHIPPED,
    consignments_of,
    observe_by_hand,
    replicate,
    replicated,
    shipped,
    spec,
    tiny,
)
from tests.measure.figures import values


def two_examinations(*changes: tuple[str, Any]) -> Scenario:
    """Examinations of both agencies that find 0.85 of their own and 0.35 of the other's."""
    return tiny(
        *changes,
        **{
            f"examine_{agency}": spec(
                "declare", kind="examination", when=[f"{agency}_selected"], examines=[agency]
            )
            for agency in ("customs", "quarantine")
        },
    )


def violators(luck: float, customs: bool, quarantine: bool) -> Consignments:
    """One consignment that breaks the rules of customs, selected as stated."""
    plain = consignments_of([0], customs_selected=[customs], quarantine_selected=[quarantine])
    return replace(
        plain,
        violation={**plain.violation, "customs": np.array([True])},
        finding_luck={"customs": np.array([luck]), "quarantine": np.array([0.0])},
    )


@pytest.mark.parametrize(
    ("luck", "customs", "quarantine", "found"),
    [
        pytest.param(0.849, True, False, True, id="its own"),
        pytest.param(0.851, True, False, False, id="its own, overlooked"),
        pytest.param(0.349, False, True, True, id="the other's"),
        pytest.param(0.351, False, True, False, id="the other's, overlooked"),
        pytest.param(0.849, True, True, True, id="both"),
        pytest.param(0.0, False, False, False, id="not examined"),
    ],
)
def test_who_finds_a_violation(luck: float, customs: bool, quarantine: bool, found: bool) -> None:
    observation = observe_by_hand(two_examinations(), violators(luck, customs, quarantine), 0.0)
    assert found_violations(observation, "customs").tolist() == [found]
    assert found_violations(observation, "quarantine").tolist() == [False]
    assert examined_by(observation, "customs").tolist() == [customs]
    kpis = values(detection_kpis(observation))
    assert kpis["detection.customs.found_per_thousand"] == 1000 * found
    assert kpis["detection.customs.missed_per_thousand"] == 1000 * (not found)
    assert kpis["detection.customs.found_share"] == found
    assert kpis["detection.customs.inspection_rate"] == customs
    assert kpis["detection.quarantine.missed_per_thousand"] == 0


def test_the_finding_of_another_agency_is_no_hit_of_ones_own() -> None:
    observation = observe_by_hand(two_examinations(), violators(0.1, False, True), 0.0)
    kpis = values(detection_kpis(observation))
    assert kpis["detection.customs.found_share"] == 1
    assert np.isnan(kpis["detection.customs.hit_rate"])
    assert kpis["detection.quarantine.hit_rate"] == 0


def test_an_agency_without_examination_finds_nothing() -> None:
    scenario = two_examinations(("agencies.customs.examination", None))
    observation = observe_by_hand(scenario, violators(0.5, True, False), 0.0)
    assert not found_violations(observation, "customs").any()


@pytest.mark.parametrize("name", SHIPPED)
def test_found_and_missed_are_all_that_is_hidden(name: str) -> None:
    observation = replicated(name)
    kpis = values(detection_kpis(observation))
    for agency in ("customs", "quarantine"):
        hidden = observation.consignments.violation[agency][observation.measured].mean()
        found, missed = (
            kpis[f"detection.{agency}.{what}_per_thousand"] for what in ("found", "missed")
        )
        assert found + missed == pytest.approx(1000 * hidden, rel=1e-12)
        assert kpis[f"detection.{agency}.found_share"] == pytest.approx(
            found / (1000 * hidden), rel=1e-12
        )


def test_perfect_examinations_of_everything_find_all() -> None:
    data: dict[str, Any] = {}
    for agency in ("customs", "quarantine"):
        for tier in ("advanced_certified", "general_certified", "ordinary", "discredited"):
            data[f"agencies__{agency}__selection__rate__{tier}"] = 1.0
        data[f"agencies__{agency}__examination__own_sensitivity"] = 1.0
    data["traffic__goods__quarantine_share_elsewhere"] = 1.0
    data["traffic__flows__sea_import__consignments__mean"] = 12.0
    observation = replicate(shipped("joint_inspection", **data))
    kpis = values(detection_kpis(observation))
    hidden = observation.consignments.violation["customs"][observation.measured].mean()
    assert hidden > 0
    assert kpis["detection.customs.found_share"] == kpis["detection.quarantine.found_share"] == 1
    assert kpis["detection.customs.missed_per_thousand"] == 0
    assert kpis["detection.customs.hit_rate"] == pytest.approx(hidden, rel=1e-12)
    assert kpis["detection.customs.inspection_rate"] == 1


def recognising() -> Observation:
    """All of what both select is recognised."""
    everyone = {"when": ["customs_selected", "quarantine_selected"]}
    return replicate(
        shipped(
            "joint_inspection_recognition",
            reforms__mutual_recognition__eligible=everyone,
            agencies__quarantine__examination__own_sensitivity=0.0,
            agencies__quarantine__examination__other_sensitivity=1.0,
        )
    )


def test_what_is_recognised_is_found_with_the_eyes_of_the_other_agency() -> None:
    observation = recognising()
    flags = observation.consignments.flags
    twice = flags["customs_selected"] & flags["quarantine_selected"]
    violating = observation.consignments.violation["customs"]
    assert not (examined_by(observation, "customs") & twice).any()
    assert (found_violations(observation, "customs") & twice == violating & twice).all()
    assert not found_violations(observation, "quarantine")[twice].any()


def test_the_achieved_area_is_that_of_the_stated_score() -> None:
    often = {"customs": 0.4, "quarantine": 0.4}
    observation = replicate(shipped("serial", traffic__violations__probability=often))
    kpis = values(detection_kpis(observation))
    for agency in ("customs", "quarantine"):
        assert kpis[f"detection.{agency}.auc"] == pytest.approx(0.75, abs=0.05)


def test_the_achieved_area_counts_what_is_scored_and_measured() -> None:
    plain = consignments_of([0, 0, 0, 0])
    ranked = replace(
        plain,
        violation={"customs": np.array([True, False, False, True]), "quarantine": np.zeros(4) > 0},
        risk_score={"customs": np.array([2.0, 1.0, 3.0, np.nan])},
    )
    kpis = values(detection_kpis(observe_by_hand(two_examinations(), ranked, 0.0)))
    assert kpis["detection.customs.auc"] == 0.5
    assert np.isnan(kpis["detection.quarantine.auc"])
