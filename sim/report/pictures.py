"""All figures of a study, by file name, ready to be saved and shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.report.figures.clearance_distribution import GROUPS, draw_distribution
from sim.report.figures.cost_by_payer import draw_cost
from sim.report.figures.critical_steps import draw_critical_steps
from sim.report.figures.flow_stages import draw_flow_stages
from sim.report.figures.hours_by_party import draw_hours_by_party
from sim.report.figures.process_map import draw_process_map
from sim.report.figures.stage_bars import draw_stage_bars
from sim.report.figures.style import house_style, png_bytes, scenario_colours, svg_bytes
from sim.report.flows import flows_of
from sim.report.labels import Labels
from sim.report.process_maps import ProcessMap, map_title, panels_of, process_maps
from sim.report.results import Results
from sim.report.scoreboard import best_point, published_case, shown_points
from sim.study.settings import Point
from sim.study.study import Study

MOST_MAPS = 12


@dataclass(frozen=True)
class Picture:
    """A figure as bytes; ``subject`` is the process map it shows, if it shows one."""

    name: str
    svg: bytes
    png: bytes
    width_inches: float
    subject: ProcessMap | None = None


def draw_pictures(study: Study, results: Results, labels: Labels) -> list[Picture]:
    """Draw every figure that the study has numbers for."""
    with house_style(labels.language):
        return [
            picture_of(name, figure, subject)
            for name, figure, subject in _figures(study, results, labels)
            if figure is not None
        ]


def _figures(
    study: Study, results: Results, labels: Labels
) -> Iterator[tuple[str, Figure | None, ProcessMap | None]]:
    points = shown_points(results)
    few = _telling_points(study, results)
    colours = scenario_colours([*points, *(point for point in few if point not in points)])
    flows = flows_of(results)
    if flows:
        yield "flow_stages", draw_flow_stages(results, points, labels), None
    else:
        yield "stage_bars", draw_stage_bars(results, points, labels), None
    groups = flows or GROUPS
    distribution = draw_distribution(study.distributions, points, labels, colours, groups)
    yield "clearance_distribution", distribution, None
    yield "cost_by_payer", draw_cost(results, points, labels), None
    pair = (few[0], few[-1])[: len(few)]
    yield "hours_by_party", draw_hours_by_party(results, pair, labels), None
    yield "critical_steps", draw_critical_steps(results, few, labels, colours), None
    yield from _map_figures(drawn_maps(points, few), labels)


def draw_maps(points: Sequence[Point], labels: Labels) -> list[Picture]:
    """Draw every workflow of some scenarios, without a study of them."""
    with house_style(labels.language):
        return [picture_of(*drawn) for drawn in _map_figures(process_maps(points), labels)]


def _map_figures(
    maps: Sequence[ProcessMap], labels: Labels
) -> Iterator[tuple[str, Figure, ProcessMap]]:
    for place, process_map in enumerate(maps, start=1):
        name = f"process_map_{place}_{map_name(process_map)}"
        title, panels = map_title(process_map, labels), panels_of(process_map, labels)
        yield name, draw_process_map(title, panels, labels), process_map


def drawn_maps(points: Sequence[Point], few: Sequence[Point]) -> list[ProcessMap]:
    """The maps of the scenarios shown or, where these are too many, of the telling ones."""
    maps = process_maps(points)
    return maps if len(maps) <= MOST_MAPS else process_maps(few)


def map_name(process_map: ProcessMap) -> str:
    """Workflow and, where reforms rewrite it, scenario of a map, as part of a file name."""
    scenario = process_map.point.name if process_map.is_changed else ""
    return file_name(f"{process_map.workflow} {scenario}")


def _telling_points(study: Study, results: Results) -> tuple[Point, ...]:
    """The baseline, the scenario of the published figures, and the fastest one."""
    if not results.others:
        return results.points
    published, best = published_case(study), best_point(results, results.others)
    names = {point.name for point in (results.baseline, published, best) if point}
    chosen = [point for point in results.points if point.name in names and point is not best]
    return (*chosen, best)


def file_name(name: str) -> str:
    """A scenario's name as part of a file name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60]


def picture_of(name: str, figure: Figure, subject: ProcessMap | None = None) -> Picture:
    """Turn a figure into bytes; within the house style, the same bytes for the same figure."""
    return Picture(name, svg_bytes(figure), png_bytes(figure), figure.get_size_inches()[0], subject)
