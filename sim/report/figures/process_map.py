"""The workflow before and after reform, drawn side by side, coloured by party."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from sim.report.diagram import Node
from sim.report.figures.bars import colour_key
from sim.report.figures.style import INK, PARTIES, ink_on, title_weight
from sim.report.figures.wrapping import wrapped
from sim.report.labels import Labels
from sim.report.layout import BOX_WIDTH, Layout, lay_out
from sim.report.process_maps import Panel

BOX_HEIGHT = 0.3
PITCH = 0.5
MARGIN = 0.2
LEAST_WIDTH = 7.5
PANEL_GAP = 0.45
HEAD = 1.12
TITLE, PANEL_TITLE, KEY = 0.2, 0.9, 0.4
_LETTERS_AN_INCH = 10
OUTSIDE = "#eef1f4"
CANCELLED = "#c0392b"


def draw_process_map(title: str, panels: Sequence[Panel], labels: Labels) -> Figure:
    """Draw panels side by side on one scale, so that a shorter workflow looks shorter."""
    layouts = [lay_out(panel.diagram) for panel in panels]
    width = 2 * MARGIN + sum(layout.width for layout in layouts) + PANEL_GAP * (len(panels) - 1)
    width = max(width, LEAST_WIDTH)
    height = HEAD + PITCH * max(layout.ranks for layout in layouts) + MARGIN
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    weight = title_weight()
    axes.text(MARGIN, TITLE, title, fontsize=11, fontweight=weight, va="center")
    left = MARGIN
    for panel, layout in zip(panels, layouts, strict=True):
        panel_title = wrapped(panel.title, _letters(layout.width))
        axes.text(left, PANEL_TITLE, panel_title, fontsize=9.5, fontweight=weight, va="center")
        _draw_panel(axes, panel, layout, left, labels)
        left += layout.width + PANEL_GAP
    parties = {node.party for panel in panels for node in panel.diagram.nodes}
    key = {
        labels.word("party", party): colour
        for party, colour in {**PARTIES, "outside": OUTSIDE}.items()
        if party in parties
    }
    colour_key(figure, key, MARGIN / width, 1 - KEY / height)
    return figure


def _letters(inches: float) -> int:
    """How many bold letters of a panel's title there is room for."""
    return max(24, int((inches + PANEL_GAP) * _LETTERS_AN_INCH))


def _draw_panel(axes: Axes, panel: Panel, layout: Layout, left: float, labels: Labels) -> None:
    for way in layout.ways:
        axes.add_patch(_arrow([(left + across, _height(rank)) for across, rank in way]))
    for node in panel.diagram.nodes:
        across, rank = layout.centres[node.name]
        _draw_box(axes, node, left + across, _height(rank), labels)


def _height(rank: int) -> float:
    return HEAD + PITCH * (rank + 0.5)


def _arrow(places: Sequence[tuple[float, float]]) -> FancyArrowPatch:
    """A smooth way from the foot of one box to the head of another, straight past those between."""
    ends = [(across, down + side * BOX_HEIGHT / 2) for across, down in places for side in (-1, 1)]
    points = ends[1:-1]
    vertices, codes = [points[0]], [Path.MOVETO]
    for (x_from, y_from), (x_to, y_to) in pairwise(points):
        middle = (y_from + y_to) / 2
        vertices += [(x_from, middle), (x_to, middle), (x_to, y_to)]
        codes += [Path.CURVE4] * 3
    return FancyArrowPatch(
        path=Path(vertices, codes),
        arrowstyle="-|>,head_length=2.4,head_width=1.4",
        color="#9aa5b1",
        linewidth=0.9,
        zorder=1,
    )


def _draw_box(axes: Axes, node: Node, across: float, down: float, labels: Labels) -> None:
    colour = PARTIES.get(node.party, OUTSIDE)
    cancelled = "cancelled" in node.marks
    axes.add_patch(
        FancyBboxPatch(
            (across - BOX_WIDTH / 2, down - BOX_HEIGHT / 2),
            BOX_WIDTH,
            BOX_HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor=colour,
            zorder=2,
            edgecolor=CANCELLED if cancelled else INK if node.marks else "white",
            linewidth=1.6 if node.marks else 0.5,
            linestyle="--" if cancelled else "-",
        )
    )
    axes.text(
        across,
        down,
        wrapped(node.label, 24),
        ha="center",
        va="center",
        fontsize=6.8,
        linespacing=0.95,
        color=ink_on(colour),
        zorder=3,
    )
    if node.marks:
        text = " / ".join(labels.word("change", mark) for mark in node.marks)
        axes.text(
            across + BOX_WIDTH / 2 - 0.03,
            down - BOX_HEIGHT / 2 - 0.03,
            text,
            ha="right",
            va="center",
            fontsize=5.8,
            color="white",
            zorder=4,
            bbox={
                "boxstyle": "round,pad=0.18",
                "linewidth": 0,
                "facecolor": CANCELLED if cancelled else INK,
            },
        )
