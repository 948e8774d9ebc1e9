"""Everything people see after a choice: tables, a figure, and what the terminal says."""

from pathlib import Path

import pandas as pd

from sim.report.best.candidates import shown_order
from sim.report.best.summary import print_best
from sim.report.figures.spent_replications import draw_spent_replications
from sim.report.figures.style import house_style
from sim.report.labels import labels_of
from sim.report.pictures import picture_of
from sim.report.publish import save_pictures
from sim.report.tables import write_csv
from sim.report.terminal import Say
from sim.study.choice.best import Best
from sim.study.choice.best_tables import candidate_table, choice_table, course_table


def publish_best(best: Best, folder: Path) -> Say:
    """Write the tables and the figure of a choice; return what says which one was chosen."""
    labels = labels_of(best.question.run.points)
    candidates = write_best_tables(best, folder)
    with house_style(labels.language):
        ordered = shown_order(candidates, best.question.sense)
        figure = draw_spent_replications(ordered, best.question.kpi, labels)
        save_pictures([picture_of("replications", figure)], folder / "figures")
    return lambda console, place: print_best(console, best, candidates, labels, place)


def write_best_tables(best: Best, folder: Path) -> pd.DataFrame:
    """Write all tables of a choice into a folder and return the one of its candidates."""
    candidates = candidate_table(best)
    tables = {
        "choice": choice_table(best),
        "best": candidates,
        "chosen": best.fresh,
        "course": course_table(best),
    }
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
        table.to_parquet(folder / f"{name}.parquet", index=False)
    return candidates
