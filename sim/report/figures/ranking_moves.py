"""Where options are to the best one, as written and with each figure moved."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.figures.style import BASELINE, GRID, INK, MUTED, title_weight
from sim.report.figures.wrapping import wrapped
from sim.report.sensitivity.words import SensitivityWords, scale_of
from sim.study.choice.systems import Sense, sign

MOST_MOVES = 24
_COLOURS = (
    "#0072b2", "#e69f00", "#009e73", "#b5598c", "#d55e00", "#56b4e9", "#8c6d31", "#332288",
    "#999933",
)  # fmt: skip
_LEFT, _PITCH, _HEAD, _FOOT, _KEY_LINE, _COLUMNS = 0.36, 0.36, 0.55, 0.6, 0.19, 3
_LABEL_WIDTH, _OPTION_WIDTH, _SPREAD = 54, 34, 0.5


def draw_ranking(
    kpi: str, unit: str, sense: Sense, table: pd.DataFrame, words: SensitivityWords
) -> Figure:
    """One row a move, as written on top, then those that come nearest to another best option.

    Args:
        kpi: its key.
        unit: of it.
        sense: whether less or more is better.
        table: of ``ranking_table``.
        words: of the study.
    """
    others = [name for name in dict.fromkeys(table["option"]) if name != _best(table)]
    rows = nearest_first(table, sense)
    shown = rows[: MOST_MOVES + 1]
    head = _HEAD + _KEY_LINE * (1 + -(-len(others) // _COLUMNS))
    height = head + _FOOT + _PITCH * len(shown)
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=_LEFT, right=0.97, bottom=_FOOT / height, top=1 - head / height)
    axes.axvline(0, color=BASELINE, linewidth=1.2)
    for row, move in enumerate(shown):
        axes.axhline(row + 0.5, color=GRID, linewidth=0.5)
        _draw_move(axes, row, _of_move(table, move), others, scale_of(unit))
    axes.set_yticks(range(len(shown)), [wrapped(words.move(*m), _LABEL_WIDTH) for m in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.04)
    best = words.labels.short_point(_best(table))
    axis = "ranking_axis" if sense == "less" else "ranking_axis_more"
    axes.set_xlabel(words.text(axis, best=best, unit=words.difference_unit(unit)), loc="left")
    figure.text(_LEFT, 1 - 0.3 / height, words.text("ranking", kpi=words.labels.kpi(kpi)),
                fontsize=9.5, fontweight=title_weight(), color=INK)  # fmt: skip
    _key(axes, others, words)
    if len(rows) > len(shown):
        more, under = str(len(rows) - len(shown)), -0.38 / (height - head - _FOOT)
        axes.text(1, under, words.text("more", number=more), transform=axes.transAxes,
                  ha="right", va="top", color=MUTED, fontsize=8)  # fmt: skip
    return figure


def nearest_first(table: pd.DataFrame, sense: Sense) -> list[tuple[str, str, str]]:
    """Moves (figure, end, value): as written, then by how near another option is to the best."""
    rest = table[table["option"] != _best(table)]
    lead = sign(sense) * rest["difference"]
    nearest = lead.groupby([rest[key] for key in ("figure", "end", "value")], sort=False).max()
    moves = [move for move in nearest.sort_values(ascending=False).index if move[0]]
    return [("", "", ""), *moves]


def _best(table: pd.DataFrame) -> str:
    """The option that is the best as written."""
    return str(table.loc[table["base_rank"] == 1, "option"].iloc[0])


def _of_move(table: pd.DataFrame, move: tuple[str, str, str]) -> pd.DataFrame:
    figure, end, value = move
    rows = (table["figure"] == figure) & (table["end"] == end) & (table["value"] == value)
    return table[rows].set_index("option")


def _draw_move(axes: Axes, row: int, found: pd.DataFrame, others: list[str], scale: float) -> None:
    step = _SPREAD / max(1, len(others) - 1)
    for place, name in enumerate(others):
        one = found.loc[name]
        height = row + step * (place - (len(others) - 1) / 2)
        colour = _COLOURS[place % len(_COLOURS)]
        axes.plot([scale * one["low"], scale * one["high"]], [height, height], color=colour,
                  linewidth=1.3, solid_capstyle="butt")  # fmt: skip
        face = "white" if one["standing"] == "tied" else colour
        axes.plot([scale * one["difference"]], [height], "o", color=colour,
                  markerfacecolor=face, markersize=4)  # fmt: skip


def _key(axes: Axes, others: list[str], words: SensitivityWords) -> None:
    handles = [
        Line2D([], [], color=_COLOURS[place % len(_COLOURS)], marker="o", markersize=4,
               label=wrapped(words.labels.short_point(name), _OPTION_WIDTH, 1))
        for place, name in enumerate(others)
    ]  # fmt: skip
    for key, face in (("clear", MUTED), ("tie", "white")):
        handles.append(Line2D([], [], color=MUTED, marker="o", markerfacecolor=face, markersize=4,
                              linestyle="none", label=words.text(key)))  # fmt: skip
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=_COLUMNS,
                borderaxespad=0.3, columnspacing=1.4, labelcolor=INK)  # fmt: skip
