import math
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console
from synthetic_study import RunOf, with_targets

from sim.report.labels import labels_of
from sim.report.numbers import NO_BREAK
from sim.report.publish import publish
from sim.report.results import Change, results_of
from sim.report.scoreboard import (
    EXAMINED,
    OVERALL,
    greatest_gain,
    key_figures,
    nothing_changes,
    published_case,
    shown_points,
    verdict,
)
from sim.report.scorecard import ScoreRow, goals_left_out, score_note, score_rows
from sim.report.terminal import print_summary
from sim.scenario.base import Label
from sim.scenario.target import Target
from sim.study.settings import Point
from sim.study.study import Study


def made_change(low: float, high: float, p_holm: float) -> Change:
    middle = (low + high) / 2
    return Change("h", middle, low, high, middle, low, high, p_holm, 0.05)


@pytest.mark.parametrize(
    ("change", "is_clear"),
    [
        (made_change(-2, -1, 0.001), True),
        (made_change(-2, -1, 0.2), False),
        (made_change(-2, 1, 0.001), False),
        (made_change(-1, -1, math.nan), True),
        (made_change(0, 0, math.nan), False),
    ],
)
def test_a_difference_is_clear_after_the_correction(change: Change, is_clear: bool) -> None:
    assert change.is_clear is is_clear


def test_key_figures_show_time_cost_and_what_each_agency_finds(study: Study) -> None:
    found = ["detection.customs.found_share", "detection.quarantine.found_share"]
    assert key_figures(results_of(study)) == [OVERALL, EXAMINED, "cost.total.per_teu", *found]


def test_what_stands_out(study: Study) -> None:
    results = results_of(study)
    fastest, case = greatest_gain(results, OVERALL), published_case(study)
    assert fastest is not None
    assert fastest.name == "all_together"
    assert case is not None
    assert case.name == "joint_inspection_recognition"


def test_a_fall_in_what_is_found_is_a_loss(study: Study) -> None:
    results = results_of(study)
    found = "detection.customs.found_share"
    assert verdict(results, "all_together", found) == "loss"
    assert verdict(results, "all_together", OVERALL) == "gain"
    assert verdict(results, "serial", OVERALL) == "unclear"
    assert not nothing_changes(results, [found])
    assert nothing_changes(results, ["unfinished"])


def with_changes(study: Study, scenario: str, changes: dict[str, float]) -> Study:
    """The study with differences of a scenario set, each clear."""
    table = study.comparison.copy()
    for kpi, hours in changes.items():
        row = (table["scenario"] == scenario) & (table["kpi"] == kpi)
        assert row.any()
        table.loc[row, ["difference", "low", "high", "p_holm"]] = [hours, hours, hours, 0.0]
    return replace(study, comparison=table)


@pytest.mark.parametrize(("overall", "expected"), [(-1.0, "unclear"), (2.0, "loss")])
def test_an_earlier_declaration_is_no_loss(study: Study, overall: float, expected: str) -> None:
    changes = {EXAMINED: 40.0, "examined.overall_clearance_time.mean": overall}
    results = results_of(with_changes(study, "advance_declaration", changes))
    assert verdict(results, "advance_declaration", EXAMINED) == expected


def test_a_row_has_as_many_digits_in_every_scenario(study: Study) -> None:
    chosen = study.kpis["kpi"] == "cost.total.per_teu"
    levels = {"serial": 20.5, "all_together": 11.8}
    means = study.kpis["mean"].mask(chosen, study.kpis["scenario"].map(levels))
    kpis = study.kpis.assign(mean=means, unit=study.kpis["unit"].mask(chosen, "any"))
    assert results_of(replace(study, kpis=kpis)).digits("cost.total.per_teu") == 1


def test_of_many_points_the_baseline_and_the_fastest_are_shown(study: Study) -> None:
    shown = [point.name for point in shown_points(results_of(study), most=3)]
    assert shown == ["serial", "advance_declaration", "all_together"]


def test_published_figures_are_shown_in_their_form(study: Study) -> None:
    rows = {row.label: row for row in score_rows(study, labels_of(study.points))}
    fees = rows["Moving and unstuffing fees per TEU handled twice before"]
    assert (fees.published, fees.tolerance, fees.unit) == ("−600", "± 50", "CNY/TEU")
    time = rows["Clearance time, examined by both agencies"]
    assert (time.published, time.tolerance) == (
        f"−40.0{NO_BREAK}%", f"± 5.0{NO_BREAK}pp",
    )  # fmt: skip
    assert rows["Recognised share of consignments selected by both"].published.startswith("8.5")


def test_a_target_nobody_describes_still_has_a_row(study: Study) -> None:
    table = study.targets.assign(target="unknown")
    assert score_rows(replace(study, targets=table), labels_of(study.points))[0].label == "unknown"


def with_mean(study: Study, kpi: str, value: float) -> Study:
    """The study with a KPI of the second scenario set to a value."""
    name = study.points[1].name
    kept = study.kpis[~((study.kpis["scenario"] == name) & (study.kpis["kpi"] == kpi))]
    row = {"scenario": name, "kpi": kpi, "unit": "1", "mean": value, "low": value, "high": value}
    return replace(study, kpis=pd.concat([kept, pd.DataFrame([{**row, "n": 3}])]))


def test_a_warning_stands_in_the_terminal(study: Study) -> None:
    console = Console(width=100, record=True, file=StringIO())
    troubled = results_of(with_mean(study, "unfinished", 12.0))
    print_summary(console, troubled, [], "", "", "", labels_of(study.points), Path("out"))
    said = console.export_text()
    assert re.search(r"Unfinished: under Parallel agencies, 12\.0 of 8,\d+ consignments", said)
    assert said.index("Unfinished: under") < said.index("Key figures")


def test_no_cell_of_the_scorecard_is_cut(study: Study) -> None:
    certain = f">{NO_BREAK}99{NO_BREAK}%"
    row = ScoreRow(
        role="goal", label="Boxes on and off vessels a year", source="s",
        scenario="Lianyungang before the plan of 2018 (baseline)", form="level",
        unit="US$/container", published="12,931,250", tolerance="± 146,562", simulated="12,807,754",
        interval="12,434,585 to 13,180,922", miss="−1,123,496", probability=certain,
        verdict="met, but misses more violations: quarantine finds −12.1 pp", is_missed=False,
    )  # fmt: skip
    console = Console(width=100, record=True, file=StringIO())
    results = results_of(study)
    print_summary(console, results, [row], "", "", "", labels_of(study.points), Path("out"))
    said = console.export_text()
    assert "…" not in said
    assert all(cell_len(line) <= 100 for line in said.splitlines()[:-2])
    for part in (
        row.published,
        row.tolerance,
        row.interval,
        row.miss,
        row.unit,
        "(baseline)",
        certain,
    ):
        assert part in said


def test_times_of_unfinished_work_are_no_gain(study: Study) -> None:
    name = study.points[1].name
    assert verdict(results_of(study), name, OVERALL) == "gain"
    assert verdict(results_of(with_mean(study, "unfinished", 1.0)), name, OVERALL) == "unclear"


def with_goal(study: Study, *names: str) -> Study:
    """The scenarios named, which have the goals of documents, as a run lays them."""
    label = Label(en="Within 24 hours", zh="24小时内")
    goal = Target(
        label=label, source="s", scenarios=("serial",), kpi=OVERALL, role="goal", form="level",
        sense="at_most", value=24.0, unit="h",
    )  # fmt: skip
    return with_targets(
        replace(
            study, points=tuple(told(point, goal) for point in study.points if point.name in names)
        )
    )


def told(point: Point, goal: Target) -> Point:
    targets = {**point.scenario.targets, "goal": goal}
    return replace(point, written=point.written.model_copy(update={"targets": targets}))


def test_goals_stand_apart_and_miss_nothing(study: Study) -> None:
    pair = with_goal(study, "serial", "all_together")
    rows = score_rows(pair, labels_of(pair.points))
    assert [row.role for row in rows].count("goal") == 1
    assert rows[-1].scenario == "All together"
    assert (rows[-1].label, rows[-1].published, rows[-1].is_missed) == (
        "Within 24 hours", f"≤{NO_BREAK}24.0", False,
    )  # fmt: skip
    assert (rows[-1].verdict, rows[-1].probability) == ("missed", f"<{NO_BREAK}1{NO_BREAK}%")
    assert goals_left_out(pair, labels_of(pair.points)) == ""
    assert any(row.is_missed for row in rows)


PP = f"{NO_BREAK}pp"


@pytest.mark.parametrize(
    ("verdict", "by", "en", "zh"),
    [
        (
            "met_but_misses_more", "customs",
            f"met, but misses more violations: customs finds −2.1{PP}",
            f"达到，但漏查增多：海关查获占比−2.1{PP}",
        ),
        (
            "met_detection_undecided", "customs",
            f"met, detection undecided: customs finds −5.0 to +0.8{PP}",
            f"达到，查获是否减少未定：海关查获占比−5.0至+0.8{PP}",
        ),
        (
            "met_detection_undecided", "",
            "met, detection undecided: its own baseline is not in this run",
            "达到，查获是否减少未定：本次运行无其基准",
        ),
    ],
)  # fmt: skip
def test_a_figure_that_is_met_tells_what_it_costs_in_detection(
    study: Study, verdict: str, by: str, en: str, zh: str
) -> None:
    price = {"found_by": by, "found_change": -0.021, "found_low": -0.05, "found_high": 0.008}
    table = study.targets.loc[[study.targets.index[0]]].assign(verdict=verdict, **price)
    for language, said in (("en", en), ("zh", zh)):
        labels = labels_of(study.points, language)
        (row,) = score_rows(replace(study, targets=table), labels)
        assert row.verdict == said


def test_figures_put_in_are_said_to_test_nothing(study: Study) -> None:
    labels = labels_of(study.points)
    assert labels.word("target_role", "input") == "Put in: tests nothing"
    inputs = [row.label for row in score_rows(study, labels) if row.role == "input"]
    assert "Declaration data items, goods under both agencies" in inputs


def test_changes_against_another_baseline_are_said_to_be_left_out(study: Study) -> None:
    others = replace(study, points=study.points[1:])
    told = with_targets(replace(others, comparison=others.comparison.iloc[:0]))
    assert set(told.targets["form"]) == {"level"}
    labels = labels_of(told.points)
    said = score_note(told, labels)
    assert said.startswith(
        "Changes that documents state (Clearance time, examined by both agencies;"
    )
    assert said.endswith("are left out for Joint inspection + recognition.")
    assert "不列出" in score_note(told, labels_of(told.points, "zh"))


def test_a_document_without_a_figure_is_said_to_name_none(study: Study) -> None:
    bare = [
        replace(
            point, written=point.written.model_copy(update={"targets": {}, "document": document})
        )
        for point, document in zip(study.points, (None, *["Plan 9"] * 5), strict=True)
    ]
    untold = with_targets(replace(study, points=tuple(bare)))
    said = "Plan 9 names no figure to lay beside the simulated ones."
    assert score_note(untold, labels_of(untold.points)) == said
    assert score_note(study, labels_of(study.points)) == ""


def test_goals_that_do_not_apply_are_said_to_be_left_out(study: Study) -> None:
    alone = with_goal(study, "serial")
    assert "goal" not in {row.role for row in score_rows(alone, labels_of(alone.points))}
    assert goals_left_out(alone, labels_of(alone.points)).startswith(
        "Goals of the documents (Within 24 hours) are for reforms; no scenario"
    )


@pytest.mark.usefixtures("undrawn")
def test_the_page_and_the_terminal_tell_of_goals(
    study: Study, tmp_path: Path, run_of: RunOf
) -> None:
    for names, said in (
        (("serial", "all_together"), "Goals of the documents test nothing"),
        (("serial",), "Goals of the documents (Within 24 hours) are for reforms"),
    ):
        told = with_goal(study, *names)
        console = Console(width=100, record=True, file=StringIO())
        folder = tmp_path / str(len(names))
        publish(told, run_of(told, folder), folder)(console, folder)
        assert said in " ".join((folder / "report.html").read_text("utf-8").split())
        assert "Goals of the " in console.export_text()
