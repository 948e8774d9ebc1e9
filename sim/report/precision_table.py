"""How precise the KPIs became that were to become so, as a terminal shows it."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.key_tables import titled_table
from sim.report.labels import Labels
from sim.report.numbers import amount, percent, with_unit
from sim.report.terminal_width import WIDTH, wide_enough
from sim.study.precision.precise_run import Reached

MOST_SHOWN = 12


def print_precision(console: Console, reached: Reached, labels: Labels) -> None:
    """Print why replications ended, and the intervals nearest to, or beyond, what was asked."""
    console = wide_enough(console)
    style = "bold red" if reached.by_ceiling else ""
    console.print(Text(_ending(reached), style=style), width=WIDTH)
    console.print(_table(reached, labels), width=WIDTH)
    hidden = len(reached.table) - MOST_SHOWN
    if hidden > 0:
        console.print(Text(f"{hidden} narrower ones are in precision.csv.", style="dim"))


def _ending(reached: Reached) -> str:
    if not reached.by_ceiling:
        return f"Precise enough after {reached.replications} replications."
    stopped = f"Stopped by the ceiling of {reached.replications} replications"
    wide = int((~reached.table["is_met"]).sum())
    if wide:
        return f"{stopped}: {wide} of {len(reached.table)} intervals are wider than asked for."
    return f"{stopped}: all intervals are narrow enough, but have not been for long enough."


def _table(reached: Reached, labels: Labels) -> Table:
    table = titled_table("Precision")
    table.add_column("Scenario", overflow="fold")
    table.add_column("Figure", overflow="fold")
    for heading in ("Estimate", "Half-width", "Asked for"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = reached.table.to_dict("records")
    for row in sorted(rows, key=_share_of_asked, reverse=True)[:MOST_SHOWN]:
        table.add_row(
            Text(labels.point(row["scenario"])),
            Text(labels.kpi(row["kpi"])),
            _with_unit(row["estimate"], row, labels),
            Text(_half_width(row, labels), style="" if row["is_met"] else "yellow"),
            _asked(row, labels),
        )
    return table


def _share_of_asked(row: Mapping[Hashable, Any]) -> float:
    reached = row["relative_half_width" if row["asked_as"] == "relative" else "half_width"]
    if math.isnan(reached):
        return 0.0 if row["is_met"] else math.inf
    return float(reached / row["asked"])


def _half_width(row: Mapping[Hashable, Any], labels: Labels) -> str:
    if row["asked_as"] == "relative":
        return f"±{percent(row['relative_half_width'], 2)}"
    return f"±{_with_unit(row['half_width'], row, labels)}"


def _asked(row: Mapping[Hashable, Any], labels: Labels) -> str:
    if row["asked_as"] == "relative":
        return f"±{percent(row['asked'], 2)}"
    return f"±{_with_unit(row['asked'], row, labels)}"


def _with_unit(value: float, row: Mapping[Hashable, Any], labels: Labels) -> str:
    return with_unit(amount(value, row["unit"]), labels.word("unit", row["unit"]))
