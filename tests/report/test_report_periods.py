"""In how many periods a scenario is better, as people read it."""

from dataclasses import replace

import pytest

from sim.report.labels import labels_of
from sim.report.numbers import NO_BREAK
from sim.report.periods import better_periods, better_periods_line, variance_taken
from sim.report.results import results_of
from sim.study.study import Study

TIME = "all.overall_clearance_time.mean"
FOUND = "detection.customs.found_share"


def with_shares(study: Study, kpi: str, lower: float, higher: float) -> Study:
    """The study with shares of replications of its second scenario set."""
    table = study.comparison.copy()
    here = (table["kpi"] == kpi) & (table["scenario"] == study.points[1].name)
    table.loc[here, ["share_lower", "share_lower_low", "share_lower_high"]] = lower, 0.0, 0.5
    table.loc[here, ["share_higher", "share_higher_low", "share_higher_high"]] = higher, 0.5, 1.0
    return replace(study, comparison=table)


@pytest.mark.parametrize(("kpi", "share"), [(TIME, "30"), (FOUND, "60")])
def test_less_time_is_better_and_so_is_more_found(study: Study, kpi: str, share: str) -> None:
    told = with_shares(study, kpi, 0.3, 0.6)
    found = better_periods(told, results_of(told), kpi)[told.points[1].name]
    assert found.share == f"{share}{NO_BREAK}%"


def test_the_line_puts_equal_shares_together(study: Study) -> None:
    told = with_shares(study, TIME, 0.3, 0.6)
    line = better_periods_line(told, results_of(told), labels_of(told.points))
    assert line == (
        "Periods of 56 days with a shorter overall clearance time than the baseline, under the "
        f"same luck: 30{NO_BREAK}% Parallel agencies; 100{NO_BREAK}% Joint inspection, "
        "Joint inspection + recognition, Advance declaration, All together."
    )


def test_a_scenario_that_leaves_consignments_has_no_share(study: Study) -> None:
    stuck = study.points[1].name
    kpis = study.kpis.copy()
    kpis.loc[(kpis["scenario"] == stuck) & (kpis["kpi"] == "unfinished"), "mean"] = 3.0
    told = replace(study, kpis=kpis)
    assert stuck not in better_periods(told, results_of(told))


def test_alone_there_is_no_line(single_study: Study) -> None:
    results, labels = results_of(single_study), labels_of(single_study.points)
    assert better_periods_line(single_study, results, labels) == ""
    assert variance_taken(single_study) == ""


def test_variance_that_pairing_takes_is_told_from_least_to_most(study: Study) -> None:
    table = study.comparison.assign(variance_reduction=0.5)
    assert variance_taken(replace(study, comparison=table)) == f"50{NO_BREAK}%"
    table.loc[table["scenario"] == study.points[2].name, "variance_reduction"] = 0.875
    both = f"50{NO_BREAK}% to 88{NO_BREAK}%"
    assert variance_taken(replace(study, comparison=table)) == both
