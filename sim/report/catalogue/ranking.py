"""Figures in the order of what moving them changes."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from sim.study.influence import Survey, current_rows

LEAST = 0.001
TIME, COST = 0, 1


@dataclass(frozen=True)
class MovedFigure:
    """A figure with what was found when it was moved in one survey.

    Attributes:
        survey: where.
        name: its dotted key.
        rows: a row a factor and KPI; without a KPI where a factor cannot move it.
    """

    survey: Survey
    name: str
    rows: pd.DataFrame

    @property
    def could_be_moved(self) -> bool:
        """Whether a factor could move it."""
        return bool(self.rows["kpi"].notna().any())

    @property
    def is_telling(self) -> bool:
        """Whether time or cost changes by as much as is worth a line."""
        return max(self.change(TIME), self.change(COST)) >= LEAST

    def change(self, kpi: int) -> float:
        """Greatest relative change of the time or the cost, either way."""
        of_kpi = self.rows["kpi"] == self.survey.kpis[kpi]
        return float(self.rows.loc[of_kpi, "relative"].abs().max())

    def row(self, kpi: int, factor: float) -> pd.Series | None:
        """What one factor does to the time or the cost, if it could."""
        rows = self.rows
        found = rows[(rows["kpi"] == self.survey.kpis[kpi]) & (rows["factor"] == factor)]
        return None if found.empty else found.iloc[0]


def moved_figures(surveys: Iterable[Survey], influence: pd.DataFrame) -> list[MovedFigure]:
    """What is known of the figures of some surveys, in the order of the table."""
    return [
        MovedFigure(survey, str(name), rows)
        for survey in surveys
        for name, rows in current_rows(survey, influence).groupby("figure", sort=False)
    ]


def ranked(figures: Iterable[MovedFigure]) -> list[MovedFigure]:
    """Those that can be moved, by the greatest change of the time, then of the cost."""
    found = [figure for figure in figures if figure.could_be_moved]
    return sorted(found, key=lambda figure: (-figure.change(TIME), -figure.change(COST)))
