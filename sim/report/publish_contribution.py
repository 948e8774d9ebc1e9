"""Everything people see after a run of contributions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.text import Text

from sim.report.cautions import cautions
from sim.report.contribution_table import contribution_tables
from sim.report.contributions import Share, shares_of
from sim.report.figures.style import house_style
from sim.report.figures.waterfall import draw_waterfall
from sim.report.labels import Labels, labels_of
from sim.report.pictures import Picture, file_name, picture_of
from sim.report.precision_table import print_precision
from sim.report.publish import write_results
from sim.report.results import Results, results_of
from sim.report.scoreboard import key_figures
from sim.report.tables import write_csv, write_tables
from sim.report.terminal import Say, print_places
from sim.report.terminal_width import WIDTH, wide_enough
from sim.study.contribution import Contribution, contribution_table
from sim.study.settings import Run
from sim.study.study import Study

_CONTRIBUTION = "contribution.csv"
NOTE = (
    "Added: to those above it. Taken out: the whole bundle less the bundle without it. They differ "
    "where order matters. {level} intervals, paired; * clear after Holm."
)


def publish_contribution(contribution: Contribution, study: Study, run: Run, folder: Path) -> Say:
    """Write the results of a run of contributions into a folder; return what tells the shares."""
    results, labels = results_of(study), labels_of(study.points)
    table = _key_contributions(contribution, study, results)
    shares = shares_of(table, results.confidence, labels)
    ends = _ends(contribution, labels)
    write_results(study, run, folder, results, labels, draw_waterfalls(shares, ends, labels))
    write_csv(table, folder / _CONTRIBUTION)

    def say(console: Console, place: Path) -> None:
        if study.precision is not None:
            print_precision(console, study.precision, labels)
        _print(wide_enough(console), shares, ends, _of_ends(contribution, results), labels)
        print_places(console, place)

    return say


def write_contribution_tables(contribution: Contribution, study: Study, folder: Path) -> None:
    """Write all tables of a run of contributions into a folder."""
    write_tables(study, folder)
    table = _key_contributions(contribution, study, results_of(study))
    write_csv(table, folder / _CONTRIBUTION)


def _key_contributions(contribution: Contribution, study: Study, results: Results) -> pd.DataFrame:
    """The table of contributions to all key figures."""
    return contribution_table(contribution, study, key_figures(results), results.confidence)


def _ends(contribution: Contribution, labels: Labels) -> tuple[str, str]:
    """What the baseline and the whole bundle are called."""
    whole = contribution.names[contribution.parts[-1].whole]
    return labels.point(contribution.names[()]), labels.point(whole)


def _of_ends(contribution: Contribution, results: Results) -> Results:
    """Results of the baseline and the whole bundle alone."""
    names = {contribution.names[()], contribution.names[contribution.parts[-1].whole]}
    return replace(results, points=tuple(one for one in results.points if one.name in names))


def draw_waterfalls(
    shares: Mapping[str, Sequence[Share]], ends: tuple[str, str], labels: Labels
) -> list[Picture]:
    """A picture for each KPI."""
    with house_style(labels.language):
        return [
            picture_of(
                f"waterfall_{place}_{file_name(kpi)}", draw_waterfall(kpi, rows, ends, labels)
            )
            for place, (kpi, rows) in enumerate(shares.items(), start=1)
        ]


def _print(
    console: Console,
    shares: Mapping[str, Sequence[Share]],
    ends: tuple[str, str],
    results: Results,
    labels: Labels,
) -> None:
    for caution in cautions(results, labels):
        console.print(Text(f"{caution.title}: {caution.text}", style="bold red"), width=WIDTH)
    for table in contribution_tables(shares, ends, labels):
        console.print(table, width=WIDTH)
    note = NOTE.format(level=f"{100 * results.confidence:g} %")
    console.print(Text(note, style="dim"), width=WIDTH)
