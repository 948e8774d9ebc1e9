"""Time, cost and detection of all points of a design, and which no other one beats."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.design_words import DesignWords
from sim.report.figures.point_names import draw_names
from sim.report.figures.style import BASELINE, GRID, INK
from sim.report.figures.wrapping import wrapped
from sim.study.design.pareto import STANDING
from sim.study.design.sweep import Sweep, point_table

MOST_KPIS = 4
_MOST_NAMED, _MOST_INTERVALS = 12, 40
_COLUMNS = 3
_PANEL = 3.3
_FRONT, _TIED, _OTHER = "#0072b2", "#7fb8d9", "#c3ccd5"
_AXIS_WIDTH = 40


def draw_pareto(
    sweep: Sweep, front: pd.DataFrame, kpis: Sequence[str], words: DesignWords
) -> Figure:
    """One panel for every two KPIs: all points, those on the front with their intervals.

    Args:
        sweep: a design carried out.
        front: as ``sim.study.design.pareto`` has it.
        kpis: those that are compared, two at least.
        words: of the design.
    """
    pairs = list(combinations(kpis[:MOST_KPIS], 2))
    columns = min(len(pairs), _COLUMNS)
    lines = -(-len(pairs) // columns)
    width, height = max(5.5, _PANEL * columns), 0.75 + _PANEL * lines
    figure = Figure(figsize=(width, height))
    panels = np.atleast_1d(figure.subplots(lines, columns)).ravel()
    table = point_table(sweep).set_index("name", drop=False)
    for axes, pair in zip(panels, pairs, strict=False):
        _draw_panel(axes, pair, sweep, table, front, words)
    for axes in panels[len(pairs) :]:
        axes.set_visible(False)
    figure.subplots_adjust(left=0.8 / width, right=1 - 0.15 / width, bottom=0.6 / height,
                           top=1 - 0.8 / height, wspace=0.36, hspace=0.32)  # fmt: skip
    named = front[front[STANDING] == "front"]
    if len(named) <= _MOST_NAMED:
        for axes, pair in zip(panels, pairs, strict=False):
            across, along = _means(sweep, named, pair)
            draw_names(axes, dict(zip(named["name"], zip(across, along, strict=True), strict=True)))
    figure.text(0.15 / width, 1 - 0.1 / height, words.text("pareto"), va="top", fontsize=9.5)
    handles, names = panels[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="upper left", bbox_to_anchor=(0.1 / width, 1 - 0.32 / height),
                  ncols=4, borderaxespad=0, labelcolor=INK)  # fmt: skip
    return figure


def _draw_panel(
    axes: Axes,
    pair: tuple[str, str],
    sweep: Sweep,
    table: pd.DataFrame,
    front: pd.DataFrame,
    words: DesignWords,
) -> None:
    listed = {kind: front[front[STANDING] == kind] for kind in ("front", "tied")}
    others = table.loc[~table["name"].isin([*front["name"], sweep.run.baseline.name])]
    kinds = ((others, _OTHER, "other"), (listed["tied"], _TIED, "tied"))
    for rows, colour, key in (*kinds, (listed["front"], _FRONT, "front")):
        axes.plot(*_means(sweep, rows, pair), "o", color=colour, markersize=4.5,
                  markeredgecolor="white", markeredgewidth=0.4, label=words.text(key))  # fmt: skip
    baseline = table.loc[[sweep.run.baseline.name]]
    axes.plot(*_means(sweep, baseline, pair), "D", color=BASELINE, markersize=6,
              markeredgecolor="white", label=words.text("baseline"))  # fmt: skip
    if len(listed["front"]) <= _MOST_INTERVALS:
        _draw_intervals(axes, sweep, listed["front"], pair)
    across, along = (wrapped(_axis(kpi, sweep, words), _AXIS_WIDTH, 3) for kpi in pair)
    axes.set_xlabel(across, fontsize=7.5)
    axes.set_ylabel(along, fontsize=7.5)
    axes.grid(color=GRID)
    axes.margins(0.08)


def _axis(kpi: str, sweep: Sweep, words: DesignWords) -> str:
    unit = sweep.units[kpi]
    return f"{words.labels.kpi(kpi)}, {'%' if unit == '1' else words.labels.word('unit', unit)}"


def _means(sweep: Sweep, rows: pd.DataFrame, pair: tuple[str, str]) -> list[pd.Series]:
    return [_scale(sweep, kpi) * rows[kpi] for kpi in pair]


def _scale(sweep: Sweep, kpi: str) -> int:
    return 100 if sweep.units[kpi] == "1" else 1


def _draw_intervals(axes: Axes, sweep: Sweep, rows: pd.DataFrame, pair: tuple[str, str]) -> None:
    """A thin cross through every point of the front: what it has more than the baseline.

    Intervals of levels would tell of the luck that all points share.
    """
    across, along = pair
    of_kpi = {kpi: sweep.table[sweep.table["kpi"] == kpi].set_index("name") for kpi in pair}
    for _, row in rows.iterrows():
        for kpi, other in ((across, along), (along, across)):
            found = of_kpi[kpi].loc[row["name"]]
            shift = found["mean"] - found["difference"]
            ends = [
                _scale(sweep, kpi) * (shift + found[end])
                for end in ("difference_low", "difference_high")
            ]
            at = [_scale(sweep, other) * row[other]] * 2
            line = (ends, at) if kpi == across else (at, ends)
            axes.plot(*line, color=_FRONT, linewidth=0.7, alpha=0.6)
