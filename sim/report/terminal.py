"""What a run says in the terminal when it is done."""

import textwrap
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.labels import Labels
from sim.report.numbers import MISSING, PERCENT_POINTS, amount, digits_for, number, signed
from sim.report.results import Results
from sim.report.scoreboard import key_figures, saturated, shown_points, unfinished, verdict
from sim.report.scorecard import ScoreRow
from sim.study.settings import Point

WIDTH = 100
SATURATED = (
    "Overloaded in '{name}': {pool}. Lines grow as long as the run lasts; times mean little."
)
UNFINISHED = (
    "Unfinished in '{name}': {count} consignments a replication were never cleared, for want of "
    "staff, room or hours. They are in no mean above."
)
_STYLES = {"gain": "green", "loss": "red", "unclear": "dim"}


def print_summary(
    console: Console,
    results: Results,
    scores: list[ScoreRow],
    benefit: str,
    labels: Labels,
    folder: Path,
) -> None:
    """Print key figures, the benefit, published beside simulated figures, and where files are."""
    console = _wide_enough(console)
    console.print(_key_table(results, labels), width=WIDTH)
    if results.others:
        level = f"{100 * results.confidence:g} %"
        text = f"Differences to the baseline with {level} intervals, paired; * clear after Holm."
        console.print(Text(text, style="dim"), width=WIDTH)
        console.print(Text(benefit), width=WIDTH)
    for point, count in unfinished(results):
        text = UNFINISHED.format(name=labels.point(point.name), count=number(count, 1))
        console.print(Text(text, style="bold red"), width=WIDTH)
    for point, kpi in saturated(results):
        text = SATURATED.format(name=labels.point(point.name), pool=labels.kpi(kpi))
        console.print(Text(text, style="bold red"), width=WIDTH)
    hidden = len(results.points) - len(shown_points(results))
    if hidden:
        console.print(Text(f"{hidden} more scenarios are in comparison.csv.", style="dim"))
    if scores:
        console.print()
        console.print(_score_table(scores, labels), width=WIDTH)
    console.print()
    place = folder.absolute()
    console.print(f"Report: {place / 'report.html'}", soft_wrap=True, highlight=False)
    console.print(f"Tables and figures: {place}", soft_wrap=True, highlight=False)


def _wide_enough(console: Console) -> Console:
    """Let a file or a pipe have the full width; a terminal has the width it has."""
    if console.is_terminal or console.width >= WIDTH:
        return console
    return Console(file=console.file, width=WIDTH)


def _table(title: str) -> Table:
    return Table(
        title=title,
        box=box.SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )


def _key_table(results: Results, labels: Labels) -> Table:
    table = _table("Key figures")
    table.add_column("Scenario", min_width=16, overflow="fold")
    kpis = key_figures(results)
    for kpi in kpis:
        lines = [line for part in labels.heading(kpi) for line in textwrap.wrap(part, 14)]
        table.add_column("\n".join(lines), justify="right", no_wrap=True, vertical="bottom")
    for point in shown_points(results):
        cells = [_key_cell(results, point, kpi) for kpi in kpis]
        table.add_row(Text(labels.point(point.name)), *cells)
    return table


def _key_cell(results: Results, point: Point, kpi: str) -> Text:
    level = results.estimate(point.name, kpi)
    if level is None:
        return Text(MISSING)
    unit = "h" if level.unit == "h" else ""
    cell = Text(f"{amount(level.mean, level.unit)} {unit}".strip())
    change = results.change(point.name, kpi)
    if change and change.is_none:
        cell.append("\nno change ", style=_STYLES["unclear"])
    elif change:
        digits = digits_for(change.unit, level.mean)
        scale, suffix = (100, f" {PERCENT_POINTS}") if change.unit == "1" else (1, "")
        half_width = number(scale * (change.high - change.low) / 2, digits)
        mark = "*" if change.is_clear else " "
        text = f"\n{signed(scale * change.difference, digits)} ±{half_width}{suffix}{mark}"
        cell.append(text, style=_STYLES[verdict(results, point.name, kpi)])
    return cell


def _score_table(scores: list[ScoreRow], labels: Labels) -> Table:
    table = _table("Published figures beside simulated ones")
    table.add_column("Figure", ratio=1)
    table.add_column("Scenario", max_width=18)
    table.add_column("Unit", no_wrap=True)
    for heading in ("Published", "Simulated", "Interval", "Miss"):
        table.add_column(heading, justify="right", no_wrap=True)
    for before, score in zip([None, *scores], scores, strict=False):
        if before is None or before.role != score.role:
            table.add_row(Text(labels.word("target_role", score.role), style="italic"))
        style = "" if score.is_inside else "yellow"
        table.add_row(
            Text(score.label),
            Text(score.scenario),
            score.unit,
            score.published,
            score.simulated,
            score.interval,
            Text(score.miss, style=style),
        )
    return table
