"""How long each stage takes in each flow: imports and exports with stages of their own."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.bars import Bar, colour_key, finish_rows, reach_of, stacked_bars
from sim.report.figures.style import STAGES, title_weight
from sim.report.figures.wrapping import wrapped
from sim.report.flows import flows_of, stages_of
from sim.report.labels import Labels
from sim.report.results import Results
from sim.study.settings import Point

WIDTH = 10
LEFT, RIGHT = 0.165, 0.985
ROW, HEAD, FOOT = 0.31, 0.59, 0.26
PANEL_HEAD, PANEL_FOOT = 0.26, 0.32


def draw_flow_stages(results: Results, points: Sequence[Point], labels: Labels) -> Figure | None:
    """One panel with a row a flow; of several scenarios, a panel a flow with a row a scenario."""
    flows = [flow for flow in flows_of(results) if stages_of(results, flow)]
    if not flows:
        return None
    figure = (
        _one_panel(results, points[0], flows, labels)
        if len(points) == 1
        else _panels(results, points, flows, labels)
    )
    passed = {stage for flow in flows for stage in stages_of(results, flow)}
    colours = {
        labels.word("stage", stage): colour for stage, colour in STAGES.items() if stage in passed
    }
    colour_key(figure, colours, LEFT, 1 - 0.04 / figure.get_size_inches()[1])
    return figure


def _one_panel(results: Results, point: Point, flows: Sequence[str], labels: Labels) -> Figure:
    height = HEAD + FOOT + ROW * len(flows)
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=LEFT, right=RIGHT, bottom=FOOT / height, top=1 - HEAD / height)
    stacked_bars(axes, results, [_bar(results, point, flow) for flow in flows], 1)
    rows = [wrapped(labels.word("group", flow), 25) for flow in flows]
    finish_rows(axes, rows, labels.text("flow_stages"))
    return figure


def _panels(
    results: Results, points: Sequence[Point], flows: Sequence[str], labels: Labels
) -> Figure:
    """Two panels side by side, all on one scale."""
    pairs = -(-len(flows) // 2)
    one = PANEL_HEAD + ROW * len(points) + PANEL_FOOT
    height = HEAD + pairs * one
    figure = Figure(figsize=(WIDTH, height))
    title = labels.text("flow_stages")
    figure.text(LEFT, 1 - 0.43 / height, title, fontsize=9.5, fontweight=title_weight())
    bars = {flow: [_bar(results, point, flow) for point in points] for flow in flows}
    reach = reach_of(results, [bar for rows in bars.values() for bar in rows])
    rows = [wrapped(labels.short_point(point.name), 25) for point in points]
    for place, flow in enumerate(flows):
        axes = _panel(figure, place, one, len(points))
        stacked_bars(axes, results, bars[flow], 1, reach)
        finish_rows(axes, rows, labels.word("group", flow))
        axes.tick_params(axis="y", labelleft=place % 2 == 0)
    return figure


def _panel(figure: Figure, place: int, one: float, rows: int) -> Axes:
    height = figure.get_size_inches()[1]
    gap = 0.02
    width = (RIGHT - LEFT - gap) / 2
    left = LEFT + (place % 2) * (width + gap)
    top = HEAD + (place // 2) * one + PANEL_HEAD
    bottom = 1 - (top + ROW * rows) / height
    return figure.add_axes((left, bottom, width, ROW * rows / height))


def _bar(results: Results, point: Point, flow: str) -> Bar:
    parts = {f"{flow}.stage.{stage}.mean": STAGES[stage] for stage in stages_of(results, flow)}
    return Bar(point.name, parts, f"{flow}.time_in_port.mean")
