"""Panels of a figure: lines with intervals, and bars. One look with the figures of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.style import INK, MUTED

WIDTH, HEIGHT = 9.0, 3.6
Corner = Literal["upper left", "lower left", "center right"]


@dataclass(frozen=True)
class Look:
    """How a series is named and drawn."""

    label: str
    colour: str
    line: str = "-"
    mark: str = "o"


Looks = Mapping[str, Look]


def panels(number: int, ratios: Sequence[float] | None = None) -> tuple[Figure, list[Axes]]:
    """Make a figure with panels side by side."""
    figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
    axes = figure.subplots(1, number, squeeze=False, width_ratios=ratios)
    return figure, list(axes[0])


def entitle(axes: Axes, title: str, x: str, y: str) -> None:
    """Say what a panel shows and what is on its axes."""
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)


def draw_lines(axes: Axes, rows: pd.DataFrame, looks: Looks, legend: Corner = "upper left") -> None:
    """One line a series over a numeric place, with intervals where there is chance."""
    for series, look in looks.items():
        chosen = rows[rows["series"] == series]
        x = chosen["x"].astype(float).to_numpy()
        y = chosen["estimate"].to_numpy()
        axes.plot(
            x,
            y,
            linestyle=look.line,
            marker=look.mark,
            markersize=4,
            color=look.colour,
            label=look.label,
        )
        axes.errorbar(x, y, _reach(chosen), fmt="none", ecolor=look.colour, elinewidth=1.2)
    places = np.unique(rows["x"].astype(float))
    axes.set_xticks(places, labels=[f"{place:g}" for place in places])
    axes.grid(axis="y")
    axes.legend(loc=legend)


def draw_bars(axes: Axes, rows: pd.DataFrame, looks: Looks, places: Mapping[str, str]) -> None:
    """Bars of the series side by side at each named place, with intervals and their values."""
    width = 0.8 / len(looks)
    for number, (series, look) in enumerate(looks.items()):
        chosen = rows[rows["series"] == series].set_index("x").reindex(list(places))
        x = np.arange(len(places)) + (number - (len(looks) - 1) / 2) * width
        y = chosen["estimate"].to_numpy()
        axes.bar(x, y, width * 0.92, color=look.colour, label=look.label)
        axes.errorbar(x, y, _reach(chosen), fmt="none", ecolor=INK, elinewidth=1.0, capsize=2.0)
        for place, value, low, high in zip(x, y, chosen["low"], chosen["high"], strict=True):
            _number(axes, place, value, low if value < 0 else high)
    axes.set_xticks(range(len(places)), labels=list(places.values()))
    axes.axhline(0, color=MUTED, linewidth=0.6)
    axes.margins(y=0.14 + 0.08 * len(looks))
    axes.grid(axis="y")
    if len(looks) > 1:
        axes.legend()


def _number(axes: Axes, x: float, value: float, tip: float) -> None:
    """The value of a bar, beyond the tip of its interval."""
    downward = value < 0
    axes.annotate(
        f"{value:.1f}".replace("-", "\N{MINUS SIGN}"),
        (x, tip),
        xytext=(0, -2 if downward else 2),
        textcoords="offset points",
        ha="center",
        va="top" if downward else "bottom",
        fontsize=7.5,
    )


def _reach(rows: pd.DataFrame) -> np.ndarray:
    estimate = rows["estimate"]
    return np.array([estimate - rows["low"], rows["high"] - estimate])
