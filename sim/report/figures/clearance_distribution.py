"""How overall clearance time is spread: cumulative curves, and their median and P90."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from sim.report.figures.style import INK, MUTED, bare_rows
from sim.report.figures.wrapping import wrapped
from sim.report.labels import Labels
from sim.report.numbers import NO_BREAK, number
from sim.study.settings import Point

MEASURE = "overall_clearance_time"
GROUPS = ("all", "examined")
COLUMNS = 2
LARGEST_QUANTILE = 0.98
LEFT_ROOM = 0.07
MEDIAN, LATE = 0.5, 0.9
HEAD, CURVES, ROW, FOOT = 0.4, 2.45, 0.3, 0.45


def draw_distribution(
    distributions: pd.DataFrame,
    points: Sequence[Point],
    labels: Labels,
    colours: Mapping[str, str],
    groups: Sequence[str] = GROUPS,
) -> Figure | None:
    """Draw for each group the curves, and below them median and P90 of each scenario."""
    chosen = distributions[distributions["measure"] == MEASURE]
    groups = [group for group in groups if (chosen["group"] == group).any()]
    if not groups:
        return None
    rows_height = 0.15 + ROW * len(points)
    block = HEAD + CURVES + rows_height + FOOT
    blocks = -(-len(groups) // COLUMNS)
    figure = Figure(figsize=(10, block * blocks))
    names = [wrapped(labels.short_point(point.name), 25) for point in points]
    start = labels.text("hours_since_arrival" if groups[0] == "all" else "hours_since_start")
    for place, group in enumerate(groups):
        upper, lower = _panels(figure, place, blocks, rows_height)
        table = chosen[chosen["group"] == group]
        _draw_curves(upper, table, points, colours)
        upper.set_title(labels.text("overall_distribution", group=labels.word("group", group)))
        _draw_marks(lower, table, points, colours)
        bare_rows(lower, names)
        _make_room_on_the_left(lower, table)
        lower.set_xlabel(start, loc="left")
        for axes in (upper, lower):
            axes.tick_params(axis="y", labelleft=place % COLUMNS == 0)
        if place % COLUMNS == 0:
            upper.set_ylabel(labels.text("share_released"))
        if place == min(COLUMNS, len(groups)) - 1:
            _draw_key(upper, labels)
    return figure


def _panels(figure: Figure, place: int, blocks: int, rows_height: float) -> tuple[Axes, Axes]:
    """Axes of the curves of one group, and below of the marks; two groups stand side by side."""
    height = figure.get_size_inches()[1]
    block, column = divmod(place, COLUMNS)
    grid = figure.add_gridspec(
        2,
        COLUMNS,
        left=0.165,
        right=0.985,
        wspace=0.08,
        hspace=0.06,
        top=1 - block / blocks - HEAD / height,
        bottom=1 - (block + 1) / blocks + FOOT / height,
        height_ratios=[CURVES, rows_height],
    )
    upper = figure.add_subplot(grid[0, column])
    return upper, figure.add_subplot(grid[1, column], sharex=upper)


def _draw_curves(
    axes: Axes, table: pd.DataFrame, points: Sequence[Point], colours: Mapping[str, str]
) -> None:
    for place, point in enumerate(points):
        curve = table[(table["scenario"] == point.name) & (table["quantile"] <= LARGEST_QUANTILE)]
        axes.plot(
            curve["hours"],
            curve["quantile"],
            color=colours[point.name],
            linewidth=2.4 if place == 0 else 1.5,
        )
    for share in (MEDIAN, LATE):
        axes.axhline(share, color=MUTED, linewidth=0.7, linestyle=(0, (4, 3)), zorder=0.5)
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, MEDIAN, 0.75, LATE, 1])
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=NO_BREAK + "%"))
    axes.tick_params(axis="y", labelcolor=MUTED, labelsize=8)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="both")


def _draw_marks(
    axes: Axes, table: pd.DataFrame, points: Sequence[Point], colours: Mapping[str, str]
) -> None:
    for row, point in enumerate(points):
        median, late = _quantile(table, point, MEDIAN), _quantile(table, point, LATE)
        if median is None or late is None:
            continue
        colour = colours[point.name]
        axes.plot([median, late], [row, row], color=colour, linewidth=2, alpha=0.5)
        axes.plot([median], [row], "o", color=colour, markersize=6)
        axes.plot(
            [late],
            [row],
            "o",
            color=colour,
            markerfacecolor="white",
            markersize=6,
            markeredgewidth=1.6,
        )
        for hours, offset, side in ((median, -7, "right"), (late, 7, "left")):
            axes.annotate(
                number(hours, 0),
                (hours, row),
                (offset, 0),
                ha=side,
                va="center",
                textcoords="offset points",
                fontsize=8,
            )


def _make_room_on_the_left(axes: Axes, table: pd.DataFrame) -> None:
    """Keep a median near zero from running into the names of the rows."""
    _, right = axes.get_xlim()
    medians = table.loc[(table["quantile"] - MEDIAN).abs() < 1e-9, "hours"]
    if medians.min() < LEFT_ROOM * right:
        axes.set_xlim(left=-LEFT_ROOM * right)


def _quantile(table: pd.DataFrame, point: Point, share: float) -> float | None:
    near = (table["quantile"] - share).abs() < 1e-9
    hours = table.loc[near & (table["scenario"] == point.name), "hours"]
    return None if hours.empty else float(hours.iloc[0])


def _draw_key(axes: Axes, labels: Labels) -> None:
    handles = [
        Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            color=INK,
            markersize=6,
            markeredgewidth=1.6,
            markerfacecolor=face,
            label=labels.word("statistic", name),
        )
        for name, face in (("median", INK), ("p90", "white"))
    ]
    axes.legend(handles=handles, loc="lower right", handletextpad=0.2, labelcolor=INK)
