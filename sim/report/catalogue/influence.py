"""Assumptions by influence: those of the baseline, then those of the reforms."""

from collections.abc import Iterable, Sequence

import pandas as pd

from sim.report.catalogue.figure_names import figure_name, figure_of_reform
from sim.report.catalogue.markdown import code, heading, link, table
from sim.report.catalogue.ranking import COST, LEAST, TIME, MovedFigure, moved_figures, ranked
from sim.report.catalogue.wording import Wording
from sim.report.numbers import amount, percent, signed_percent, with_unit
from sim.study.assumed import other_assumptions
from sim.study.influence import FACTORS, Survey, stale_figures

_COLUMNS = ("value", "time_down", "time_up", "cost_down", "cost_up")


def influence_of_baseline(survey: Survey, influence: pd.DataFrame, wording: Wording) -> list[str]:
    """What was found in a baseline: a ranking, what matters little, and what cannot be moved."""
    found = moved_figures([survey], influence)
    title = heading(3, wording.of(survey.point.written.label))
    if not found:
        return [title, wording.say("no_influence")]
    lacking = stale_figures(survey, influence)
    return [
        title,
        _levels(survey, found, wording),
        *_ranking(found, wording),
        *([wording.say("lacking", count=str(len(lacking)))] if lacking else []),
        wording.say("not_moved", places=_others(survey, wording)),
    ]


def influence_of_reforms(
    surveys: Sequence[Survey], influence: pd.DataFrame, wording: Wording
) -> list[str]:
    """One ranking of what reforms assume, each at its home, and which are not measured yet."""
    found = moved_figures(surveys, influence)
    blocks = [heading(3, wording.say("of_reforms")), wording.say("of_reforms_opening")]
    if found:
        blocks += _ranking(found, wording)
    lacking = {survey.reform: len(stale_figures(survey, influence)) for survey in surveys}
    named = [
        wording.say("lacking_of", reform=_linked(str(reform), wording), count=str(count))
        for reform, count in lacking.items()
        if count
    ]
    if named:
        total = str(sum(lacking.values()))
        listed = wording.joined(named)
        blocks.append(wording.say("lacking_of_reforms", count=total, reforms=listed))
    return blocks


def _ranking(found: Sequence[MovedFigure], wording: Wording) -> list[str]:
    figures = ranked(found)
    telling = [figure for figure in figures if figure.is_telling]
    rows = [
        (str(place), _named(figure, wording), *_cells(figure))
        for place, figure in enumerate(telling, start=1)
    ]
    keys = ("rank", "figure", *_COLUMNS)
    blocks = [table([wording.say(key) for key in keys], rows, numbers=4)] if rows else []
    little = [figure for figure in figures if not figure.is_telling]
    if little:
        count, least, names = str(len(little)), percent(LEAST), _list(little, wording)
        blocks.append(wording.say("little", count=count, least=least, figures=names))
    fixed = [figure for figure in found if not figure.could_be_moved]
    if fixed:
        blocks.append(wording.say("cannot", figures=_list(fixed, wording)))
    return blocks


def _levels(survey: Survey, found: Sequence[MovedFigure], wording: Wording) -> str:
    rows = pd.concat([figure.rows for figure in found])
    units = dict(zip(rows["kpi"], rows["unit"], strict=True))
    levels = dict(zip(rows["kpi"], rows["baseline"], strict=True))
    time, cost = (
        with_unit(amount(levels[kpi], units[kpi]), wording.word("unit", units[kpi]))
        for kpi in survey.kpis
    )
    name = wording.of(survey.point.written.label)
    return wording.say("influence_in", scenario=name, time=time, cost=cost)


def _named(figure: MovedFigure, wording: Wording) -> str:
    """What a figure is called, of a reform with a link to it, and its key."""
    reform = figure.survey.reform
    if reform:
        named = figure_of_reform(figure.name, reform, wording)
        return wording.say("of_reform", reform=_linked(reform, wording), figure=named)
    named = figure_name(figure.name, wording)
    key = code(figure.name)
    return named if named == key else f"{named}{wording.say('bracketed', text=key)}"


def _linked(reform: str, wording: Wording) -> str:
    return link(wording.word("reform", reform), f"#{reform}")


def _cells(figure: MovedFigure) -> list[str]:
    changes = [_cell(figure.row(kpi, factor)) for kpi in (TIME, COST) for factor in FACTORS]
    return [str(figure.rows["written"].iloc[0]), *changes]


def _cell(row: pd.Series | None) -> str:
    if row is None:
        return ""
    text = signed_percent(row["relative"])
    return f"*{text}*" if row["low"] <= 0 <= row["high"] else text


def _others(survey: Survey, wording: Wording) -> str:
    return wording.joined(
        f"{code(place)}{wording.say('bracketed', text=wording.joined(fields)) if fields else ''}"
        for place, fields in other_assumptions(survey.point.written).items()
    )


def _list(figures: Iterable[MovedFigure], wording: Wording) -> str:
    return wording.say("semicolon").join(_named(figure, wording) for figure in figures)
