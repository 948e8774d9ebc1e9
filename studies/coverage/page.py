"""The page of the study: a text around its tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from studies.coverage.catalogue import MEASURES, committed
from studies.coverage.selection import BUDGETS

_TEXT = Path(__file__).with_name("page.md")
_LEAST, _MOST = 0.936, 0.964
_JUDGED = ("means", "waiting")
Row = Mapping[Hashable, object]
Cell = Callable[[Row], object]


def page() -> str:
    """Return the page, from the committed tables."""
    tables = {name: committed(name) for name in MEASURES}
    return _TEXT.read_text("utf-8").format(
        names=", ".join(MEASURES),
        verdict=_verdict([tables[name] for name in _JUDGED]),
        budgets=_listed(BUDGETS.values()),
        candidates=_listed(BUDGETS),
        **{name: _markdown(table, _CELLS[name]) for name, table in tables.items()},
    )


def _verdict(tables: list[pd.DataFrame]) -> str:
    """How many questions reach the goal at thirty replications, and which do not."""
    answers = pd.concat(tables)
    at_thirty = answers[answers["replications"] == 30]
    outside = at_thirty[~at_thirty["coverage"].between(_LEAST, _MOST)]
    names = "; ".join(
        f"*{row['case']}* ({_percent(row['coverage'])})" for row in outside.to_dict("records")
    )
    inside = len(at_thirty) - len(outside)
    return (
        f"Inside are {inside} of the {len(at_thirty)} cases of the first two tables. Outside: "
        f"{names or 'none'}."
    )


def _listed(numbers: Iterable[int]) -> str:
    *first, last = (f"{number:,}" for number in numbers)
    return f"{', '.join(first)} and {last}"


def _markdown(table: pd.DataFrame, cells: Mapping[str, Cell]) -> str:
    lines = [tuple(cells), ("---",) * len(cells)]
    lines += [tuple(str(cell(row)) for cell in cells.values()) for row in table.to_dict("records")]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _percent(share: object) -> str:
    return f"{100 * float(str(share)):.1f} %".replace("-", "\N{MINUS SIGN}")


def _of(column: str) -> Cell:
    return lambda row: row[column]


def _figure(column: str) -> Cell:
    return lambda row: f"{float(str(row[column])):.4g}".replace("-", "\N{MINUS SIGN}")


def _share(column: str) -> Cell:
    return lambda row: _percent(row[column])


def _limits(low: str = "low", high: str = "high") -> Cell:
    return lambda row: f"{_percent(row[low])} to {_percent(row[high])}"


_COVERAGE: dict[str, Cell] = {"covered": _share("coverage"), "limits": _limits()}
_ANSWERS: dict[str, Cell] = {
    "case": _of("case"),
    "replications": _of("replications"),
    "true value": _figure("truth"),
    "half-width": _figure("half_width"),
    "experiments": _of("experiments"),
    **_COVERAGE,
    "below": _of("too_low"),
    "above": _of("too_high"),
}
_CELLS: dict[str, dict[str, Cell]] = {
    **dict.fromkeys(("means", "waiting", "port", "skewness"), _ANSWERS),
    "families": {
        "differences": _of("differences"),
        "correction": _of("correction"),
        "sweeps": _of("sweeps"),
        "with a false alarm": _share("share"),
        "limits": _limits(),
    },
    "warm_up": {
        "customers left out": _of("warm_up"),
        "exact bias": _share("exact_bias"),
        "bias found": _share("bias"),
        "its limits": _limits("bias_low", "bias_high"),
        "experiments": _of("experiments"),
        **_COVERAGE,
    },
    "stopping": {
        "figures": _of("figures"),
        "rule": _of("rule"),
        "mean replications": _figure("replications"),
        "experiments": _of("experiments"),
        **_COVERAGE,
    },
    "selection": {
        "procedure": _of("procedure"),
        "candidates": _of("candidates"),
        "correlation": _of("correlation"),
        "selections": _of("selections"),
        "correct": _share("share"),
        "limits": _limits(),
        "told": _share("told"),
        "mean replications": _figure("replications"),
    },
}
