"""What reforms bring and cost, as rows that people read. Money is in millions of CNY."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.report.labels import Labels
from sim.report.numbers import interval, number, signed
from sim.report.results import Results
from sim.report.scoreboard import shown_points
from sim.study.benefit import AT_BASELINE_VOLUME, TOTAL
from sim.study.study import Study

_MILLION = 1e6
_DIGITS = 1
_Figures = Mapping[Hashable, Any]


@dataclass(frozen=True)
class BenefitCell:
    """A figure, its interval, and whether it is clearly a ``gain`` or a ``loss``."""

    text: str
    interval: str = ""
    verdict: str = "unclear"


@dataclass(frozen=True)
class BenefitRow:
    """A scenario: net benefit a year of each party and of all, then what all spend and get.

    ``net`` is by party in the order of the table, all together last.
    """

    scenario: str
    net: tuple[BenefitCell, ...]
    running: str
    one_off: str
    payback: BenefitCell
    present_value: BenefitCell


def benefit_rows(study: Study, results: Results, labels: Labels) -> list[BenefitRow]:
    """Rows of the scenarios shown; none where there is nothing to compare."""
    shown = {point.name for point in shown_points(results)}
    by_scenario: dict[str, list[_Figures]] = {}
    for figures in study.benefits.to_dict("records"):
        if figures["scenario"] in shown:
            by_scenario.setdefault(figures["scenario"], []).append(figures)
    return [_row(labels.point(name), parties, labels) for name, parties in by_scenario.items()]


def best_benefit_line(study: Study, labels: Labels) -> str:
    """Sentences on the greatest net present value, on none, and on values that are not known.

    Unlike the benefit of a year the present value counts what is spent once.
    """
    total = study.benefits[study.benefits["payer"] == TOTAL]
    known, unknown = total.dropna(subset=["present_value"]), total[total["present_value"].isna()]
    said = [_greatest(known, labels)] if len(known) or not len(unknown) else []
    said += [_not_known(reason, rows, labels) for reason, rows in unknown.groupby("basis")]
    return " ".join(said)


def _greatest(known: pd.DataFrame, labels: Labels) -> str:
    ranked = known.sort_values("present_value", ascending=False, kind="stable").to_dict("records")
    if not ranked or ranked[0]["present_value"] <= 0:
        return labels.text("no_net_benefit")
    best = ranked[0]
    return labels.text(
        "net_benefit",
        scenario=labels.point(best["scenario"]),
        value=signed(best["present_value"] / _MILLION, _DIGITS),
        value_interval=_interval(best, "present").interval,
        net=signed(best["net_per_year"] / _MILLION, _DIGITS),
        interval=_interval(best, "net").interval,
        payback=_payback(best, labels).text,
    )


def _not_known(reason: Hashable, rows: pd.DataFrame, labels: Labels) -> str:
    return labels.text(
        "benefit_unknown",
        scenarios="; ".join(labels.point(name) for name in rows["scenario"]),
        reason=labels.word("benefit_basis", str(reason)),
    )


def benefit_note(study: Study, labels: Labels) -> str:
    """A sentence on scenarios whose benefit is told at the baseline's volume, or nothing."""
    at_volume = study.benefits[study.benefits["basis"] == AT_BASELINE_VOLUME]
    names = dict.fromkeys(at_volume["scenario"])
    if not names:
        return ""
    scenarios = "; ".join(labels.point(name) for name in names)
    return labels.text("benefit_at_volume", scenarios=scenarios)


def _row(scenario: str, parties: list[_Figures], labels: Labels) -> BenefitRow:
    total = parties[-1]
    return BenefitRow(
        scenario=scenario,
        net=tuple(_interval(figures, "net", "net_per_year") for figures in parties),
        running=number(total["running_per_year"] / _MILLION, _DIGITS),
        one_off=number(total["one_off"] / _MILLION, _DIGITS),
        payback=_payback(total, labels),
        present_value=_interval(total, "present", "present_value"),
    )


def _interval(figures: _Figures, limits: str, estimate: str = "net_per_year") -> BenefitCell:
    low, high = figures[f"{limits}_low"] / _MILLION, figures[f"{limits}_high"] / _MILLION
    verdict = "gain" if low > 0 else "loss" if high < 0 else "unclear"
    text = signed(figures[estimate] / _MILLION, _DIGITS)
    return BenefitCell(text, interval(low, high, "", _DIGITS), verdict)


def _payback(figures: _Figures, labels: Labels) -> BenefitCell:
    """Years, or that there is nothing to pay back, or that it is never paid back."""
    years, low, high = (figures[f"payback_{end}"] for end in ("years", "low", "high"))
    if math.isnan(figures["net_per_year"]):
        reason = labels.word("benefit_basis", figures["basis"])
        return BenefitCell(labels.text("payback_unknown", reason=reason))
    if math.isnan(years):
        return BenefitCell(labels.text("payback_never"))
    if not figures["one_off"]:
        return BenefitCell(labels.text("payback_nothing"))
    if math.isinf(high):
        return BenefitCell(
            labels.text("payback_years", years=number(years, 2)),
            labels.text("payback_open", years=number(low, 2)),
        )
    return BenefitCell(
        labels.text("payback_years", years=number(years, 2)), interval(low, high, "", 2)
    )
