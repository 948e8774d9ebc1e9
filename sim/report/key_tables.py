"""Key figures as tables for a terminal."""

import textwrap

from rich import box
from rich.align import Align
from rich.table import Table
from rich.text import Text

from sim.report.flows import flow_measures, flows_of
from sim.report.labels import Labels
from sim.report.numbers import MISSING, PERCENT_POINTS, amount, number, signed
from sim.report.results import Change, Results
from sim.report.scoreboard import key_figures, shown_points, unfinished, verdict
from sim.study.settings import Point

_P90 = "overall_clearance_time.p90"
_HEADING_WIDTH = 12
STYLES = {"gain": "green", "loss": "red", "unclear": "dim"}


def titled_table(title: str) -> Table:
    """An empty table in the style of the terminal."""
    return Table(
        title=title,
        box=box.SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )


def key_table(results: Results, labels: Labels) -> Table:
    """Key figures by scenario; where there are several flows, by scenario and flow."""
    flows = flows_of(results)
    return _by_flow(results, flows, labels) if flows else _by_scenario(results, labels)


def _by_scenario(results: Results, labels: Labels) -> Table:
    table = titled_table("Key figures")
    table.add_column("Scenario", min_width=16, overflow="fold")
    kpis = key_figures(results)
    for kpi in kpis:
        add_figure_column(table, labels.heading(kpi), _unit(results, kpi, labels))
    for point in shown_points(results):
        cells = [_key_cell(results, point, kpi) for kpi in kpis]
        table.add_row(Text(labels.point(point.name)), *cells)
    return table


def _by_flow(results: Results, flows: list[str], labels: Labels) -> Table:
    """Scenarios, and under each of them its flows; a single scenario stands in the title."""
    title = "" if results.others else f": {labels.point(results.baseline.name)}"
    table = titled_table(f"Key figures by flow{title}")
    table.add_column("Scenario and flow" if results.others else "Flow", width=18, overflow="fold")
    measures = _narrow(flow_measures(results, flows), bool(unfinished(results)))
    for end in measures:
        flow = next(flow for flow in flows if results.has(f"{flow}.{end}"))
        upper, lower = labels.heading(f"{flow}.{end}")
        heading = (upper, lower.replace(labels.word("group", flow), ""))
        add_figure_column(table, heading, _unit(results, f"{flow}.{end}", labels))
    for point in shown_points(results):
        if results.others:
            table.add_row(Text(labels.point(point.name), style="bold"))
        for flow in flows:
            cells = [_key_cell(results, point, f"{flow}.{end}") for end in measures]
            table.add_row(Text(labels.word("group", flow)), *cells)
    return table


def _narrow(measures: list[str], some_unfinished: bool) -> list[str]:
    """What has room in a terminal: one kind of cost, and who never finished only where some did."""
    costs = [end for end in measures if end.startswith("cost.")]
    left_out = {*costs[1:], "examined_share"}
    if not some_unfinished:
        return [end for end in measures if end not in {*left_out, "unfinished"}]
    kept = [end for end in measures if end not in {*left_out, "unfinished", _P90}]
    return ["unfinished", *kept]


def add_figure_column(table: Table, heading: tuple[str, str], unit: str) -> None:
    """Add a column of numbers under a heading of short lines; levels stand in the first line."""
    lines = [line for part in (*heading, unit) for line in _folded(part)]
    text = Align("\n".join(lines), "right", vertical="bottom")
    table.add_column(text, justify="right", overflow="fold")


def _folded(text: str) -> list[str]:
    """Lines of a heading, broken between words and after a slash, never within a word."""
    lines = textwrap.wrap(text.replace("/", "/ "), _HEADING_WIDTH, break_long_words=False)
    return [line.replace("/ ", "/") for line in lines]


def _unit(results: Results, kpi: str, labels: Labels) -> str:
    """The unit in a heading; hours and per cent stand in the cells."""
    units = {found.unit for point in results.points if (found := results.estimate(point.name, kpi))}
    return ", ".join(labels.word("unit", unit) for unit in sorted(units - {"h", "1"}))


def _key_cell(results: Results, point: Point, kpi: str) -> Text:
    level = results.estimate(point.name, kpi)
    if level is None:
        return Text(MISSING)
    unit = "h" if level.unit == "h" else ""
    digits = results.digits(kpi)
    cell = Text(f"{amount(level.mean, level.unit, digits)} {unit}".strip())
    change = results.change(point.name, kpi)
    if change:
        cell.append(
            f"\n{change_text(change, digits)}", style=STYLES[verdict(results, point.name, kpi)]
        )
    return cell


def change_text(change: Change, digits: int) -> str:
    """A difference with the half-width of its interval, and a mark where it is clear."""
    if change.is_none:
        return "no change "
    scale, suffix = (100, f" {PERCENT_POINTS}") if change.unit == "1" else (1, "")
    half_width = number(scale * (change.high - change.low) / 2, digits)
    mark = "*" if change.is_clear else " "
    return f"{signed(scale * change.difference, digits)} ±{half_width}{suffix}{mark}"
