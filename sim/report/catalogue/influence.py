"""Assumptions of the baselines, the most influential first."""

from collections.abc import Iterable

import pandas as pd

from sim.report.catalogue.markdown import code, heading, table
from sim.report.catalogue.wording import Wording
from sim.report.numbers import amount, percent, signed_percent, with_unit
from sim.study.assumed import other_assumptions
from sim.study.influence import FACTORS, KPIS, current_rows, stale_figures
from sim.study.settings import Point

_LEAST = 0.001


def influence_section(point: Point, influence: pd.DataFrame, wording: Wording) -> list[str]:
    """What was found in one baseline: a ranking, what matters little, and what cannot be moved."""
    current = current_rows(point.written, influence)
    title = heading(3, wording.of(point.written.label))
    if current.empty:
        return [title, wording.say("no_influence")]
    by_figure = _ranked(current)
    telling = {name: rows for name, rows in by_figure.items() if _greatest(rows) >= _LEAST}
    little = [name for name in by_figure if name not in telling]
    blocks = [title, _levels(point, current, wording), _ranking(telling, point, wording)]
    if little:
        figures, least = _codes(little, wording), percent(_LEAST)
        count = str(len(little))
        blocks.append(wording.say("little", count=count, least=least, figures=figures))
    lacking = stale_figures(point.written, influence)
    if lacking:
        blocks.append(wording.say("lacking", count=str(len(lacking))))
    fixed = [name for name in dict.fromkeys(current["figure"]) if name not in by_figure]
    if fixed:
        blocks.append(wording.say("cannot", figures=_codes(fixed, wording)))
    return [*blocks, wording.say("not_moved", places=_others(point, wording))]


def _ranked(current: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows by figure, that with the greatest change of the overall time first, then of the cost."""
    moved = current[current["kpi"].notna()]
    found = {str(name): rows for name, rows in moved.groupby("figure", sort=False)}
    names = sorted(found, key=lambda name: [-_change(found[name], kpi) for kpi in KPIS])
    return {name: found[name] for name in names}


def _change(rows: pd.DataFrame, kpi: str) -> float:
    return float(rows.loc[rows["kpi"] == kpi, "relative"].abs().max())


def _greatest(rows: pd.DataFrame) -> float:
    return max(_change(rows, kpi) for kpi in KPIS)


def _levels(point: Point, current: pd.DataFrame, wording: Wording) -> str:
    units = dict(zip(current["kpi"], current["unit"], strict=True))
    levels = dict(zip(current["kpi"], current["baseline"], strict=True))
    time, cost = (
        with_unit(amount(levels[kpi], units[kpi]), wording.word("unit", units[kpi])) for kpi in KPIS
    )
    name = wording.of(point.written.label)
    return wording.say("influence_in", scenario=name, time=time, cost=cost)


def _ranking(figures: dict[str, pd.DataFrame], point: Point, wording: Wording) -> str:
    keys = ("rank", "figure", "value", "time_down", "time_up", "cost_down", "cost_up")
    rows = [
        (
            str(place),
            _named(name, point, wording),
            str(rows["written"].iloc[0]),
            *(_cell(rows, kpi, factor) for kpi in KPIS for factor in FACTORS),
        )
        for place, (name, rows) in enumerate(figures.items(), start=1)
    ]
    return table([wording.say(key) for key in keys], rows, numbers=4)


def _named(name: str, point: Point, wording: Wording) -> str:
    """The key of a figure, with the label of the step it is of."""
    _, _, rest = name.partition(".steps.")
    labels = [
        wording.of(spec.steps[step].label)
        for spec in point.written.workflows.values()
        for step in [rest.partition(".")[0]]
        if step in spec.steps
    ]
    return code(name) + (wording.say("bracketed", text=labels[0]) if labels else "")


def _cell(rows: pd.DataFrame, kpi: str, factor: float) -> str:
    found = rows[(rows["kpi"] == kpi) & (rows["factor"] == factor)]
    if found.empty:
        return ""
    row = found.iloc[0]
    text = signed_percent(row["relative"])
    return f"*{text}*" if row["low"] <= 0 <= row["high"] else text


def _others(point: Point, wording: Wording) -> str:
    return wording.joined(
        f"{code(place)}{wording.say('bracketed', text=wording.joined(fields)) if fields else ''}"
        for place, fields in other_assumptions(point.written).items()
    )


def _codes(names: Iterable[str], wording: Wording) -> str:
    return wording.joined(map(code, names))
