"""What the terminal says of a choice: the chosen one, how sure, and how good on fresh luck."""

from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.text import Text

from sim.report.best.candidates import candidate_rows
from sim.report.key_tables import titled_table
from sim.report.labels import Labels
from sim.report.numbers import amount, change, interval, percent, with_unit
from sim.report.terminal_width import WIDTH, wide_enough
from sim.study.choice.best import Best
from sim.study.vigilance import FoundShareChange, agency_of

_SHOWN = 12
_ALMOST = 0.999
_SHARED = (
    "To the chosen one: over the replications that both have, and so not always the difference of "
    "the two means."
)
_NAMES = {"kn": "KN", "kn++": "KN++", "ocba": "OCBA"}


def print_best(
    console: Console, best: Best, candidates: pd.DataFrame, labels: Labels, folder: Path
) -> None:
    """Print the chosen candidate, its probability, its fresh estimate, and the others."""
    console = wide_enough(console)
    chosen = labels.point(best.selection.chosen)
    console.print(Text(f"Best of {len(candidates)} candidates: {chosen}", style="bold"))
    for line in (_kpi(best, labels), probability(best, labels), *afresh(best, labels)):
        console.print(Text(line), width=WIDTH)
    for line in detection(best, labels):
        console.print(Text(line, style="bold red"), width=WIDTH)
    table = titled_table("Candidates, by their replications")
    table.add_column("Candidate", ratio=1)
    table.add_column("Replications", justify="right")
    table.add_column("Mean", justify="right", no_wrap=True)
    table.add_column("To the\nchosen one", justify="right", no_wrap=True)
    table.add_column("", ratio=1)
    rows = candidate_rows(candidates, best.question.sense, labels)
    for row in rows[:_SHOWN]:
        table.add_row(row.name, str(row.n), row.mean, row.behind, row.fate)
    console.print(table, width=WIDTH)
    if candidates["n"].nunique() > 1:
        console.print(Text(_SHARED, style="dim"), width=WIDTH)
    if len(rows) > _SHOWN:
        console.print(Text(f"{len(rows) - _SHOWN} more are in best.csv.", style="dim"))
    console.print(f"Tables and figure: {folder.absolute()}", soft_wrap=True, highlight=False)


def _kpi(best: Best, labels: Labels) -> str:
    return (
        f"{labels.kpi(best.question.kpi)}: {best.question.sense} is better. "
        f"{best.selection.spent:,} replications of all candidates, with shared luck."
    )


def probability(best: Best, labels: Labels) -> str:
    """How sure the choice is, and in which sense."""
    selection, name = best.selection, _NAMES[best.question.procedure]
    zone = _figure(best.zone, best.unit, labels)
    if len(selection.systems) == 1:
        return "It is the only candidate left: all others find clearly fewer violations."
    if selection.basis == "estimated":
        stopped = "" if name == "OCBA" else _not_decided(best)
        return (
            f"{name}: {stopped}an estimated probability of {_estimated(best)} that no "
            f"other is better by more than {zone}. It is estimated from the figures that led to "
            f"the choice.{_of_those_left(best)}"
        )
    limit = ", in the limit of a small difference" if selection.basis == "asymptotic" else ""
    return (
        f"{name}: a candidate that is better than all others by {zone} or more is chosen with a "
        f"probability of at least {100 * selection.probability:g} %, for normal figures{limit}."
        f"{_of_an_estimated_zone(best)}{_of_those_left(best)}"
    )


def _of_an_estimated_zone(best: Best) -> str:
    """The promise is one for a zone that is fixed beforehand."""
    asked = best.question.indifference
    if not asked.is_share:
        return ""
    return (
        f" That difference is {100 * asked.amount:g} % of the baseline's mean in the first stage, "
        "and so itself estimated; indifference in the unit of the figure fixes it beforehand."
    )


def _of_those_left(best: Best) -> str:
    """The promise says nothing of who was set aside, by what the first stage showed."""
    if not best.set_aside:
        return ""
    return (
        f" All this is about the {len(best.selection.systems)} candidates that the first stage "
        f"left; that the {len(best.set_aside)} set aside find fewer violations is not part of it."
    )


def _estimated(best: Best) -> str:
    """A rounded certainty is none."""
    share = best.selection.probability
    return percent(share, 1) if share < _ALMOST else f"more than {percent(_ALMOST, 1)}"


def _not_decided(best: Best) -> str:
    left = sum(not system.eliminated_by for system in best.selection.systems)
    return (
        f"not decided, {left} candidates are left at the ceiling of {best.question.ceiling} "
        "replications; the best mean so far, with "
    )


def afresh(best: Best, labels: Labels) -> list[str]:
    """The chosen one on fresh replications, beside what it was chosen for."""
    rows: list[dict[Any, Any]] = best.fresh.to_dict("records")
    first, *shares = rows
    before = _figure(first["selection_mean"], first["unit"], labels)
    lines = [
        f"Chosen for {before} over {first['selection_n']} replications, which luck has helped. On "
        f"{first['n']} fresh ones: {_fresh(first, labels)}."
    ]
    if shares:
        found = "; ".join(
            f"{labels.word('agency', agency)} {_fresh(row, labels)}"
            for row in shares
            if (agency := agency_of(row["kpi"]))
        )
        lines.append(f"Violations found there: {found}.")
    return lines


def _fresh(row: dict[Any, Any], labels: Labels) -> str:
    unit = row["unit"]
    level = _figure(row["mean"], unit, labels)
    if row["candidate"] == row["baseline"]:
        return f"{level} ({interval(row['low'], row['high'], unit)}), the baseline itself"
    limits = interval(row["difference_low"], row["difference_high"], unit)
    difference = change(row["difference"], unit)
    return f"{level}, {difference} to the baseline ({limits or 'no interval'})"


def detection(best: Best, labels: Labels) -> list[str]:
    """Who finds clearly fewer violations, and what became of it."""
    lines = []
    if best.set_aside:
        names = [system.name for system in best.set_aside]
        lines.append(f"Set aside, as fewer violations are found: {_falls(best, names, labels)}.")
    elif best.fewer:
        lines.append(
            f"Clearly fewer violations are found with: {_falls(best, list(best.fewer), labels)}."
        )
    if best.fresh_fewer:
        lines.append(
            "On the fresh replications the chosen one finds clearly fewer violations: "
            f"{fall_text(best.fresh_fewer, labels)}."
        )
    return lines


def _falls(best: Best, names: list[str], labels: Labels) -> str:
    shown = [
        f"{labels.short_point(name)} ({fall_text(best.fewer[name], labels)})"
        for name in names[:_SHOWN]
    ]
    more = [f"{len(names) - _SHOWN} more in best.csv"] if len(names) > _SHOWN else []
    return "; ".join(shown + more)


def fall_text(fall: FoundShareChange, labels: Labels) -> str:
    """An agency and by how much the share that it finds falls."""
    return f"{labels.word('agency', fall.agency)} {change(fall.change, '1')}"


def _figure(value: float, unit: str, labels: Labels) -> str:
    return with_unit(amount(value, unit), "1" if unit == "1" else labels.word("unit", unit))
