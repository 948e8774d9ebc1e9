from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow, SelectionFactor
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.inspection import Inspection, draw_inspection, joined
from sim.traffic.screening import Screened
from tests.builders import ASSUMED, column, reform, shipped, spec

NUMBER = 40_000
DRAWS = Draws(1, 0)
TABLE = DeclarationTable(
    chapter=column(85), tax_rate=np.ones(1), value_per_kg=np.ones(1), importer=column(1)
)
ORDINARY = np.full(NUMBER, 2)
LIABLE = np.arange(NUMBER) % 2 == 0
OFTEN = {"customs": 0.3, "quarantine": 0.3}


def screened(number: int = NUMBER) -> Screened:
    return Screened(
        entity=np.arange(number, dtype=np.int64),
        row=np.zeros(number, dtype=np.int64),
        liable=LIABLE[:number],
        row_tier=column(2),
        table=TABLE,
    )


def flow_of(scenario: Scenario, **factors: float) -> Flow:
    """Sea imports with factors of their own on the inspection rates."""
    factor = SelectionFactor.model_validate({**factors, **ASSUMED})
    return scenario.traffic.flows["sea_import"].model_copy(update={"selection_factor": factor})


def inspected(factors: dict[str, float] | None = None, **values: Any) -> Inspection:
    """Inspect ordinary traders of whom many break the rules; half the goods are liable."""
    scenario = shipped("serial", traffic__violations__probability=OFTEN, **values)
    return draw_inspection(
        scenario, flow_of(scenario, **(factors or {})), screened(), ORDINARY, DRAWS
    )


def scanning(share: float, sensitivity: float, false_alarm: float) -> dict[str, Any]:
    scan = {"share": share, "sensitivity": sensitivity, "false_alarm": false_alarm, **ASSUMED}
    return {"agencies__customs__scan": scan}


def auditing(share: float, agency: str = "customs") -> dict[str, Any]:
    return {f"agencies__{agency}__audit": {"share": share, "sensitivity": 0.5, **ASSUMED}}


def agrees(flags: np.ndarray, share: float) -> bool:
    """Whether a share is met within four standard errors."""
    return abs(flags.mean() - share) <= 4 * np.sqrt(share * (1 - share) / len(flags))


@cache
def plain() -> Inspection:
    return inspected()


def test_without_a_scanner_what_is_selected_is_opened() -> None:
    flags = plain().flags
    for agency in ("customs", "quarantine"):
        assert (flags[f"{agency}_opened"] == flags[f"{agency}_selected"]).all()
        assert not flags[f"{agency}_scanned"].any()
        assert not flags[f"{agency}_audited"].any()


def test_quarantine_looks_only_at_what_it_supervises() -> None:
    step = "workflows__sea_import__steps__audit_customs__when"
    found = inspected(**auditing(0.5, "quarantine"), **{step: ["quarantine_audited"]})
    for name in ("selected", "opened", "finding", "audited"):
        assert not (found.flags[f"quarantine_{name}"] & ~LIABLE).any(), name
        if name != "audited":
            assert found.flags[f"quarantine_{name}"].any()
    assert agrees(
        found.flags["quarantine_audited"][LIABLE & ~found.flags["quarantine_opened"]], 0.5
    )
    assert not (found.violation["quarantine"] & ~LIABLE).any()


def test_a_share_of_what_is_selected_is_scanned() -> None:
    found = inspected(**scanning(0.6, 0.9, 0.1))
    assert (found.flags["customs_selected"] == plain().flags["customs_selected"]).all()
    assert agrees(found.flags["customs_scanned"][found.flags["customs_selected"]], 0.6)
    assert not (found.flags["customs_scanned"] & ~found.flags["customs_selected"]).any()


@pytest.mark.parametrize(("sensitivity", "false_alarm"), [(0.9, 0.1), (0.5, 0.3), (1.0, 0.0)])
def test_a_scan_alarms_as_stated(sensitivity: float, false_alarm: float) -> None:
    found = inspected(**scanning(1.0, sensitivity, false_alarm))
    violating, scanned = found.violation["customs"], found.flags["customs_scanned"]
    opened = found.flags["customs_opened"]
    assert agrees(opened[scanned & violating], sensitivity)
    assert agrees(opened[scanned & ~violating], false_alarm)


def test_what_is_not_scanned_is_opened_by_hand() -> None:
    found = inspected(**scanning(0.4, 0.0, 0.0)).flags
    by_hand = found["customs_selected"] & ~found["customs_scanned"]
    assert (found["customs_opened"] == by_hand).all()


def test_examinations_find_what_they_are_able_to() -> None:
    found = inspected(agencies__customs__examination__false_alarm=0.05)
    opened, violating = found.flags["customs_opened"], found.violation["customs"]
    finding = found.flags["customs_finding"]
    assert agrees(finding[opened & violating], 0.85)
    assert agrees(finding[opened & ~violating], 0.05)
    assert not (finding & ~opened).any()


def test_an_agency_without_examination_finds_nothing() -> None:
    assert not inspected(agencies__customs__examination=None).flags["customs_finding"].any()


@pytest.mark.parametrize("share", [0.0, 0.02, 1.0])
def test_a_share_of_what_was_not_opened_is_audited(share: float) -> None:
    flags = inspected(**auditing(share)).flags
    audited, opened = flags["customs_audited"], flags["customs_opened"]
    assert agrees(audited[~opened], share)
    assert not (audited & opened).any()


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=15, deadline=None)
def test_a_more_nervous_scanner_opens_nobody_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    calm, nervous = (
        inspected(**scanning(1.0, 0.5, chance)).flags["customs_opened"] for chance in (low, high)
    )
    assert not (calm & ~nervous).any()


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=15, deadline=None)
def test_more_audits_leave_nobody_out(one: float, other: float) -> None:
    low, high = sorted((one, other))
    few, many = (inspected(**auditing(share)).flags["customs_audited"] for share in (low, high))
    assert not (few & ~many).any()


@pytest.mark.parametrize(("factor", "rate"), [(0.0, 0.0), (0.5, 0.04), (1.0, 0.08), (20.0, 1.0)])
def test_a_flow_has_its_own_factor_on_the_inspection_rate(factor: float, rate: float) -> None:
    """As long as violations are as rare as the agency believes, the rate is the stated one."""
    scenario = shipped("serial")
    found = draw_inspection(
        scenario, flow_of(scenario, customs=factor), screened(), ORDINARY, DRAWS
    ).flags
    assert agrees(found["customs_selected"], rate)


@given(st.floats(0, 3), st.floats(0, 3))
@settings(max_examples=15, deadline=None)
def test_a_higher_factor_spares_nobody(one: float, other: float) -> None:
    low, high = sorted((one, other))
    few, many = (inspected({"customs": each}).flags["customs_selected"] for each in (low, high))
    assert not (few & ~many).any()


def test_a_factor_of_one_agency_leaves_the_other_alone() -> None:
    doubled = inspected({"customs": 2.0}).flags
    for name in ("selected", "opened", "finding"):
        assert (doubled[f"quarantine_{name}"] == plain().flags[f"quarantine_{name}"]).all()


def test_only_what_quarantine_selects_goes_to_the_laboratory() -> None:
    flags = plain().flags
    assert agrees(flags["laboratory"][flags["quarantine_selected"]], 0.2)
    assert not (flags["laboratory"] & ~flags["quarantine_selected"]).any()


def test_parts_are_put_back_in_their_places() -> None:
    scenario = shipped("serial")
    whole = draw_inspection(scenario, flow_of(scenario), screened(100), ORDINARY[:100], DRAWS)
    odd = np.arange(100) % 3 == 1
    parts = [
        (
            positions,
            draw_inspection(
                scenario,
                flow_of(scenario),
                screened(100).some(positions),
                ORDINARY[positions],
                DRAWS,
            ),
        )
        for positions in (np.flatnonzero(odd), np.flatnonzero(~odd))
    ]
    together = joined(parts, 100)
    for field, columns in vars(whole).items():
        for name, expected in columns.items():
            np.testing.assert_array_equal(getattr(together, field)[name], expected, err_msg=name)


def test_a_workflow_without_a_scan_or_an_audit_has_none() -> None:
    agency = {
        **scanning(1.0, 0.5, 0.1),
        "agencies__customs__audit": {"share": 1.0, "sensitivity": 0.5, **ASSUMED},
    }
    scenario = shipped("serial", **agency)
    spec = scenario.workflows["sea_import"]
    kept = {
        name: step
        for name, step in spec.steps.items()
        if not {"customs_scanned", "customs_audited"} & {c.removeprefix("not ") for c in step.when}
    }
    assert len(kept) < len(spec.steps)
    without = scenario.model_copy(
        update={"workflows": {"sea_import": spec.model_copy(update={"steps": kept})}}
    )
    for case, happens in ((scenario, True), (without, False)):
        flags = draw_inspection(case, flow_of(case), screened(), ORDINARY, DRAWS).flags
        assert flags["customs_scanned"].any() == flags["customs_audited"].any() == happens
        if not happens:
            assert (flags["customs_opened"] == flags["customs_selected"]).all()


def test_a_reform_asks_for_a_scan_if_anybody_adopts_it() -> None:
    """Steps of the baseline do not ask; one that the reform adds or changes does."""
    quarantine = {"agencies__quarantine__scan": scanning(1.0, 0.0, 0.0)["agencies__customs__scan"]}
    added = {"step": "n", "spec": spec("release", when=["quarantine_scanned"])}
    changed = {"step": "release", "to": {"when": ["not quarantine_scanned"]}}
    for operators in ({"add": added}, {"set": changed}):
        for share in (0.0, 1.0):
            adoption = {"share": share, **ASSUMED}
            reforms = {"r": reform(operators, adoption=adoption)}
            flags = inspected(reforms=reforms, **quarantine).flags
            assert flags["quarantine_scanned"].any() == bool(share)


def test_low_risk_is_told_by_the_score_of_customs() -> None:
    nobody = inspected(agencies__customs__selection__low_risk_share=0.0)
    assert not nobody.flags["low_risk"].any()
    found = inspected(agencies__customs__selection__low_risk_share=0.5)
    low_risk, score = found.flags["low_risk"], found.risk_score["customs"]
    assert low_risk.any()
    assert score[low_risk].max() <= score[~low_risk].min()
    for name, before in plain().flags.items():
        assert name == "low_risk" or (found.flags[name] == before).all()
