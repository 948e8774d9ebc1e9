"""Stacked and plain horizontal bars, one row a scenario, with the interval of the total."""

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import StrMethodFormatter

from sim.report.figures.style import INK, bare_rows, ink_on, total_interval
from sim.report.numbers import number
from sim.report.results import Results
from sim.study.settings import Point

BAR_HEIGHT = 0.62


def stacked_bars(
    axes: Axes,
    results: Results,
    points: Sequence[Point],
    parts: Mapping[str, str],
    total: str | None,
    digits: int,
) -> None:
    """Draw parts (KPI to colour) end to end; the total's interval and number stand at the end."""
    reach = _reach(results, points, list(parts))
    for row, point in enumerate(points):
        left = 0.0
        for kpi, colour in parts.items():
            length = results.mean(point.name, kpi)
            if math.isnan(length):
                continue
            axes.barh(
                row, length, BAR_HEIGHT, left=left, color=colour, edgecolor="white", linewidth=0.6
            )
            if length > 0.055 * reach:
                axes.text(
                    left + length / 2,
                    row,
                    number(length, digits),
                    ha="center",
                    va="center",
                    fontsize=7.5,
                    color=ink_on(colour),
                )
            left += length
        _end_of_row(axes, results, point, row, left, total, digits)
    axes.set_xlim(0, 1.13 * reach)


def plain_bars(
    axes: Axes, results: Results, points: Sequence[Point], kpi: str, colour: str, digits: int
) -> None:
    """Draw one KPI with its interval and number."""
    reach = _reach(results, points, [kpi])
    for row, point in enumerate(points):
        mean = results.mean(point.name, kpi)
        if not math.isnan(mean):
            axes.barh(row, mean, BAR_HEIGHT, color=colour)
            _end_of_row(axes, results, point, row, mean, kpi, digits)
    axes.set_xlim(0, 1.2 * reach)


def finish_rows(axes: Axes, labels: Sequence[str], title: str, unit: str = "") -> None:
    """Row labels, a title, and numbers with their unit along the axis."""
    right = axes.get_xlim()[1]
    bare_rows(axes, labels)
    axes.set_xlim(0, right)
    axes.set_title(title)
    axes.xaxis.set_major_formatter(StrMethodFormatter(f"{{x:,.0f}}{unit}"))


def colour_key(figure: Figure, colours: Mapping[str, str], left: float, top: float) -> None:
    """A key in one line at a place of the figure, in figure coordinates."""
    handles = [Patch(color=colour, label=label) for label, colour in colours.items()]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(left, top),
        ncols=len(handles),
        handlelength=1.0,
        handleheight=0.9,
        columnspacing=1.4,
        borderaxespad=0,
        handletextpad=0.5,
        labelcolor=INK,
    )


def _reach(results: Results, points: Sequence[Point], kpis: Sequence[str]) -> float:
    """How far the longest row goes, with its interval."""
    ends = [
        math.fsum(_upper_end(results, point, kpi, is_last=kpi == kpis[-1]) for kpi in kpis)
        for point in points
    ]
    return max(ends) or 1.0


def _upper_end(results: Results, point: Point, kpi: str, *, is_last: bool) -> float:
    estimate = results.estimate(point.name, kpi)
    if estimate is None:
        return 0.0
    return estimate.high if is_last and math.isfinite(estimate.high) else estimate.mean


def _end_of_row(
    axes: Axes,
    results: Results,
    point: Point,
    row: int,
    end: float,
    kpi: str | None,
    digits: int,
) -> None:
    estimate = results.estimate(point.name, kpi) if kpi else None
    tip = end
    if estimate and math.isfinite(estimate.low) and math.isfinite(estimate.high):
        total_interval(axes, row, estimate.low, estimate.high)
        tip = max(end, estimate.high)
    shown = estimate.mean if estimate else end
    axes.annotate(
        number(shown, digits),
        (tip, row),
        (6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        fontweight="bold",
        color=INK,
    )
