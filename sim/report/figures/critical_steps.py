"""Which step set the release time: the baseline beside other scenarios."""

import math
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.report.figures.style import INK, bare_rows
from sim.report.figures.wrapping import wrapped
from sim.report.labels import Labels
from sim.report.numbers import NO_BREAK, percent
from sim.report.results import Results
from sim.study.settings import Point

MOST_STEPS = 10
LEAST_PITCH = 0.33


def draw_critical_steps(
    results: Results, points: Sequence[Point], labels: Labels, colours: Mapping[str, str]
) -> Figure | None:
    """One bar a scenario for each of the steps with the greatest shares in any of them."""
    steps = critical_steps(results, points)
    if not steps:
        return None
    height = 0.85 + len(steps) * max(LEAST_PITCH, 0.13 + 0.15 * len(points))
    figure = Figure(figsize=(10, height))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.215, right=0.96, bottom=0.4 / height, top=1 - 0.32 / height)
    bare_rows(axes, [wrapped(labels.kpi(step), 30) for step in steps])
    thickness = 0.8 / len(points)
    for place, point in enumerate(points):
        for row, step in enumerate(steps):
            share = results.mean(point.name, step)
            if math.isnan(share):
                continue
            height_at = row + (place - (len(points) - 1) / 2) * thickness
            axes.barh(
                height_at,
                share,
                thickness * 0.9,
                color=colours[point.name],
                label=labels.short_point(point.name) if row == 0 else None,
            )
            axes.annotate(
                percent(share, 1),
                (share, height_at),
                (4, 0),
                va="center",
                textcoords="offset points",
                fontsize=7,
                color=INK,
            )
    axes.set_xlim(0, 1.12 * max(_share(results, point, step) for point in points for step in steps))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=NO_BREAK + "%"))
    axes.set_title(labels.text("critical_steps"))
    axes.legend(loc="lower right", labelcolor=INK)
    return figure


def critical_steps(results: Results, points: Sequence[Point]) -> list[str]:
    """Keys of the steps with the greatest share, most critical in the baseline first."""
    keys = [key for key in results.keys("critical.") if not key.startswith("critical.party.")]
    greatest = {
        key: max((_share(results, point, key) for point in points), default=0.0) for key in keys
    }
    kept = sorted(keys, key=lambda key: -greatest[key])[:MOST_STEPS]
    positive = [key for key in kept if greatest[key] > 0]
    return sorted(positive, key=lambda key: -_share(results, points[0], key))


def _share(results: Results, point: Point, key: str) -> float:
    share = results.mean(point.name, key)
    return 0.0 if math.isnan(share) else share
