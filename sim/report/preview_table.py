"""What a preview says in the terminal."""

import math
from collections.abc import Hashable
from typing import Any

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.labels import Labels, labels_of
from sim.report.numbers import MISSING, number, percent
from sim.report.terminal_width import WIDTH, wide_enough
from sim.study.preview import Preview

OVERLOADED = "Unstable: {pool} is asked for {load} of what it has. Its line grows without end."
NOBODY = "Unstable: {pool} has nobody, and is asked for {asked} a day."
STABLE = "No pool is asked for more than it has, before any waiting."
_NEARLY = 0.9


def print_preview(console: Console, preview: Preview) -> None:
    """Print volumes, mixes, loads, and a warning for each pool that cannot keep up."""
    labels = labels_of([preview.point])
    console = wide_enough(console)
    console.print(Text(labels.point(preview.point.name), style="bold"))
    console.print(_streams(preview.streams, labels), width=WIDTH)
    console.print(_flows(preview.flows, labels), width=WIDTH)
    console.print(_pools(preview.pools, labels), width=WIDTH)
    lines = [_warning(row, labels) for row in preview.unstable.to_dict("records")]
    for line in lines or [STABLE]:
        style = "bold red" if lines else "dim"
        console.print(Text(line, style=style), width=WIDTH)


def _warning(row: dict[Hashable, Any], labels: Labels) -> str:
    pool = labels.word("pool", row["pool"])
    load, asked = row["load"], row["asked"]
    if math.isnan(load):
        return NOBODY.format(pool=pool, asked=number(asked, 1))
    return OVERLOADED.format(pool=pool, load=percent(load))


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(headings[0], min_width=len(headings[0]))
    for heading in headings[1:]:
        table.add_column(heading, justify="right")
    return table


def _streams(streams: pd.DataFrame, labels: Labels) -> Table:
    table = _table("Conveyances", "A day", "Boxes a year")
    for row in streams.to_dict("records"):
        name = labels.word("stream", row["stream"])
        table.add_row(name, number(row["per_day"], 1), number(row["boxes_per_year"], 0))
    return table


def _flows(flows: pd.DataFrame, labels: Labels) -> Table:
    selected = [name for name in flows.columns if name.endswith("_selected")]
    agencies = [labels.word("agency", name.removesuffix("_selected")) for name in selected]
    table = _table(
        "Consignments", "A day", "Boxes a day", "TEU a year", "Manual review",
        *(f"Selected, {agency}" for agency in agencies),
    )  # fmt: skip
    for row in flows.to_dict("records"):
        table.add_row(
            labels.word("group", row["flow"]),
            number(row["consignments_per_day"], 1),
            number(row["boxes_per_day"], 1),
            number(row["teu_per_year"], 0),
            *(percent(row[name]) for name in ("manual_review", *selected)),
        )
    return table


def _pools(pools: pd.DataFrame, labels: Labels) -> Table:
    table = _table("Unit hours or slots a day, before any waiting", "There", "Asked for", "Load")
    for row in pools.to_dict("records"):
        load = MISSING if math.isnan(row["load"]) else percent(row["load"])
        style = "bold red" if not row["load"] < 1 else "yellow" if row["load"] >= _NEARLY else ""
        table.add_row(
            labels.word("pool", row["pool"]),
            number(row["there"], 1),
            number(row["asked"], 1),
            Text(load, style=style),
        )
    return table
