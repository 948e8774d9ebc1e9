"""Everything people see after a sensitivity study: tables, a figure, and the terminal's summary."""

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from sim.report.figures.elementary_effects import draw_elementary_effects
from sim.report.figures.ranking_moves import draw_ranking
from sim.report.figures.style import house_style
from sim.report.figures.tornado import draw_tornado
from sim.report.figures.variance_shares import draw_variance_shares
from sim.report.pictures import picture_of
from sim.report.publish import save_pictures
from sim.report.sensitivity.summary import print_sensitivity
from sim.report.sensitivity.words import SensitivityWords, sensitivity_words
from sim.report.tables import write_csv
from sim.report.terminal import Say
from sim.scenario.base import Language
from sim.scenario.ranges import Ranges
from sim.study.sensitivity.sensitivity_runner import Sensitivity


def publish_sensitivity(
    found: Sensitivity, ranges: Ranges | None, language: Language, folder: Path
) -> Say:
    """Write the results of a study into a folder and return what the terminal says of them."""
    write_sensitivity_tables(found, folder)
    method = found.question.method
    if len(found.tables[method]):
        words = sensitivity_words(found, ranges, language)
        with house_style(language):
            pictures = [picture_of(method, _figure(found, words))]
        save_pictures(pictures, folder / "figures")
    said = sensitivity_words(found, ranges, "en")
    return lambda console, place: print_sensitivity(console, found, said, place)


def write_sensitivity_tables(found: Sensitivity, folder: Path) -> None:
    """Write the tables of a study, as CSV and as Parquet."""
    for name, table in found.tables.items():
        known = _described(found, table)
        write_csv(known, folder / f"{name}.csv")
        known.to_parquet(folder / f"{name}.parquet", index=False)


def _described(found: Sensitivity, table: pd.DataFrame) -> pd.DataFrame:
    """The table with what all its rows are about."""
    question = found.question
    about = table.assign(kpi=question.kpi, unit=found.unit, replications=found.replications)
    return about if pd.isna(found.noise) else about.assign(noise_share=found.noise)


def _figure(found: Sensitivity, words: SensitivityWords) -> Figure:
    question, table = found.question, found.tables[found.question.method]
    if question.method == "tornado":
        return draw_tornado(question.kpi, found.unit, table, words)
    if question.method == "morris":
        return draw_elementary_effects(question.kpi, found.unit, table, words)
    if question.method == "sobol":
        return draw_variance_shares(question.kpi, table, words)
    assert question.sense is not None
    return draw_ranking(question.kpi, found.unit, question.sense, table, words)
