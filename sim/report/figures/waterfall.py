"""What each reform contributes to a KPI: added in turn, beside taken out of the whole."""

import math
from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.contributions import Share, verdict_of
from sim.report.figures.style import BASELINE, GRID, INK, MUTED, bare_rows, total_interval
from sim.report.figures.wrapping import wrapped
from sim.report.labels import Labels
from sim.report.numbers import PERCENT_POINTS, amount, digits_for, number, signed
from sim.report.results import Change

VERDICTS = {"gain": "#0072b2", "loss": "#d55e00", "unclear": "#9fb3c8"}
_ADDED, _REMOVED = -0.19, 0.21
_THICK, _THIN = 0.36, 0.26
_HATCH = "////"
_PITCH = 0.46
_LINE, _BETWEEN = 0.145, 0.17
_COLUMNS = (1.13, 1.29)
_LABEL_WIDTH, _LABEL_LINES = 38, 3


def draw_waterfall(
    kpi: str, shares: Sequence[Share], ends: tuple[str, str], labels: Labels
) -> Figure:
    """One row a reform: how the change to the baseline builds up, with intervals.

    A filled bar is what the reform adds where it stands in the order; the hatched one under it,
    from the same start, what the whole bundle has through it. Where they differ, order matters.
    The two rows at the ends are the baseline and the whole bundle, with their levels.
    """
    unit = shares[0].added.unit
    names = _row_names(shares, ends, labels)
    tallest = max(name.count("\n") for name in names) + 1
    height = 0.95 + max(_PITCH, tallest * _LINE + _BETWEEN) * (len(shares) + 2)
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.27, right=0.79, bottom=0.42 / height, top=1 - 0.62 / height)
    bare_rows(axes, names)
    axes.set_xlim(auto=True)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    for row, share in enumerate(shares, start=1):
        _draw_share(axes, row, kpi, share, share.before - shares[0].before)
    levels = (shares[0].before, shares[-1].after)
    total = levels[1] - levels[0]
    axes.barh(len(shares) + 1, _shown(total, unit), _THICK, color=BASELINE)
    _numbers(axes, len(shares) + 1, (signed(_shown(total, unit), digits_for(unit, *levels)), ""))
    _finish(axes, kpi, unit, labels)
    return figure


def _row_names(shares: Sequence[Share], ends: tuple[str, str], labels: Labels) -> list[str]:
    """What stands beside the rows, wrapped; the two ends with their levels."""
    unit, levels = shares[0].added.unit, (shares[0].before, shares[-1].after)
    first, last = (
        f"{name}: {_level(value, unit, labels)}" for name, value in zip(ends, levels, strict=True)
    )
    names = (first, *(share.reform for share in shares), last)
    return [wrapped(name, _LABEL_WIDTH, _LABEL_LINES) for name in names]


def _draw_share(axes: Axes, row: int, kpi: str, share: Share, start: float) -> None:
    """The two bars of a reform, from where those before it have led, with a line to the next."""
    for change, offset in ((share.added, _ADDED), (share.removed, _REMOVED)):
        if math.isnan(change.difference) or change.is_none:
            continue
        colour = VERDICTS[verdict_of(kpi, change)]
        begin, length = _shown(start, change.unit), _shown(change.difference, change.unit)
        if change is share.added:
            axes.barh(row + offset, length, _THICK, left=begin, color=colour)
        else:
            axes.barh(
                row + offset, length, _THIN, left=begin, facecolor="white", edgecolor=colour,
                hatch=_HATCH, linewidth=0.6,
            )  # fmt: skip
        if math.isfinite(change.low) and math.isfinite(change.high):
            low, high = (_shown(start + limit, change.unit) for limit in (change.low, change.high))
            total_interval(axes, row + offset, low, high)
    end = _shown(start + share.added.difference, share.added.unit)
    axes.plot([end, end], [row + _ADDED, row + 1 + _ADDED], color=MUTED, linewidth=0.6)
    _numbers(axes, row, (_number(share.added, share.after), _number(share.removed, share.after)))


def _numbers(axes: Axes, row: int, texts: tuple[str, str]) -> None:
    for across, text in zip(_COLUMNS, texts, strict=True):
        axes.text(
            across, row, text, transform=axes.get_yaxis_transform(), ha="right", va="center",
            fontsize=8, color=INK,
        )  # fmt: skip


def _number(change: Change, level: float) -> str:
    """Difference and half-width of its interval; the latter only where anything changed."""
    if math.isnan(change.difference):
        return ""
    digits = digits_for(change.unit, level)
    if change.is_none:
        return number(0.0, digits)
    half = _shown(change.high - change.low, change.unit) / 2
    difference = signed(_shown(change.difference, change.unit), digits)
    return f"{difference} ±{number(half, digits)}" if math.isfinite(half) else difference


def _finish(axes: Axes, kpi: str, unit: str, labels: Labels) -> None:
    axes.set_title(labels.kpi(kpi), pad=26)
    said = PERCENT_POINTS if unit == "1" else labels.word("unit", unit)
    axes.set_xlabel(labels.text("contribution_axis", unit=said), loc="left")
    axes.margins(x=0.06)
    for column, text in zip(_COLUMNS, ("contribution_added", "contribution_removed"), strict=True):
        axes.text(
            column, -0.35, labels.text(f"{text}_short"), transform=axes.get_yaxis_transform(),
            ha="right", va="bottom", fontsize=8, color=MUTED,
        )  # fmt: skip
    axes.legend(handles=list(_key(labels)), loc="lower left", bbox_to_anchor=(0, 1), ncols=5,
                borderaxespad=0.2, handlelength=1.2, columnspacing=1.2, labelcolor=INK)  # fmt: skip


def _key(labels: Labels) -> Iterator[Patch]:
    yield Patch(facecolor=MUTED, label=labels.text("contribution_added"))
    yield Patch(
        facecolor="white", edgecolor=MUTED, hatch=_HATCH, label=labels.text("contribution_removed")
    )
    for verdict, colour in VERDICTS.items():
        yield Patch(facecolor=colour, edgecolor=GRID, label=labels.word("contribution", verdict))


def _shown(value: float, unit: str) -> float:
    """Shares in percentage points."""
    return 100 * value if unit == "1" else value


def _level(value: float, unit: str, labels: Labels) -> str:
    text = amount(value, unit)
    return text if unit == "1" else f"{text} {labels.word('unit', unit)}"
