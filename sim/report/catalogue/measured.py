"""What a reform was measured to do in its home."""

from math import isnan

import pandas as pd

from sim.report.catalogue.markdown import table
from sim.report.catalogue.wording import Wording
from sim.report.numbers import (
    MISSING,
    amount,
    digits_for,
    number,
    signed,
    signed_percent,
    with_unit,
)
from sim.study.trials import Trial


def effects_of(trial: Trial, effects: pd.DataFrame) -> pd.DataFrame:
    """Rows of a reform as it is now, in the order of its KPIs."""
    current = effects[(effects["reform"] == trial.reform) & (effects["sha256"] == trial.sha256)]
    return current[current["kpi"].isin(trial.kpis)]


def effects_table(found: pd.DataFrame, wording: Wording) -> str:
    """KPI, level without and with the reform, difference and interval."""
    if found.empty:
        return wording.say("not_measured")
    keys = ("kpi", "without", "with", "difference", "interval_of", "relative")
    rows = []
    for _, row in found.iterrows():
        unit, shown = str(row["unit"]), digits_for(row["unit"], row["baseline"], row["with"])
        rows.append(
            (
                wording.labels.kpi(row["kpi"]),
                _level(row["baseline"], unit, shown, wording),
                _level(row["with"], unit, shown, wording),
                _difference(row["difference"], unit, shown, wording),
                _interval(row["low"], row["high"], unit, shown, wording),
                signed_percent(row["relative"]),
            )
        )
    return table([wording.say(key) for key in keys], rows, numbers=5)


def headline(found: pd.DataFrame, wording: Wording) -> str:
    """The first KPI and how it changes, or that this is not clear."""
    if found.empty:
        return ""
    row = found.iloc[0]
    shown = digits_for(row["unit"], row["baseline"], row["with"])
    if isnan(row["difference"]):
        text = _level(row["with"], row["unit"], shown, wording)
        return wording.say("headline", kpi=wording.labels.kpi(row["kpi"]), change=text)
    if row["low"] == 0 == row["high"]:
        return wording.say("unchanged", kpi=wording.labels.kpi(row["kpi"]))
    text = _difference(row["difference"], row["unit"], shown, wording)
    key = "no_effect" if row["low"] <= 0 <= row["high"] else "headline"
    return wording.say(key, kpi=wording.labels.kpi(row["kpi"]), change=text)


def _level(value: float, unit: str, digits: int, wording: Wording) -> str:
    return with_unit(amount(value, unit, digits), _unit(unit, wording))


def _difference(value: float, unit: str, digits: int, wording: Wording) -> str:
    if isnan(value):
        return MISSING
    if unit == "1":
        return wording.say("points", points=signed(100 * value, digits))
    return with_unit(signed(value, digits), _unit(unit, wording))


def _interval(low: float, high: float, unit: str, digits: int, wording: Wording) -> str:
    if isnan(low):
        return MISSING
    scale = 100 if unit == "1" else 1
    return wording.say(
        "interval", low=number(scale * low, digits), high=number(scale * high, digits)
    )


def _unit(unit: str, wording: Wording) -> str:
    return unit if unit == "1" else wording.word("unit", unit)
