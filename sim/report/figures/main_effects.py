"""What each factor of a design does to a KPI: the mean of the points at each of its levels."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.design_words import DesignWords, with_half_width
from sim.report.figures.style import GRID, INK, MUTED, title_weight
from sim.report.figures.waterfall import VERDICTS
from sim.report.figures.wrapping import wrapped
from sim.report.kpi_families import better
from sim.report.numbers import amount, digits_for, percent

_PITCH = 0.29
_LABEL_WIDTH, _LEVEL_WIDTH = 34, 40


def draw_main_effects(kpi: str, rows: pd.DataFrame, words: DesignWords) -> Figure:
    """One row a level, under the name of its factor; those that matter most come first.

    Args:
        kpi: its key.
        rows: its rows of ``sim.study.design.main_effects``.
        words: of the design.
    """
    factors = {factor.key: words.factor(factor) for factor in words.design.factors}
    order = rows.drop_duplicates("factor").sort_values("share", ascending=False, kind="stable")
    height = 1.25 + _PITCH * (len(rows) + 1.4 * len(order))
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.29, right=0.86, bottom=0.5 / height, top=1 - 0.75 / height)
    digits = digits_for(rows["unit"].iloc[0], *rows["mean"])
    place, ticks = 0.0, []
    for _, head in order.iterrows():
        _draw_head(axes, place, factors[head["factor"]], head["share"], words)
        for _, row in rows[rows["factor"] == head["factor"]].iterrows():
            place += 1
            _draw_level(axes, place, row, better(kpi), digits)
            ticks.append((place, wrapped(words.level(row["values"]), _LEVEL_WIDTH)))
        place += 1.4
    grand = float(rows["mean"].iloc[0] - rows["effect"].iloc[0])
    _finish(axes, kpi, rows["unit"].iloc[0], grand, digits, words)
    places, labels = zip(*ticks, strict=True)
    axes.set_yticks(places, labels=labels, fontsize=7.6, linespacing=0.95)
    axes.set_ylim(place - 0.6, -0.8)
    return figure


def _draw_head(axes: Axes, place: float, name: str, share: float, words: DesignWords) -> None:
    across = axes.get_yaxis_transform()
    axes.text(-0.005, place, wrapped(name, _LABEL_WIDTH + 4, 1), transform=across, ha="right",
              va="center", color=INK, fontweight=title_weight())  # fmt: skip
    axes.axhline(place, color=GRID, linewidth=0.6, zorder=0)
    axes.text(1.0, place, words.text("explains", share=percent(share, 0)), transform=across,
              ha="right", va="bottom", fontsize=7.5, color=MUTED)  # fmt: skip


def _draw_level(
    axes: Axes, place: float, row: pd.Series, direction: str | None, digits: int
) -> None:
    scale = 100 if row["unit"] == "1" else 1
    grand = row["mean"] - row["effect"]
    ends = [scale * (grand + row[end]) for end in ("low", "high")]
    colour = VERDICTS[_verdict(row, direction)]
    if all(map(math.isfinite, ends)):
        axes.plot(ends, [place, place], color=colour, linewidth=1.6, solid_capstyle="butt")
    axes.plot([scale * row["mean"]], [place], "o", color=colour, markersize=5)
    text = with_half_width(row["mean"], row["low"], row["high"], row["unit"], digits)
    axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), ha="left", va="center",
              fontsize=8, color=INK)  # fmt: skip


def _verdict(row: pd.Series, direction: str | None) -> str:
    """``gain``, ``loss`` or ``unclear``, against the mean of all points."""
    is_clear = row["low"] > 0 or row["high"] < 0
    if direction is None or not is_clear:
        return "unclear"
    return "gain" if (row["effect"] < 0) == (direction == "lower") else "loss"


def _finish(axes: Axes, kpi: str, unit: str, grand: float, digits: int, words: DesignWords) -> None:
    shown = "%" if unit == "1" else words.labels.word("unit", unit)
    axes.axvline(100 * grand if unit == "1" else grand, color=MUTED, linewidth=0.8, zorder=0)
    axes.set_title(words.labels.kpi(kpi), pad=24)
    axes.set_xlabel(shown, loc="left")
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.06)
    handles = [
        Line2D([], [], color=MUTED, linewidth=0.8,
               label=words.text("all_points", value=amount(grand, unit, digits))),
        *(Line2D([], [], color=colour, marker="o", linewidth=1.6, label=words.text(verdict))
          for verdict, colour in VERDICTS.items()),
    ]  # fmt: skip
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=4,
                borderaxespad=0.2, columnspacing=1.4, labelcolor=INK)  # fmt: skip
