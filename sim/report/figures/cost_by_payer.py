"""What clearing one TEU, or one consignment, costs, and who bears it."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.report.figures.bars import Bar, colour_key, finish_rows, plain_bars, stacked_bars
from sim.report.figures.style import BASELINE, PAYERS
from sim.report.figures.wrapping import wrapped
from sim.report.labels import Labels
from sim.report.results import Results
from sim.report.scoreboard import cost_basis
from sim.study.settings import Point

TWICE = "examined_twice.cost"


def draw_cost(results: Results, points: Sequence[Point], labels: Labels) -> Figure | None:
    """Cost by payer, beside the cost of what both agencies examine."""
    basis = cost_basis(results)
    payers = [payer for payer in PAYERS if results.has(f"cost.{payer}.{basis}")]
    parts = {f"cost.{payer}.{basis}": PAYERS[payer] for payer in payers}
    if not parts:
        return None
    height = 0.85 + 0.31 * len(points)
    figure = Figure(figsize=(10, height))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[1.8, 1])
    figure.subplots_adjust(
        left=0.165, right=0.985, wspace=0.06, bottom=0.26 / height, top=1 - 0.5 / height
    )
    rows = [wrapped(labels.short_point(point.name), 25) for point in points]
    stacked_bars(
        left, results, [Bar(point.name, parts, f"cost.outlays.{basis}") for point in points], 0
    )
    finish_rows(left, rows, labels.text(f"cost_by_payer_{basis}"))
    payer = "trader" if results.has(f"{TWICE}.trader.{basis}") else "total"
    colour = PAYERS.get(payer, BASELINE)
    plain_bars(right, results, points, f"{TWICE}.{payer}.{basis}", colour, 0)
    title = labels.text(f"cost_examined_twice_{payer}")
    finish_rows(right, rows, title)
    right.tick_params(axis="y", labelleft=False)
    colours = {labels.word("payer", payer): PAYERS[payer] for payer in payers}
    colour_key(figure, colours, 0.165, 1 - 0.04 / height)
    return figure
