"""Everything people see after a run: tables, figures, the page, and a summary in the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from sim.report.benefits import best_benefit_line
from sim.report.labels import Labels, labels_of
from sim.report.page import render_page
from sim.report.periods import better_periods_line
from sim.report.pictures import Picture, draw_maps, draw_pictures
from sim.report.precision_table import print_precision
from sim.report.results import Results, results_of
from sim.report.scorecard import score_note, score_rows
from sim.report.tables import write_tables
from sim.report.terminal import Say, print_summary
from sim.scenario.base import Language
from sim.study.settings import Point, Run
from sim.study.study import Study


def publish(study: Study, run: Run, folder: Path) -> Say:
    """Write the results of a run into a folder and return what the terminal says of them."""
    results, labels = results_of(study), labels_of(study.points)
    write_results(study, run, folder, results, labels)
    benefit = best_benefit_line(study, labels)
    scores, note = score_rows(study, labels), score_note(study, labels)
    periods = better_periods_line(study, results, labels)

    def say(console: Console, place: Path) -> None:
        if study.precision is not None:
            print_precision(console, study.precision, labels)
        print_summary(console, results, scores, note, benefit, periods, labels, place)

    return say


def write_results(
    study: Study,
    run: Run,
    folder: Path,
    results: Results,
    labels: Labels,
    waterfalls: Sequence[Picture] = (),
) -> None:
    """Write tables, figures and the page of a run into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(study, folder)
    pictures = draw_pictures(study, results, labels)
    save_pictures([*pictures, *waterfalls], folder / "figures")
    page = render_page(study, run, results, labels, pictures, waterfalls)
    (folder / "report.html").write_text(page, encoding="utf-8")


def publish_maps(points: Sequence[Point], language: Language, folder: Path) -> Say:
    """Draw the workflows of some scenarios into a folder and return what says which they are."""
    pictures = draw_maps(points, labels_of(points, language))
    save_pictures(pictures, folder)

    def say(console: Console, place: Path) -> None:
        for picture in pictures:
            console.print(place / f"{picture.name}.png", highlight=False, soft_wrap=True)

    return say


def save_pictures(pictures: Sequence[Picture], folder: Path) -> None:
    """Write figures as SVG and PNG into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        (folder / f"{picture.name}.svg").write_bytes(picture.svg)
        (folder / f"{picture.name}.png").write_bytes(picture.png)
