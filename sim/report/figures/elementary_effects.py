"""Figures by the size of their elementary effects, and by how these differ from place to place."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.bars import BAR_HEIGHT
from sim.report.figures.style import GRID, INK, MUTED, bare_rows, title_weight, total_interval
from sim.report.figures.wrapping import wrapped
from sim.report.sensitivity.words import SensitivityWords, scale_of

MOST_FIGURES = 25
_COLOUR = "#0072b2"
_PITCH, _HEAD, _FOOT, _LEAST = 0.31, 0.78, 0.55, 2.8
_LABEL_WIDTH = 46


def draw_elementary_effects(
    kpi: str, unit: str, table: pd.DataFrame, words: SensitivityWords
) -> Figure:
    """Bars of mu* with intervals at the left; mu* and sigma at the right, by the same numbers.

    Args:
        kpi: its key.
        unit: of it.
        table: of ``morris_table``, the largest first.
        words: of the study.
    """
    shown = table.head(MOST_FIGURES)
    height = _HEAD + _FOOT + max(_LEAST, _PITCH * len(shown))
    figure = Figure(figsize=(11, height))
    bars, plane = figure.subplots(1, 2, width_ratios=(1.05, 1))
    figure.subplots_adjust(
        left=0.3, right=0.97, bottom=_FOOT / height, top=1 - _HEAD / height, wspace=0.22
    )
    _draw_bars(bars, shown, scale_of(unit), words)
    _draw_plane(plane, shown, scale_of(unit), words)
    unit_text = words.difference_unit(unit)
    for axes in (bars, plane):
        axes.set_xlabel(words.text("mu_star", unit=unit_text), loc="left")
    plane.set_ylabel(words.text("sigma", unit=unit_text), loc="top")
    left = bars.get_position().x0
    figure.text(left, 1 - 0.27 / height, words.text("morris", kpi=words.labels.kpi(kpi)),
                fontsize=9.5, fontweight=title_weight(), color=INK)  # fmt: skip
    return figure


def _draw_bars(axes: Axes, shown: pd.DataFrame, scale: float, words: SensitivityWords) -> None:
    axes.barh(range(len(shown)), scale * shown["mu_star"], BAR_HEIGHT, color=_COLOUR)
    names = [
        f"{wrapped(words.figure(name), _LABEL_WIDTH)}  {place}"
        for place, name in enumerate(shown["figure"], start=1)
    ]
    bare_rows(axes, names)
    for row, (low, high) in enumerate(zip(shown["low"], shown["high"], strict=True)):
        total_interval(axes, row, scale * low, scale * high)
    axes.set_xlim(0, 1.04 * scale * float(shown[["mu_star", "high"]].max().max()) or 1.0)


def _draw_plane(axes: Axes, shown: pd.DataFrame, scale: float, words: SensitivityWords) -> None:
    size, spread = scale * shown["mu_star"], scale * shown["sigma"]
    reach = 1.12 * float(size.max()) or 1.0
    for slope, key, style in ((1.0, "mixed", "-"), (0.1, "one_way", "--")):
        axes.plot([0, reach], [0, slope * reach], style, color=MUTED, linewidth=0.8,
                  label=words.text(key))  # fmt: skip
    axes.plot(size, spread, "o", color=_COLOUR, markersize=5, clip_on=False)
    for place, point in enumerate(zip(size, spread, strict=True), start=1):
        axes.annotate(str(place), point, (4, 3), textcoords="offset points", fontsize=7.5)
    axes.set_xlim(0, reach)
    axes.set_ylim(0, 1.15 * float(spread.max()) or 1.0)
    axes.grid(color=GRID)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.1,
                fontsize=7.2, handlelength=1.6, labelspacing=0.25, labelcolor=INK)  # fmt: skip
