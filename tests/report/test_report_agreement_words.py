"""What is said of a run that was done again."""

from sim.report.agreement_words import (
    agreement_lines,
    change_lines,
    foreign_lines,
    version_lines,
)
from sim.study.reproduction.agreement import Difference
from sim.study.reproduction.versions import OtherVersion, other_versions


def test_all_agrees() -> None:
    assert agreement_lines(None, 0, 11, []) == ["Every bit of 11 tables agrees."]


def test_a_changed_file_is_no_agreement() -> None:
    assert change_lines(["report.html"]) == [
        "warning: report.html: was changed since the run wrote it (its SHA-256 is another one)"
    ]
    assert agreement_lines(None, 0, 11, ["report.html", "x.png"]) == [
        "The 11 tables agree in every bit, but report.html was changed."
    ]


def test_files_that_are_not_of_the_run() -> None:
    assert foreign_lines(["extra.csv"]) == ["note: extra.csv: is not of the run"]
    lines = foreign_lines([f"{number}.csv" for number in range(12)])
    assert (len(lines), lines[-1]) == (11, "note: and 2 more")


def test_the_first_difference() -> None:
    difference = Difference("kpis.csv", "mean", "1.5", "2.5", {"scenario": "serial", "kpi": "time"})
    assert agreement_lines(difference, 2, 11, ["kpis.csv"]) == [
        "2 of 11 tables differ; the first difference:",
        "  kpis.csv, scenario serial, kpi time, mean: 1.5 there, 2.5 now",
    ]


def test_other_versions_are_told_by_name() -> None:
    there = {"python": "3.11.1", "model": "a" * 64, "old": "1"}
    now = {"python": "3.11.1", "model": "b" * 64, "new": "2"}
    assert other_versions(there, now) == [
        OtherVersion("model", "a" * 64, "b" * 64),
        OtherVersion("old", "1", None),
        OtherVersion("new", None, "2"),
    ]
    assert version_lines(other_versions(there, now)) == [
        "warning: model: aaaaaaaaaaaa then, bbbbbbbbbbbb now",
        "warning: old: 1 then, none now",
        "warning: new: none then, 2 now",
    ]
