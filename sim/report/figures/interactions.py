"""What two factors of a design do together: lines that are not parallel."""

import math
from collections.abc import Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pydantic import JsonValue

from sim.report.design_words import DesignWords
from sim.report.figures.style import INK, MUTED, title_weight
from sim.report.figures.wrapping import wrapped
from sim.report.numbers import percent
from sim.study.design.levels import is_number

MOST_PAIRS = 4
_WIDTH = 10.0
_LEAST_HEIGHT, _LINE, _TITLE, _FOOT, _TICK_LINE = 1.6, 0.17, 0.42, 0.42, 0.14
_KEY_WIDTH, _TICK_WIDTH, _TICK_LINES = 34, 88, 6
_MAP = "viridis"


def draw_interactions(kpi: str, rows: pd.DataFrame, words: DesignWords) -> Figure:
    """One panel a pair of factors, a line for each level of one of them; the strongest pairs first.

    Args:
        kpi: its key.
        rows: its rows of ``sim.study.design.interactions``.
        words: of the design.
    """
    pairs = [_turned(pair, words) for _, pair in rows.groupby(["factor", "by"], sort=False)]
    pairs.sort(key=lambda pair: -pair["share"].iloc[0])
    pairs = pairs[:MOST_PAIRS]
    inner = [max(_LEAST_HEIGHT, _LINE * (_lines(pair, words) + 2)) for pair in pairs]
    feet = [_FOOT + _TICK_LINE * _most_lines(_ticks(pair, words)) for pair in pairs]
    height = 0.4 + sum(inner) + sum(feet) + _TITLE * len(pairs)
    figure = Figure(figsize=(_WIDTH, height))
    top = height - 0.4
    for pair, panel, foot in zip(pairs, inner, feet, strict=True):
        top -= _TITLE + panel
        axes = figure.add_axes((0.085, top / height, 0.6, panel / height))
        _draw_pair(axes, pair, words)
        top -= foot
    title = words.text("interactions", kpi=words.labels.kpi(kpi))
    figure.text(0.02, 1 - 0.12 / height, title, va="top", fontsize=9.5, fontweight=title_weight())
    return figure


def _turned(pair: pd.DataFrame, words: DesignWords) -> pd.DataFrame:
    """The pair with the factor along the axis that has numbers, or else more levels."""
    ranges = [pair[column].drop_duplicates() for column in ("values", "by_values")]
    ranks = [(_is_numeric(levels), len(levels)) for levels in ranges]
    if ranks[0] >= ranks[1]:
        return pair
    names = {"factor": "by", "level": "by_level", "values": "by_values"}
    return pair.rename(columns=names | {other: name for name, other in names.items()})


def _is_numeric(levels: pd.Series) -> bool:
    return all(is_number(value) for values in levels for value in values)


def _lines(pair: pd.DataFrame, words: DesignWords) -> int:
    """Lines of text in the key of a panel."""
    labels = (_key_label(values, words) for values in _distinct(pair, "by_values"))
    return sum(label.count("\n") + 1 for label in labels)


def _ticks(pair: pd.DataFrame, words: DesignWords) -> list[str]:
    levels = _distinct(pair, "values")
    width = max(8, _TICK_WIDTH // len(levels))
    return [wrapped(words.level(values), width, _TICK_LINES) for values in levels]


def _most_lines(labels: Sequence[str]) -> int:
    return max(label.count("\n") + 1 for label in labels)


def _distinct(pair: pd.DataFrame, column: str) -> list[tuple[JsonValue, ...]]:
    """Values of the levels, in their order."""
    found: list[tuple[JsonValue, ...]] = []
    for values in pair[column]:
        if values not in found:
            found.append(values)
    return found


def _key_label(values: Sequence[JsonValue], words: DesignWords) -> str:
    return wrapped(words.level(values), _KEY_WIDTH, 3)


def _draw_pair(axes: Axes, pair: pd.DataFrame, words: DesignWords) -> None:
    factors = {factor.key: words.factor(factor) for factor in words.design.factors}
    unit = pair["unit"].iloc[0]
    along, lines = _distinct(pair, "values"), _distinct(pair, "by_values")
    colours = mpl.colormaps[_MAP]
    for number, values in enumerate(lines):
        colour = colours(0.9 * number / max(len(lines) - 1, 1))
        rows = pair[[other == values for other in pair["by_values"]]]
        places = [along.index(other) for other in rows["values"]]
        _draw_line(axes, places, rows, number - (len(lines) - 1) / 2, colour,
                   _key_label(values, words))  # fmt: skip
    axes.set_xticks(range(len(along)), labels=_ticks(pair, words))
    axes.set_xlim(-0.5, len(along) - 0.5)
    axes.set_xlabel(factors[pair["factor"].iloc[0]])
    axes.set_ylabel("%" if unit == "1" else words.labels.word("unit", unit))
    axes.grid(axis="y")
    share = percent(pair["share"].iloc[0], 1)
    axes.set_title(words.text("together", share=share), fontsize=8, color=MUTED,
                   fontweight="normal")  # fmt: skip
    axes.legend(title=wrapped(factors[pair["by"].iloc[0]], _KEY_WIDTH, 2), loc="upper left",
                bbox_to_anchor=(1.02, 1.05), borderaxespad=0, labelcolor=INK, title_fontsize=8,
                alignment="left")  # fmt: skip


def _draw_line(
    axes: Axes,
    places: Sequence[int],
    rows: pd.DataFrame,
    offset: float,
    colour: tuple[float, float, float, float],
    label: str,
) -> None:
    """A line with its intervals, a little beside those of other lines."""
    scale = 100 if rows["unit"].iloc[0] == "1" else 1
    across = [place + 0.04 * offset for place in places]
    axes.plot(across, scale * rows["mean"], "o-", color=colour, markersize=4, linewidth=1.3,
              label=label)  # fmt: skip
    for at, (_, row) in zip(across, rows.iterrows(), strict=True):
        base = row["mean"] - row["interaction"]
        ends = [scale * (base + row[end]) for end in ("low", "high")]
        if all(map(math.isfinite, ends)):
            axes.plot([at, at], ends, color=colour, linewidth=1.0, alpha=0.7)
