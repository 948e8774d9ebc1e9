"""How often intervals cover: slices of the study beside its committed tables, and its page."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.study.intervals import Interval
from studies.coverage import families, port, selection, stopping, warm_up
from studies.coverage.catalogue import MEASURES, PAGE, committed
from studies.coverage.experiments import Experiment, Question, answer_table, counted
from studies.coverage.line import expected_waits, steady_quantile, steady_wait, waits
from studies.coverage.luck import luck, normal
from studies.coverage.means import MEANS, mean_interval, p90_of_sum
from studies.coverage.page import page
from studies.coverage.skewness import hall_interval
from studies.coverage.waiting import WAITING

FILE = Path(__file__).with_name("reference_cases.json")
CASES = {case["id"]: case["metrics"] for case in json.loads(FILE.read_text("utf-8"))["cases"]}
QUICK = ("normal", "loss")
GOAL = (0.936, 0.964)


def exact(case: str) -> dict[str, float]:
    return {metric["name"]: metric["value"] for metric in CASES[case]}


@pytest.mark.parametrize("name", QUICK)
def test_a_slice_gives_the_committed_rows(name: str) -> None:
    (experiment,) = (one for one in MEANS if one.name == name)
    found = answer_table([experiment])
    table = committed("means")
    rows = table[table["case"].isin(found["case"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, rows, check_exact=False, rtol=0, atol=2e-6)


@pytest.mark.parametrize("experiment", [*MEANS, *WAITING], ids=lambda one: one.name)
def test_a_few_experiments_cover_about_as_often_as_the_committed_ones(
    experiment: Experiment,
) -> None:
    number = 40
    found = answer_table([replace(experiment, repeated=number)])
    table = committed("means" if experiment in MEANS else "waiting")
    both = found.merge(table, on=["case", "replications"], suffixes=("", "_committed"))
    assert len(both) == len(found)
    least = stats.binom.ppf(1e-5, number, both["coverage_committed"])
    assert (both["covered"] >= least).all()
    assert both["truth"].to_list() == both["truth_committed"].to_list()


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURES)
def test_the_committed_tables_are_reproduced(name: str) -> None:
    pd.testing.assert_frame_equal(
        MEASURES[name](), committed(name), check_exact=False, rtol=1e-6, atol=2e-6
    )


def test_the_page_is_that_of_the_tables() -> None:
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize(
    "case",
    [
        "mean of a normal",
        "mean time",
        "paired difference of means",
        "relative change of the mean",
        "share of boxes that pay",
    ],
)
def test_what_is_about_normal_reaches_the_goal(case: str) -> None:
    table = committed("means").set_index(["case", "replications"])
    assert GOAL[0] <= table.loc[(case, 30), "coverage"] <= GOAL[1]


def test_corrections_keep_the_error_of_a_family() -> None:
    table = committed("families").set_index(["differences", "correction"])
    for differences in table.index.unique("differences"):
        assert table.loc[(differences, "none"), "low"] > 0.3
        for correction in ("Holm", "Dunnett"):
            assert table.loc[(differences, correction), "low"] <= 0.05


def test_the_bias_of_a_line_from_empty_is_the_one_that_is_known() -> None:
    table = committed("warm_up")
    reach = 2 * (table["bias_high"] - table["bias"])
    assert ((table["bias"] - table["exact_bias"]).abs() < reach).all()
    assert table["exact_bias"].is_monotonic_increasing
    assert table["warm_up"].to_list() == list(warm_up.LENGTHS)


def test_kn_keeps_its_probability() -> None:
    table = committed("selection").query("procedure == 'kn'")
    assert (table["high"] >= 0.95).all()


def test_expected_waits_are_those_of_the_reference_case() -> None:
    found, known = expected_waits(0.9, 60), exact("mm1_transient_l0.9")
    for customer in (1, 2, 3, 5, 10, 25, 50, 60):
        assert found[customer - 1] == pytest.approx(known[f"E_delay_customer_{customer}"], rel=1e-9)
    assert found[:50].mean() == pytest.approx(known["mean_delay_first_50"], rel=1e-9)


def test_steady_waits_are_those_of_the_reference_case() -> None:
    known = exact("mm1_l0.8_m1")
    assert steady_wait(0.8) == pytest.approx(known["Wq"])
    assert steady_quantile(0.8, 0.9) == pytest.approx(known["Wq_q0.9"])


def test_waits_follow_lindley() -> None:
    services, gaps = luck("lindley", 0).uniform("any", np.arange(200)).reshape(2, 2, 50)
    wait = np.zeros(2)
    for place, column in enumerate(waits(services, gaps).T):
        np.testing.assert_allclose(column, wait, atol=1e-12)
        wait = np.maximum(0.0, wait + services[:, place] - gaps[:, place])


def test_truths_of_the_tariff_are_those_of_the_reference_case() -> None:
    known = exact("demurrage_linear")
    truths = {question.name: question.truth for one in MEANS for question in one.questions}
    assert truths["demurrage, 100 boxes a replication"] == pytest.approx(known["cost_mean"])
    assert truths["share of boxes that pay"] == pytest.approx(known["share_paying"])


def test_p90_of_a_sum_is_exceeded_by_a_tenth() -> None:
    time = p90_of_sum(40.0, 8.0)
    beyond = (40 * math.exp(-time / 40) - 8 * math.exp(-time / 8)) / 32
    assert beyond == pytest.approx(0.1)


def test_a_line_of_three_is_counted() -> None:
    intervals = [Interval(0, low, low + 2, 5) for low in (-1.0, 1.0, -4.0, -2.0)]
    found = counted("case", 5, 0.0, intervals)
    assert (found.covered, found.too_low, found.too_high) == (2, 1, 1)
    assert (found.coverage, found.half_width) == (0.5, 1.0)


def test_ten_replications_are_the_first_of_thirty() -> None:
    seen: list[np.ndarray] = []

    def interval(values: np.ndarray) -> Interval:
        seen.append(values)
        return mean_interval(values)

    sample = next(one.sample for one in MEANS if one.name == "normal")
    answer_table([Experiment("normal", sample, (Question("any", 0.0, interval),), repeated=1)])
    assert seen[0].tolist() == seen[1][:10].tolist()


def test_hall_moves_the_interval_towards_the_long_tail_and_leaves_symmetry_alone() -> None:
    values = np.exp(normal(luck("hall", 0), "value", 30))
    student, hall = mean_interval(values), hall_interval(values, 0.95)
    assert hall.low > student.low
    assert hall.high > student.high
    even = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    assert hall_interval(even, 0.95) == mean_interval(even)


def test_a_correction_for_skewness_covers_more_of_what_is_skewed() -> None:
    table = committed("skewness").set_index(["case", "replications"])["coverage"]
    for name in ("exponential", "lognormal"):
        assert table[f"{name}: Hall", 30] > table[f"{name}: Student", 30]


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("stopping", partial(stopping.measure, 3)),
        ("selection", partial(selection.measure, 2)),
        ("warm_up", partial(warm_up.measure, 2)),
        ("families", partial(families.measure, 2)),
        pytest.param("port", partial(port.measure, 2), marks=pytest.mark.slow),
    ],
)
def test_small_measures_are_tables_like_the_committed_ones(
    name: str, measure: Callable[[], pd.DataFrame]
) -> None:
    found, table = measure(), committed(name)
    assert list(found.columns) == list(table.columns)
    assert len(found) == len(table)
