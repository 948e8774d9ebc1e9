"""How long each stage takes in each scenario, and what examined consignments wait."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.report.figures.bars import Bar, colour_key, finish_rows, plain_bars, stacked_bars
from sim.report.figures.style import STAGES
from sim.report.figures.wrapping import wrapped
from sim.report.flows import stages_of
from sim.report.labels import Labels
from sim.report.numbers import NO_BREAK
from sim.report.results import Results
from sim.report.scoreboard import EXAMINED
from sim.study.settings import Point

TOTAL = "all.time_in_port.mean"


def draw_stage_bars(results: Results, points: Sequence[Point], labels: Labels) -> Figure | None:
    """Stages of all consignments, beside declaration to release of those examined."""
    stages = stages_of(results, "all")
    if not stages:
        return None
    parts = {f"all.stage.{stage}.mean": STAGES[stage] for stage in stages}
    height = 0.85 + 0.31 * len(points)
    figure = Figure(figsize=(10, height))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[2.3, 1])
    figure.subplots_adjust(
        left=0.165, right=0.985, wspace=0.06, bottom=0.26 / height, top=1 - 0.5 / height
    )
    rows = [wrapped(labels.short_point(point.name), 25) for point in points]
    hours = NO_BREAK + labels.word("unit", "h")
    stacked_bars(left, results, [Bar(point.name, parts, TOTAL) for point in points], 1)
    finish_rows(left, rows, labels.text("stage_bars"), hours)
    plain_bars(right, results, points, EXAMINED, STAGES["clearance"], 1)
    finish_rows(right, rows, labels.text("examined_bars"), hours)
    right.tick_params(axis="y", labelleft=False)
    colours = {labels.word("stage", stage): STAGES[stage] for stage in stages}
    colour_key(figure, colours, 0.165, 1 - 0.04 / height)
    return figure
