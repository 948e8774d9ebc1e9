"""What a verification says in the terminal."""

from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.verify.acceptance import Verdict
from sim.verify.reference_file import Value
from sim.verify.verification import Row, VerificationRequest

WIDTH = 130
_STYLES: dict[Verdict, str] = {
    "pass": "green",
    "pass (no engine)": "green",
    "trap avoided": "green",
    "fail": "bold red",
    "too wide": "bold red",
    "out of reach": "bold red",
    "unsupported": "dim",
}


def print_verification(console: Console, request: VerificationRequest, rows: Sequence[Row]) -> None:
    """Print a line a metric, then how many of each verdict there are."""
    if not console.is_terminal:
        console = Console(file=console.file, width=WIDTH)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Case", no_wrap=True)
    table.add_column("Metric", no_wrap=True)
    for heading in ("Exact", "Estimate", "± 95 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Note", overflow="fold")
    shown = ""
    for row in rows:
        judgement = row.judgement
        exact = row.metric.target if row.metric.quantile else row.metric.value
        table.add_row(
            row.case.id if row.case.id != shown else "",
            f"P(≤ {row.metric.name})" if row.metric.quantile else row.metric.name,
            _value(exact),
            _found(judgement.estimate),
            _found(judgement.half_width),
            Text(judgement.verdict, style=_STYLES[judgement.verdict]),
            judgement.note,
        )
        shown = row.case.id
    console.print(table)
    console.print(summary(request, rows), highlight=False, soft_wrap=True)


def summary(request: VerificationRequest, rows: Sequence[Row]) -> str:
    """Counts of verdicts, and by what rule they were found."""
    counts = Counter(row.judgement.verdict for row in rows)
    found = ", ".join(f"{counts[verdict]} {verdict}" for verdict in _STYLES if counts[verdict])
    cases = len({row.case.id for row in rows})
    return (
        f"{found}. {len(rows)} metrics of {cases} cases, level {request.level}, "
        f"seed {request.seed}; error of the family over {request.file.metrics} metrics."
    )


def _value(value: Value) -> str:
    return f"{value[0]} …" if isinstance(value, tuple) else f"{value:.6g}"


def _found(value: float) -> str:
    return "" if value != value else f"{value:.6g}"  # noqa: PLR0124 - NaN is not itself
