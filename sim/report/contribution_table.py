"""What each reform contributes, as tables for a terminal."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from sim.report.contributions import Share, verdict_of
from sim.report.key_tables import STYLES, add_figure_column, change_text, titled_table
from sim.report.labels import Labels
from sim.report.numbers import MISSING, amount, digits_for

_MOST_COLUMNS = 5


def contribution_tables(
    shares: Mapping[str, Sequence[Share]], ends: tuple[str, str], labels: Labels
) -> list[Table]:
    """Tables of a few KPIs each: a row for each reform, between those of the two ends.

    Args:
        shares: by KPI, of the same reforms in the same order.
        ends: what the baseline and the whole bundle are called.
        labels: of the run.
    """
    kpis = list(shares)
    groups = [kpis[at : at + _MOST_COLUMNS] for at in range(0, len(kpis), _MOST_COLUMNS)]
    return [_table({kpi: shares[kpi] for kpi in group}, ends, labels) for group in groups]


def _table(shares: Mapping[str, Sequence[Share]], ends: tuple[str, str], labels: Labels) -> Table:
    table = titled_table("Contribution of each reform: added in turn, and below it taken out")
    table.add_column("Reform", min_width=16, overflow="fold")
    for kpi, rows in shares.items():
        unit = rows[0].added.unit
        shown = "" if unit in ("h", "1") else labels.word("unit", unit)
        add_figure_column(table, labels.heading(kpi), shown)
    table.add_row(Text(ends[0]), *(_level(rows[0].before, rows) for rows in shares.values()))
    for place, share in enumerate(next(iter(shares.values()))):
        cells = [_cell(kpi, rows[place]) for kpi, rows in shares.items()]
        table.add_row(Text(share.reform), *cells)
    table.add_row(Text(ends[1]), *(_level(rows[-1].after, rows) for rows in shares.values()))
    return table


def _level(value: float, shares: Sequence[Share]) -> Text:
    unit = shares[0].added.unit
    return Text(f"{amount(value, unit)} {'h' if unit == 'h' else ''}".strip(), style="bold")


def _cell(kpi: str, share: Share) -> Text:
    cell = Text()
    for change in (share.added, share.removed):
        if cell:
            cell.append("\n")
        digits = digits_for(change.unit, share.after)
        known = change.difference == change.difference
        text = change_text(change, digits) if known else MISSING
        cell.append(text, style=STYLES[verdict_of(kpi, change)])
    return cell
