"""Sobol indices: what share of a KPI's variance each figure explains, alone and with others."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.figures.style import INK, bare_rows, total_interval
from sim.report.figures.wrapping import wrapped
from sim.report.numbers import percent
from sim.report.sensitivity.words import SensitivityWords

COLOURS = {"first": "#0072b2", "total": "#56b4e9"}
MOST_FIGURES = 25
_OFFSETS, _THICK = {"first": -0.19, "total": 0.19}, 0.34
_PITCH, _HEAD, _FOOT = 0.46, 0.8, 0.55
_LABEL_WIDTH = 46


def draw_variance_shares(kpi: str, table: pd.DataFrame, words: SensitivityWords) -> Figure:
    """Two bars a figure with intervals; what is beyond the first index is with others.

    Args:
        kpi: its key.
        table: of ``sobol_table``, the largest total first.
        words: of the study.
    """
    shown = table.head(MOST_FIGURES)
    height = _HEAD + _FOOT + _PITCH * len(shown)
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.33, right=0.9, bottom=_FOOT / height, top=1 - _HEAD / height)
    bare_rows(axes, [wrapped(words.figure(name), _LABEL_WIDTH) for name in shown["figure"]])
    axes.set_xlim(auto=True)
    axes.axvline(0, color=INK, linewidth=0.6)
    for row, (_, one) in enumerate(shown.iterrows()):
        for index, colour in COLOURS.items():
            at = row + _OFFSETS[index]
            axes.barh(at, 100 * one[index], _THICK, color=colour)
            total_interval(axes, at, 100 * one[f"{index}_low"], 100 * one[f"{index}_high"])
            axes.text(1.02, at, percent(one[index], 0), transform=axes.get_yaxis_transform(),
                      va="center", fontsize=8, color=INK)  # fmt: skip
    axes.margins(x=0.04)
    axes.set_xlabel(words.text("share_axis"), loc="left")
    axes.set_title(words.text("sobol", kpi=words.labels.kpi(kpi)), pad=26)
    handles = [Patch(color=colour, label=words.text(index)) for index, colour in COLOURS.items()]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=2,
                borderaxespad=0.2, handlelength=1.2, columnspacing=1.4, labelcolor=INK)  # fmt: skip
    return figure
