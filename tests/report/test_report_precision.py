"""How precise the KPIs became, as a terminal shows it."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from sim.report.labels import labels_of
from sim.report.precision_table import MOST_SHOWN, print_precision
from sim.study.precision.precise_run import Reached
from sim.study.study import Study

TIME = "all.overall_clearance_time.mean"


def row(scenario: str, half_width: float, is_met: bool) -> dict[str, object]:
    return {
        "scenario": scenario, "kpi": TIME, "unit": "h", "estimate": 100.0,
        "half_width": half_width, "relative_half_width": half_width / 100, "asked": 0.05,
        "asked_as": "relative", "is_met": is_met, "n": 30,
    }  # fmt: skip


def said(study: Study, reached: Reached) -> str:
    console = Console(width=100, record=True, file=StringIO())
    print_precision(console, reached, labels_of(study.points))
    return " ".join(console.export_text().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_widest_come_first(single_study: Study) -> None:
    table = pd.DataFrame([row("serial", 2.0, True), row("other", 4.125, True)])
    text = said(single_study, Reached(40, False, 40, table))
    assert text.startswith("Precise enough after 40 replications.")
    assert text.index("other") < text.index("Serial")
    assert "Serial Overall clearance time, all consignments, mean 100.0 h ±2.00 % ±5.00 %" in text


@pytest.mark.parametrize(
    ("is_met", "ending"),
    [
        (False, "1 of 2 intervals are wider than asked for."),
        (True, "all intervals are narrow enough, but have not been for long enough."),
    ],
)
def test_the_ceiling_says_what_is_missing(single_study: Study, is_met: bool, ending: str) -> None:
    table = pd.DataFrame([row("serial", 2.0, True), row("other", 7.0, is_met)])
    text = said(single_study, Reached(40, True, None, table))
    assert text.startswith(f"Stopped by the ceiling of 40 replications: {ending}")


def test_absolute_half_widths_have_their_unit(single_study: Study) -> None:
    table = pd.DataFrame([row("serial", 2.0, True) | {"asked": 2.5, "asked_as": "absolute"}])
    assert "100.0 h ±2.0 h ±2.5 h" in said(single_study, Reached(40, False, 40, table))


def test_what_is_not_known_is_the_widest_and_many_are_cut(single_study: Study) -> None:
    rows = [row(f"number {place}", 1.0, True) for place in range(MOST_SHOWN)]
    table = pd.DataFrame([*rows, row("unknown", np.nan, False)])
    text = said(single_study, Reached(40, True, None, table))
    assert text.index("unknown") < text.index("number 0")
    assert "1 narrower ones are in precision.csv." in text
