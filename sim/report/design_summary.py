"""What a design says in the terminal when it is done."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.design_words import DesignWords, with_half_width
from sim.report.key_tables import titled_table
from sim.report.numbers import change, digits_for, with_unit
from sim.report.terminal_width import WIDTH, wide_enough
from sim.study.design.best_points import BestPoint
from sim.study.design.pareto import STANDING
from sim.study.design.sweep import Sweep

_MOST_LISTED = 10
NOTE = (
    "{level} intervals. The best of many points looks a little better than it is: lay it beside "
    "the baseline with fresh luck (another experiment.seed)."
)


def print_design(
    console: Console,
    sweep: Sweep,
    best: Sequence[BestPoint],
    front: pd.DataFrame,
    effects: pd.DataFrame,
    words: DesignWords,
) -> None:
    """Print the best points, the size of the front, what effects rest on, and points not done."""
    console = wide_enough(console)
    console.print(_best_table(sweep, best, words), width=WIDTH)
    console.print(Text(_front_line(front)), width=WIDTH)
    if sweep.stuck:
        console.print(Text(_stuck_line(sweep), style="bold red"), width=WIDTH)
    for line in _lost_lines(sweep):
        console.print(Text(line, style="red"), width=WIDTH)
    for line in _effects_lines(sweep, effects, words):
        console.print(Text(line), width=WIDTH)
    note = NOTE.format(level=f"{100 * sweep.confidence:g} %")
    console.print(Text(note, style="dim"), width=WIDTH)


def print_folder(console: Console, folder: Path) -> None:
    """Say where the tables and figures are."""
    console.print(f"Tables and figures: {folder.absolute()}", soft_wrap=True, highlight=False)


def _best_table(sweep: Sweep, best: Sequence[BestPoint], words: DesignWords) -> Table:
    count = len(sweep.points) - 1
    table = titled_table(f"Best of {len(sweep.done)} points of {count}, on each KPI by itself")
    table.add_column("KPI", ratio=3, overflow="fold")
    table.add_column("Point", ratio=4, overflow="fold")
    for heading in ("Level", "To the baseline", "Not clearly\nworse"):
        table.add_column(heading, justify="right")
    for one in best:
        digits = digits_for(one.unit, one.level.estimate)
        level = with_half_width(one.level.estimate, one.level.low, one.level.high, one.unit, digits)
        table.add_row(
            Text(words.labels.kpi(one.kpi)),
            Text(one.point.name).append(f"\n{words.values(one.point.values)}", style="dim"),
            with_unit(level, "" if one.unit == "1" else words.labels.word("unit", one.unit)),
            change(one.change.estimate, one.unit, digits),
            f"{one.ties} of {one.of - 1}",
        )
    return table


def _front_line(front: pd.DataFrame) -> str:
    on_it = int((front[STANDING] == "front").sum())
    tied = len(front) - on_it
    more = f"; {tied} more cannot be told from it" if tied else ""
    return f"Points on the Pareto front: {on_it}{more} (pareto.csv)."


def _stuck_line(sweep: Sweep) -> str:
    names = [point.name for point in sweep.done if point.name in sweep.stuck]
    return (
        f"{len(names)} points left consignments unfinished, for want of staff, room, hours or a "
        f"conveyance: {_listed(names)}. They are ranked nowhere."
    )


def _effects_lines(sweep: Sweep, effects: pd.DataFrame, words: DesignWords) -> list[str]:
    """What a reader of the effects has to know where levels do not balance."""
    lines = []
    if effects["adjusted"].any():
        lines.append(
            "The points that could be used do not balance: effects are those of an additive model, "
            "by least squares (adjusted in main_effects.csv and interactions.csv)."
        )
    mixed = set(effects.loc[effects["effect"].isna(), "factor"])
    if mixed:
        names = [words.factor(one) for one in sweep.run.design.factors if one.key in mixed]
        lines.append(f"These points cannot tell these factors from others: {_listed(names)}.")
    return lines


def _lost_lines(sweep: Sweep) -> list[str]:
    keys = [factor.key for factor in sweep.run.design.factors]
    lost = [point for point in sweep.points if point.status != "done"]
    lines = [f"{point.status} {point.told(keys)}" for point in lost[:_MOST_LISTED]]
    more = [f"and {len(lost) - _MOST_LISTED} more (points.csv)"] if len(lost) > _MOST_LISTED else []
    return [*lines, *more]


def _listed(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more
