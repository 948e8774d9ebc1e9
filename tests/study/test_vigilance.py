"""Whether as many violations are found as before reform, and of what."""

from math import nan
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.base import Label
from sim.scenario.target import Target
from sim.study.vigilance import (
    UNKNOWN,
    FoundShareChange,
    found_share_changes,
    is_conditional,
    price,
)

ROWS = [
    # kpi, difference, low, high, p_holm
    ("detection.customs.found_share", -0.05, -0.07, -0.03, 0.001),
    ("detection.quarantine.found_share", 0.01, -0.01, 0.03, 0.4),
    ("sea_import.detection.customs.found_share", 0.0, -0.01, 0.01, 1.0),
    ("sea_import.detection.customs.hit_rate", -0.3, -0.4, -0.2, 0.001),
]
COMPARISON = pd.DataFrame(
    [("reformed", *row) for row in ROWS] + [("other", *ROWS[0])],
    columns=["scenario", "kpi", "difference", "low", "high", "p_holm"],
)


def target(kpi: str, role: Literal["input", "calibrated", "outcome"] = "outcome") -> Target:
    return Target(
        label=Label(en="x", zh="某"), source="s", scenarios=("x",), kpi=kpi, role=role,
        form="level", sense="at_most", value=1.0, unit="h",
    )  # fmt: skip


def share(
    change: float, low: float, high: float, is_clear: bool, agency: str = "a"
) -> FoundShareChange:
    return FoundShareChange(agency, change, low, high, is_clear)


@pytest.mark.parametrize(
    ("kpi", "agencies"),
    [
        ("all.overall_clearance_time.mean", {"customs": -0.05, "quarantine": 0.01}),
        ("cost.total.per_teu", {"customs": -0.05, "quarantine": 0.01}),
        ("sea_import.overall_clearance_time.mean", {"customs": 0.0}),
        ("rail_import.overall_clearance_time.mean", {"customs": -0.05, "quarantine": 0.01}),
    ],
)
def test_a_flow_answers_for_itself(kpi: str, agencies: dict[str, float]) -> None:
    found = found_share_changes("reformed", COMPARISON, 0.05, flow=kpi.partition(".")[0])
    assert {share.agency: share.change for share in found} == agencies


def test_another_scenario_answers_for_another() -> None:
    (found,) = found_share_changes("other", COMPARISON, 0.05)
    assert found == share(-0.05, -0.07, -0.03, True, "customs")
    assert found_share_changes("unknown", COMPARISON, 0.05) == []


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (share(0.01, -0.01, 0.03, False), "met"),
        (share(-0.01, -0.02, -0.005, True), "met"),  # clear, and too small to count
        (share(0.0, 0.0, 0.0, False), "met"),
        (share(-0.05, -0.12, 0.02, False), "met_detection_undecided"),
        (share(-0.05, -0.09, -0.01, False), "met_detection_undecided"),  # not after Holm
        (share(0.02, -0.03, 0.07, False), "met_detection_undecided"),
        (share(nan, nan, nan, False), "met_detection_undecided"),
        (share(-0.05, -0.07, -0.03, True), "met_but_misses_more"),
        (share(-0.02, -0.03, -0.01, True), "met_but_misses_more"),
    ],
)
def test_the_margin_must_be_shown_to_be_kept(found: FoundShareChange, verdict: str) -> None:
    decided = price([share(0.1, 0.05, 0.15, True, "other"), found], 0.02)
    assert decided[0] == verdict
    assert decided[1] is (None if verdict == "met" else found)


def test_a_clear_fall_speaks_before_one_in_doubt() -> None:
    clear, doubtful = share(-0.03, -0.04, -0.02, True), share(-0.05, -0.12, 0.02, False)
    assert price([doubtful, clear], 0.02) == ("met_but_misses_more", clear)


def test_what_is_not_measured_is_undecided() -> None:
    assert price([], 0.02) == ("met_detection_undecided", UNKNOWN)


@given(st.floats(-0.2, 0.2), st.floats(0.001, 0.2), st.floats(0, 0.1), st.floats(0, 0.1))
def test_a_wider_margin_forgives_more(
    change: float, reach: float, margin: float, more: float
) -> None:
    found = [share(change, change - reach, change + reach, abs(change) > reach)]
    if price(found, margin)[0] == "met":
        assert price(found, margin + more)[0] == "met"
    if price(found, margin)[0] == "met_but_misses_more":
        assert price(found, margin + more)[0] != "met_detection_undecided"


@pytest.mark.parametrize(
    ("kpi", "unit", "conditional"),
    [
        ("x", "h", True),
        ("cost.total.per_teu", "CNY/TEU", True),
        ("cost.compliance.usd_per_box", "USD/box", True),
        ("sea_import.qualifying.time_in_port.within_24h", "1", True),
        ("all.documents.mean", "documents/consignment", False),
        ("recognised_share", "1", False),
    ],
)
def test_time_and_cost_are_under_the_condition(kpi: str, unit: str, conditional: bool) -> None:
    assert is_conditional(target(kpi), unit) is conditional


@pytest.mark.parametrize("role", ["input", "calibrated"])
def test_what_was_put_in_is_under_no_condition(role: Literal["input", "calibrated"]) -> None:
    assert not is_conditional(target("x", role), "h")
