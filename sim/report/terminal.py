"""What a run says in the terminal when it is done."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.cautions import cautions
from sim.report.key_tables import key_table, titled_table
from sim.report.labels import Labels
from sim.report.numbers import MISSING
from sim.report.results import Results
from sim.report.scoreboard import shown_points
from sim.report.scorecard import ScoreRow
from sim.report.terminal_width import WIDTH, wide_enough

_VERDICT_WIDTH = 16

Say = Callable[[Console, Path], None]
"""Says in the terminal what came out, and in which folder it is."""


def print_summary(
    console: Console,
    results: Results,
    scores: list[ScoreRow],
    note: str,
    benefit: str,
    periods: str,
    labels: Labels,
    folder: Path,
) -> None:
    """Print warnings, key figures, what they come to, published figures, and where files are."""
    console = wide_enough(console)
    for caution in cautions(results, labels):
        console.print(Text(f"{caution.title}: {caution.text}", style="bold red"), width=WIDTH)
    console.print(key_table(results, labels), width=WIDTH)
    if results.others:
        level = f"{100 * results.confidence:g} %"
        text = f"Differences to the baseline with {level} intervals, paired; * clear after Holm."
        console.print(Text(text, style="dim"), width=WIDTH)
        console.print(Text(benefit), width=WIDTH)
        if periods:
            console.print(Text(periods), width=WIDTH)
    hidden = len(results.points) - len(shown_points(results))
    if hidden:
        console.print(Text(f"{hidden} more scenarios are in comparison.csv.", style="dim"))
    if scores:
        console.print()
        console.print(_score_table(scores, labels), width=WIDTH)
    if note:
        console.print(Text(note, style="dim"), width=WIDTH)
    print_places(console, folder)


def print_places(console: Console, folder: Path) -> None:
    """Say where the page and the files of a run are."""
    console.print()
    place = folder.absolute()
    console.print(f"Report: {place / 'report.html'}", soft_wrap=True, highlight=False)
    console.print(f"Tables and figures: {place}", soft_wrap=True, highlight=False)


def _score_table(scores: list[ScoreRow], labels: Labels) -> Table:
    table = titled_table("Published figures beside simulated ones")
    table.add_column("Figure", ratio=1)
    for heading in ("Published", "Simulated", "Miss"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Verdict and\nprobability", width=_VERDICT_WIDTH)
    for before, score in zip([None, *scores], scores, strict=False):
        if before is None or before.role != score.role:
            table.add_row(Text(labels.word("target_role", score.role), style="italic"))
        style = "yellow" if score.is_missed else ""
        table.add_row(
            Text(f"{score.label}\n").append(score.scenario, style="dim"),
            _two_lines(score.published, " ".join(filter(None, (score.tolerance, score.unit)))),
            _two_lines(score.simulated, score.interval),
            Text(score.miss, style=style),
            Text(_verdict(score), style=style),
        )
    return table


def _two_lines(figure: str, below: str) -> Text:
    return Text(figure).append(f"\n{below}", style="dim")


def _verdict(score: ScoreRow) -> str:
    """Verdict, and below it the probability of being met where there is one."""
    return (
        score.verdict if score.probability == MISSING else f"{score.verdict}\n{score.probability}"
    )
