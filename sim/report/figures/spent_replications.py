"""How many replications each candidate took: who stayed how long in the running."""

import pandas as pd
from matplotlib.figure import Figure

from sim.report.figures.bars import BAR_HEIGHT, colour_key
from sim.report.figures.style import INK, MUTED, bare_rows
from sim.report.figures.wrapping import wrapped
from sim.report.labels import Labels
from sim.report.numbers import amount, with_unit

FATES = {
    "chosen": "#0072b2", "not_chosen": "#56b4e9", "eliminated": "#b4bfca", "equal": "#e9c46a",
    "set_aside": "#d55e00",
}  # fmt: skip
MOST_ROWS = 30
_LEFT, _RIGHT, _LABEL_WIDTH = 0.36, 0.9, 56
_ROW, _HEAD, _FOOT = 0.31, 0.85, 0.5


def draw_spent_replications(candidates: pd.DataFrame, kpi: str, labels: Labels) -> Figure:
    """One row a candidate: its replications, and its mean at the end of the bar.

    In the order shown the outline of the bars is how many candidates were left after so many
    replications.

    Args:
        candidates: columns of ``candidate_table``, in the order to be shown.
        kpi: that was judged.
        labels: of the run.
    """
    shown = candidates.head(MOST_ROWS)
    height = _HEAD + _FOOT + _ROW * len(shown)
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=_LEFT, right=_RIGHT, bottom=_FOOT / height, top=1 - _HEAD / height)
    colours = [FATES[fate] for fate in shown["fate"]]
    axes.barh(range(len(shown)), shown["n"], BAR_HEIGHT, color=colours)
    names = [wrapped(labels.short_point(name), _LABEL_WIDTH) for name in shown["candidate"]]
    bare_rows(axes, names)
    for row, one in enumerate(shown.to_dict("records")):
        unit = "1" if one["unit"] == "1" else labels.word("unit", one["unit"])
        text = with_unit(amount(one["mean"], one["unit"]), unit)
        axes.annotate(
            text, (one["n"], row), (5, 0), textcoords="offset points", va="center", color=INK,
            fontsize=8,
        )  # fmt: skip
    axes.set_title(labels.text("spent_replications", kpi=labels.kpi(kpi)), pad=27)
    axes.set_xlabel(labels.text("replications_axis"), loc="left")
    if len(candidates) > len(shown):
        more = labels.text("candidates_not_shown", number=str(len(candidates) - len(shown)))
        axes.text(1, -0.2 / (height - _HEAD - _FOOT), more, transform=axes.transAxes, ha="right",
                  va="top", color=MUTED, fontsize=8)  # fmt: skip
    present = {
        labels.word("fate", fate): FATES[fate] for fate in FATES if fate in set(shown["fate"])
    }
    colour_key(figure, present, _LEFT, 1 - 0.53 / height)
    return figure
