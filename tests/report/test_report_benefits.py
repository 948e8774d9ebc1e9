from dataclasses import replace

import numpy as np
import pytest

from sim.report.benefits import benefit_note, benefit_rows, best_benefit_line
from sim.report.labels import Language, labels_of
from sim.report.results import results_of
from sim.study.study import Study
from tests.report.synthetic_study import NAMES, synthetic_study


@pytest.fixture(scope="module")
def study() -> Study:
    return synthetic_study()


def test_each_reform_has_a_row_with_every_party(study: Study) -> None:
    rows = benefit_rows(study, results_of(study), labels_of(study.points))
    assert len(rows) == len(NAMES) - 1
    assert all(len(row.net) == 5 for row in rows)
    worthless, gaining = rows[0], rows[1]
    assert worthless.net[0].text == "0.0"
    assert worthless.net[3].verdict == "loss"
    assert worthless.payback.text == "none, the net benefit is not above zero"
    assert gaining.net[0].text == "+8.0"
    assert gaining.net[0].verdict == "gain"
    assert gaining.payback.text.endswith(" years")


def test_money_is_in_millions_with_its_interval(study: Study) -> None:
    row = benefit_rows(study, results_of(study), labels_of(study.points))[-1]
    total = study.benefits[study.benefits["payer"] == "total"].iloc[-1]
    assert row.one_off == f"{total['one_off'] / 1e6:.1f}"
    assert row.running == f"{total['running_per_year'] / 1e6:.1f}"
    low, high = total["net_low"] / 1e6, total["net_high"] / 1e6
    assert row.net[-1].interval == f"{low:.1f} to {high:.1f}"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Greatest net present value, all parties: Advance declaration, +"),
        ("zh", "各方净现值最大："),
    ],
)
def test_the_greatest_benefit_is_one_line(study: Study, language: Language, text: str) -> None:
    assert best_benefit_line(study, labels_of(study.points, language)).startswith(text)


def test_what_is_spent_once_counts(study: Study) -> None:
    totals = study.benefits[study.benefits["payer"] == "total"].set_index("scenario")
    assert totals["net_per_year"].idxmax() == "all_together"
    line = best_benefit_line(study, labels_of(study.points))
    assert "Advance declaration, +" in line
    assert "million CNY a year (" in line
    assert "pay-back: " in line


def test_no_benefit_is_said(study: Study) -> None:
    poorer = replace(study, benefits=study.benefits.assign(present_value=-1.0))
    line = best_benefit_line(poorer, labels_of(study.points))
    assert line == "No scenario has a positive net present value for all parties together."


def not_known(study: Study, *names: str) -> Study:
    """The study with the value of some scenarios unknown, as some consignments never finish."""
    chosen = study.benefits["scenario"].isin(names)
    figures = ["net_per_year", "net_low", "net_high", "present_value", "present_low"]
    benefits = study.benefits.assign(
        basis=study.benefits["basis"].mask(chosen, "unfinished"),
        **{name: study.benefits[name].mask(chosen) for name in figures},
    )
    return replace(study, benefits=benefits)


def test_a_value_that_is_not_known_is_not_called_none(study: Study) -> None:
    labels = labels_of(study.points)
    line = best_benefit_line(not_known(study, *NAMES), labels)
    assert line.startswith("Net present value not known for Parallel agencies; ")
    assert line.endswith(", because some consignments never finish.")
    assert "No scenario" not in line


def test_what_is_not_known_follows_what_is(study: Study) -> None:
    labels = labels_of(study.points)
    line = best_benefit_line(not_known(study, "all_together"), labels)
    assert line.startswith("Greatest net present value, all parties: Advance declaration, +")
    assert line.endswith(
        "Net present value not known for All together, because some consignments never finish."
    )


def test_other_traffic_is_said_beside_the_benefit(study: Study) -> None:
    labels = labels_of(study.points)
    assert benefit_note(study, labels) == ""
    basis = study.benefits["basis"].mask(
        study.benefits["scenario"] == "all_together", "at_baseline_volume"
    )
    assert benefit_note(replace(study, benefits=study.benefits.assign(basis=basis)), labels) == (
        "Other traffic arrives under All together: its benefit is the difference for each "
        "consignment of a flow, times the consignments of that flow in the baseline."
    )


@pytest.mark.parametrize(
    ("figures", "text", "limits"),
    [
        ({"payback_high": np.inf, "payback_low": 2.5, "payback_years": 4.0}, "4.00 years",
         "2.50 or more"),
        ({"net_per_year": np.nan, "basis": "unfinished"},
         "not known, some consignments never finish", ""),
        ({"one_off": 0.0}, "nothing to pay back", ""),
    ],
)  # fmt: skip
def test_pay_back_that_has_no_number_says_why(
    study: Study, figures: dict[str, float | str], text: str, limits: str
) -> None:
    changed = replace(study, benefits=study.benefits.assign(**figures))
    payback = benefit_rows(changed, results_of(study), labels_of(study.points))[-1].payback
    assert (payback.text, payback.interval) == (text, limits)


def test_a_single_scenario_has_no_rows() -> None:
    alone = synthetic_study(NAMES[:1])
    assert benefit_rows(alone, results_of(alone), labels_of(alone.points)) == []
