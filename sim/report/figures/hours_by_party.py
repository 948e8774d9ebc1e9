"""Where the hours go: working, waiting and closed doors by party, in two scenarios."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.bars import colour_key
from sim.report.figures.style import INK, PARTIES, TIMES, bare_rows, title_weight
from sim.report.labels import Labels
from sim.report.numbers import number
from sim.report.results import Results
from sim.study.settings import Point


def draw_hours_by_party(results: Results, points: Sequence[Point], labels: Labels) -> Figure | None:
    """Stacked bars by party, one panel a scenario on one scale."""
    parties = [
        party
        for party in PARTIES
        if any(results.mean(point.name, _key(party, "working")) > 0 for point in points)
    ]
    if not parties:
        return None
    height = 1.25 + 0.32 * len(parties)
    figure = Figure(figsize=(10, height))
    panels = figure.subplots(1, len(points), sharey=True, squeeze=False)[0]
    figure.subplots_adjust(
        left=0.125, right=0.985, wspace=0.06, bottom=0.45 / height, top=1 - 0.6 / height
    )
    reach = max(_total(results, point, party) for point in points for party in parties)
    for panel, point in zip(panels, points, strict=True):
        _draw_panel(panel, results, point, parties)
        bare_rows(panel, [labels.word("party", party) for party in parties])
        panel.set_xlim(0, 1.18 * reach)
        panel.set_title(labels.short_point(point.name))
        panel.set_xlabel(labels.text("hours_per_consignment"), loc="left")
        panel.tick_params(axis="y", labelleft=panel is panels[0])
    colours = {labels.word("time", time): colour for time, colour in TIMES.items()}
    colour_key(figure, colours, 0.125, 1 - 0.07 / height)
    return figure


def _key(party: str, time: str) -> str:
    return f"party.{party}.{time}"


def _total(results: Results, point: Point, party: str) -> float:
    estimates = [results.estimate(point.name, _key(party, time)) for time in TIMES]
    return sum(estimate.mean for estimate in estimates if estimate)


def _draw_panel(axes: Axes, results: Results, point: Point, parties: Sequence[str]) -> None:
    for row, party in enumerate(parties):
        left = 0.0
        for time, colour in TIMES.items():
            estimate = results.estimate(point.name, _key(party, time))
            if estimate:
                axes.barh(
                    row,
                    estimate.mean,
                    0.62,
                    left=left,
                    color=colour,
                    edgecolor="white",
                    linewidth=0.5,
                )
                left += estimate.mean
        axes.annotate(
            number(left, 1),
            (left, row),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            fontweight=title_weight(),
            color=INK,
        )
