"""What each figure does to a KPI by itself, down and up: the largest on top."""

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.figures.style import GRID, INK, MUTED, bare_rows, total_interval
from sim.report.figures.wrapping import wrapped
from sim.report.numbers import amount, digits_for, number, signed, with_unit
from sim.report.sensitivity.words import SensitivityWords, is_several, scale_of
from sim.study.sensitivity.ranking import is_clear_of_zero

COLOURS = {"down": "#0072b2", "up": "#e69f00"}
MOST_FIGURES = 20
_PALE = 0.35
_OFFSETS, _THICK = {"down": -0.2, "up": 0.2}, 0.36
_LEFT, _RIGHT, _PITCH, _HEAD, _FOOT = 0.36, 0.84, 0.42, 0.8, 0.55
_LABEL_WIDTH = 52


def draw_tornado(kpi: str, unit: str, table: pd.DataFrame, words: SensitivityWords) -> Figure:
    """Two bars a figure, with intervals; numbers at the right are the two differences.

    Args:
        kpi: its key.
        unit: of it.
        table: of ``tornado_table``, the largest first.
        words: of the study.
    """
    names = list(dict.fromkeys(table["figure"]))[:MOST_FIGURES]
    height = _HEAD + _FOOT + _PITCH * len(names)
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=_LEFT, right=_RIGHT, bottom=_FOOT / height, top=1 - _HEAD / height)
    bare_rows(axes, [wrapped(words.figure(name), _LABEL_WIDTH) for name in names])
    axes.set_xlim(auto=True)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    digits = digits_for(unit, float(table["baseline"].iloc[0]))
    for row, name in enumerate(names):
        rows = table[table["figure"] == name]
        moved_to = words.ends(rows)
        for _, end in rows.iterrows():
            at = row + _OFFSETS[end["end"]]
            _draw_end(axes, at, end, moved_to[end["end"]], unit, digits)
    base = with_unit(amount(table["baseline"].iloc[0], unit), words.labels.word("unit", unit))
    unit_text = words.difference_unit(unit)
    axes.set_xlabel(words.text("tornado_axis", base=base, unit=unit_text), loc="left")
    axes.set_title(words.text("tornado", kpi=words.labels.kpi(kpi)), pad=26)
    axes.margins(x=0.04)
    _key(axes, words)
    _add_notes(figure, table, names, words)
    return figure


def _add_notes(
    figure: Figure, table: pd.DataFrame, names: Sequence[str], words: SensitivityWords
) -> None:
    """What of the table is not in the picture, at its foot."""
    left_out = table["figure"].nunique() - len(names)
    shown = table[table["figure"].isin(names)]
    notes = [
        *([words.text("several_numbers")] if shown["value"].map(is_several).any() else []),
        *([words.text("more", number=str(left_out))] if left_out else []),
    ]
    figure.text(0.99, 0.08 / figure.get_figheight(), "\n".join(notes), ha="right", va="bottom",
                color=MUTED, fontsize=7.2)  # fmt: skip


def _draw_end(
    axes: Axes, height: float, end: pd.Series, moved_to: str, unit: str, digits: int
) -> None:
    scale = scale_of(unit)
    difference, low, high = (scale * end[column] for column in ("difference", "low", "high"))
    clear = is_clear_of_zero(low, high)
    axes.barh(height, difference, _THICK, color=COLOURS[end["end"]], alpha=None if clear else _PALE)
    text = signed(difference, digits)
    if math.isfinite(low) and math.isfinite(high):
        total_interval(axes, height, low, high)
        text = f"{text} ±{number((high - low) / 2, digits)}"
    axes.text(1.02, height, f"{moved_to}: {text}", transform=axes.get_yaxis_transform(),
              ha="left", va="center", fontsize=7.2, color=INK)  # fmt: skip


def _key(axes: Axes, words: SensitivityWords) -> None:
    handles = [Patch(color=colour, label=words.text(end)) for end, colour in COLOURS.items()]
    handles.append(Patch(facecolor=MUTED, alpha=_PALE, edgecolor=GRID, label=words.text("unclear")))
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=3,
                borderaxespad=0.2, handlelength=1.2, columnspacing=1.4, labelcolor=INK)  # fmt: skip
