"""Stacked and plain horizontal bars, with the total at their end and its interval under them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import StrMethodFormatter

from sim.report.figures.style import INK, bare_rows, ink_on, title_weight, total_interval
from sim.report.numbers import number
from sim.report.results import Results
from sim.study.settings import Point

BAR_HEIGHT = 0.62
# Under the bar: numbers stand in its middle and at its end.
_UNDER = 0.42
_TICK_INCHES = 0.6


@dataclass(frozen=True)
class Bar:
    """A row: a scenario, its parts (KPI to colour) end to end, and the KPI of their total."""

    scenario: str
    parts: Mapping[str, str]
    total: str | None


def stacked_bars(
    axes: Axes, results: Results, bars: Sequence[Bar], digits: int, reach: float | None = None
) -> None:
    """Draw a row for each bar; the total stands at its end, its interval under it.

    ``reach`` is how far the axis must go; without it, as far as these bars.
    """
    reach = reach or reach_of(results, bars)
    for row, bar in enumerate(bars):
        left = 0.0
        for kpi, colour in bar.parts.items():
            length = results.mean(bar.scenario, kpi)
            if math.isnan(length):
                continue
            axes.barh(
                row, length, BAR_HEIGHT, left=left, color=colour, edgecolor="white", linewidth=0.6
            )
            if length > 0.055 * reach:
                _number_inside(axes, left + length / 2, row, number(length, digits), colour)
            left += length
        if left:
            _end_of_row(axes, results, bar.scenario, row, left, bar.total, digits)
    axes.set_xlim(0, 1.13 * reach)


def _number_inside(axes: Axes, across: float, row: int, text: str, colour: str) -> None:
    axes.text(across, row, text, ha="center", va="center", fontsize=7.5, color=ink_on(colour))


def plain_bars(
    axes: Axes, results: Results, points: Sequence[Point], kpi: str, colour: str, digits: int
) -> None:
    """Draw one KPI with its interval and number."""
    reach = reach_of(results, [Bar(point.name, {kpi: colour}, kpi) for point in points])
    for row, point in enumerate(points):
        mean = results.mean(point.name, kpi)
        if not math.isnan(mean):
            axes.barh(row, mean, BAR_HEIGHT, color=colour)
            _end_of_row(axes, results, point.name, row, mean, kpi, digits)
    axes.set_xlim(0, 1.2 * reach)


def finish_rows(axes: Axes, labels: Sequence[str], title: str, unit: str = "") -> None:
    """Row labels, a title, and numbers with their unit along the axis."""
    right = axes.get_xlim()[1]
    bare_rows(axes, labels)
    axes.set_xlim(0, right)
    axes.set_title(title)
    inches = axes.bbox.width / axes.figure.dpi
    axes.locator_params(axis="x", nbins=max(3, int(inches / _TICK_INCHES)))
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


def reach_of(results: Results, bars: Sequence[Bar]) -> float:
    """How far the longest row goes, with its interval."""
    return max((_upper_end(results, bar) for bar in bars), default=0.0) or 1.0


def _upper_end(results: Results, bar: Bar) -> float:
    means = [results.mean(bar.scenario, kpi) for kpi in bar.parts]
    end = math.fsum(mean for mean in means if not math.isnan(mean))
    total = results.estimate(bar.scenario, bar.total) if bar.total else None
    return max(end, total.high) if total and math.isfinite(total.high) else end


def _end_of_row(
    axes: Axes,
    results: Results,
    scenario: str,
    row: int,
    end: float,
    kpi: str | None,
    digits: int,
) -> None:
    estimate = results.estimate(scenario, kpi) if kpi else None
    if estimate and math.isfinite(estimate.low) and math.isfinite(estimate.high):
        total_interval(axes, row + _UNDER, estimate.low, estimate.high)
    shown = estimate.mean if estimate else end
    axes.annotate(
        number(shown, digits),
        (end, row),
        (6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        fontweight=title_weight(),
        color=INK,
    )
