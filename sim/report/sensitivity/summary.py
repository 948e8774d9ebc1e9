"""What the terminal says of a sensitivity study."""

from math import isnan
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.key_tables import titled_table
from sim.report.numbers import amount, change, digits_for, interval, percent, signed_percent
from sim.report.sensitivity.ranking_summary import ranking_lines, ranking_rows
from sim.report.sensitivity.words import SensitivityWords, counted, is_several
from sim.report.terminal_width import WIDTH, wide_enough
from sim.study.sensitivity.sensitivity_runner import Sensitivity

_SHOWN = 12
_FEW = 64
_FEW_SAMPLES = (
    f"With fewer than {_FEW} samples the two halves of the sequence are alike: the indices are far "
    "off, more than their intervals say."
)
_NOTES = {
    "tornado": "Each figure is moved by itself; what two do together is not seen.",
    "morris": (
        "Effects over the whole range of each figure: mu* their mean size, sigma how they differ "
        "from place to place (curvature, or others)."
    ),
    "sobol": (
        "Shares of the variance over the ranges, all values as likely; what total has beyond "
        "first is together with others."
    ),
}


def print_sensitivity(
    console: Console, found: Sensitivity, words: SensitivityWords, folder: Path
) -> None:
    """Print the figures that matter most, how sure that is, and where the files are."""
    console = wide_enough(console)
    console.print(Text(_head(found, words), style="bold"), width=WIDTH)
    table = _filled(found, words)
    if table.row_count:
        console.print(table, width=WIDTH)
    for line in _lines(found, words):
        console.print(Text(line), width=WIDTH)
    console.print(f"Tables and figure: {folder.absolute()}", soft_wrap=True, highlight=False)


def _head(found: Sensitivity, words: SensitivityWords) -> str:
    question = found.question
    plan = question.plans[0]
    label = words.labels.kpi(question.kpi)
    options = f", {len(question.plans)} options" if question.method == "ranking" else ""
    return (
        f"{label}: {question.method} of {counted(len(plan.names), 'figure')}{options}, "
        f"{len(question.run.points)} points of {found.replications} replications, shared luck"
    )


def _filled(found: Sensitivity, words: SensitivityWords) -> Table:
    fill = {
        "tornado": _tornado, "morris": _morris, "sobol": _sobol, "ranking": _ranking,
    }[found.question.method]  # fmt: skip
    return fill(found, words)


def _table(title: str, *numbers: str) -> Table:
    table = titled_table(title)
    table.add_column("Figure", ratio=1, overflow="fold")
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _tornado(found: Sensitivity, words: SensitivityWords) -> Table:
    base = amount(found.base, found.unit)
    title = f"Moved down and up by itself, to {base} {words.difference_unit(found.unit)}"
    table = _table(title, "To", "Difference", "Interval", "Share")
    rows, digits = found.tables["tornado"], digits_for(found.unit, found.base)
    for _, row in _shown_of(rows).iterrows():
        table.add_row(
            words.figure(row["figure"]),
            words.ends(rows[rows["figure"] == row["figure"]])[row["end"]],
            change(row["difference"], found.unit, digits),
            interval(row["low"], row["high"], found.unit, digits),
            signed_percent(row["relative"]),
        )
    return table


def _shown_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the figures that the terminal lists."""
    return rows[rows["figure"].isin(rows["figure"].unique()[:_SHOWN])]


def _morris(found: Sensitivity, words: SensitivityWords) -> Table:
    table = _table("Elementary effects, the largest first", "mu*", "Interval", "mu", "sigma")
    rows = found.tables["morris"]
    digits = digits_for(found.unit, found.base)
    for _, row in rows.head(_SHOWN).iterrows():
        table.add_row(
            words.figure(row["figure"]),
            amount(row["mu_star"], found.unit, digits),
            interval(row["low"], row["high"], found.unit, digits),
            change(row["mu"], found.unit, digits),
            amount(row["sigma"], found.unit, digits),
        )
    return table


def _sobol(found: Sensitivity, words: SensitivityWords) -> Table:
    table = _table("Shares of the variance, %", "First", "Interval", "Total", "Interval")
    for _, row in found.tables["sobol"].head(_SHOWN).iterrows():
        cells = [
            text
            for index in ("first", "total")
            for text in (
                percent(row[index], 0),
                interval(row[f"{index}_low"], row[f"{index}_high"], "1", 0),
            )
        ]
        table.add_row(words.figure(row["figure"]), *cells)
    return table


def _ranking(found: Sensitivity, words: SensitivityWords) -> Table:
    table = _table("Moves that would change what is the best", "Best then", "Difference", "")
    for cells in ranking_rows(found, words)[:_SHOWN]:
        table.add_row(*cells)
    return table


def _left_out(found: Sensitivity, words: SensitivityWords) -> list[str]:
    """What of the tables is not listed."""
    method, table = found.question.method, found.tables[found.question.method]
    if method == "ranking":
        more, what = len(ranking_rows(found, words)) - _SHOWN, "move"
    else:
        more, what = table["figure"].nunique() - _SHOWN, "figure"
    lines = [f"Not listed: {counted(more, what)} ({method}.csv)."] if more > 0 else []
    if method == "tornado" and _shown_of(table)["value"].map(is_several).any():
        lines.append(f"down, up: several numbers at once; they are in {method}.csv.")
    return lines


def _lines(found: Sensitivity, words: SensitivityWords) -> list[str]:
    question, method = found.question, found.question.method
    figures = len(question.plans[0].names)
    lines = _left_out(found, words)
    lines += ranking_lines(found, words) if method == "ranking" else [_NOTES[method]]
    if not isnan(found.noise):
        lines.append(
            f"{percent(found.noise, 1)} of the differences among points are luck that more "
            "replications would change."
        )
    if method == "sobol":
        total = float(found.tables["sobol"]["first"].sum())
        lines.append(f"All by themselves explain {percent(total, 0)} together.")
        lines += [_FEW_SAMPLES] if len(question.plans[0].points) < _FEW * (figures + 2) else []
    if found.question.fixed:
        lines.append(f"Cannot be moved by themselves: {', '.join(found.question.fixed)}.")
    return lines
