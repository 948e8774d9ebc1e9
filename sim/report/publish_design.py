"""Everything people see after a design: tables, figures, and a summary in the terminal."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from rich.console import Console

from sim.report.design_summary import print_design, print_folder
from sim.report.design_words import DesignWords, design_words
from sim.report.figures.interactions import draw_interactions
from sim.report.figures.main_effects import draw_main_effects
from sim.report.figures.pareto_front import draw_pareto
from sim.report.figures.style import house_style
from sim.report.kpi_families import better
from sim.report.pictures import file_name, picture_of
from sim.report.publish import save_pictures
from sim.report.tables import write_csv
from sim.report.terminal import Say
from sim.scenario.base import Language
from sim.study.design.best_points import best_points
from sim.study.design.interactions import interactions
from sim.study.design.main_effects import main_effects
from sim.study.design.pareto import Better, pareto_table
from sim.study.design.sweep import Sweep, point_table

_NOT_WRITTEN = ["values", "by_values"]


def publish_design(sweep: Sweep, language: Language, folder: Path) -> Say:
    """Write the results of a design into a folder and return what the terminal says of them."""
    ranked = _ranked(sweep)
    front, effects = write_design_tables(sweep, folder)
    words = design_words(sweep, language)
    with house_style(language):
        figures = _figures(sweep, front, effects, ranked, words)
        pictures = [picture_of(name, figure) for name, figure in figures]
    save_pictures(pictures, folder / "figures")
    best, said = best_points(sweep, ranked), design_words(sweep, "en")

    def say(console: Console, place: Path) -> None:
        print_design(console, sweep, best, front, effects["main_effects"], said)
        print_folder(console, place)

    return say


def write_design_tables(sweep: Sweep, folder: Path) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Write all tables of a design into a folder.

    Returns:
        The Pareto front, and main effects and interactions by these names.
    """
    front = pareto_table(sweep, _ranked(sweep))
    effects = {"main_effects": main_effects(sweep), "interactions": interactions(sweep)}
    write_csv(sweep.table, folder / "sweep.csv")
    sweep.table.to_parquet(folder / "sweep.parquet", index=False)
    write_csv(point_table(sweep), folder / "points.csv")
    write_csv(front, folder / "pareto.csv")
    for name, table in effects.items():
        write_csv(table.drop(columns=_NOT_WRITTEN, errors="ignore"), folder / f"{name}.csv")
    return front, effects


def _ranked(sweep: Sweep) -> dict[str, Better]:
    """Of which KPIs less or more is better."""
    return {kpi: direction for kpi in sweep.kpis if (direction := better(kpi))}


def _figures(
    sweep: Sweep,
    front: pd.DataFrame,
    effects: Mapping[str, pd.DataFrame],
    ranked: Mapping[str, Better],
    words: DesignWords,
) -> Iterator[tuple[str, Figure]]:
    draw = {"main_effects": draw_main_effects, "interactions": draw_interactions}
    for name, table in effects.items():
        known = table[table["mean"].notna()]
        for place, (kpi, rows) in enumerate(known.groupby("kpi", sort=False), start=1):
            yield f"{name}_{place}_{file_name(str(kpi))}", draw[name](str(kpi), rows, words)
    if len(ranked) > 1 and len(front):
        yield "pareto_front", draw_pareto(sweep, front, list(ranked), words)
