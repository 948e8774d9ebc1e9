from dataclasses import replace

import numpy as np
import pytest

from sim.report.benefits import benefit_rows, best_benefit_line
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


@pytest.mark.parametrize(
    ("figures", "text", "limits"),
    [
        ({"payback_high": np.inf, "payback_low": 2.5, "payback_years": 4.0}, "4.00 years",
         "2.50 or more"),
        ({"net_per_year": np.nan}, "undefined, other consignments were measured", ""),
        ({"one_off": 0.0}, "nothing to pay back", ""),
    ],
)  # fmt: skip
def test_pay_back_that_has_no_number_says_why(
    study: Study, figures: dict[str, float], text: str, limits: str
) -> None:
    changed = replace(study, benefits=study.benefits.assign(**figures))
    payback = benefit_rows(changed, results_of(study), labels_of(study.points))[-1].payback
    assert (payback.text, payback.interval) == (text, limits)


def test_a_single_scenario_has_no_rows() -> None:
    alone = synthetic_study(NAMES[:1])
    assert benefit_rows(alone, results_of(alone), labels_of(alone.points)) == []
