"""What reforms bring and cost, as rows that people read. Money is in millions of CNY."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.labels import Labels
from sim.report.numbers import interval, number, signed
from sim.report.results import Results
from sim.report.scoreboard import shown_points
from sim.study.benefit import TOTAL
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


def best_benefit(study: Study) -> _Figures | None:
    """Figures of all parties in the scenario of the greatest net present value, if one has any.

    Unlike the benefit of a year it counts what is spent once.
    """
    total = study.benefits[study.benefits["payer"] == TOTAL]
    ranked = total.dropna(subset=["present_value"]).sort_values(
        "present_value", ascending=False, kind="stable"
    )
    best = ranked.head(1).to_dict("records")
    return best[0] if best and best[0]["present_value"] > 0 else None


def best_benefit_line(study: Study, labels: Labels) -> str:
    """One line on the scenario of the greatest net present value, or that there is none."""
    best = best_benefit(study)
    if best is None:
        return labels.text("no_net_benefit")
    return labels.text(
        "net_benefit",
        scenario=labels.point(best["scenario"]),
        value=signed(best["present_value"] / _MILLION, _DIGITS),
        value_interval=_interval(best, "present").interval,
        net=signed(best["net_per_year"] / _MILLION, _DIGITS),
        interval=_interval(best, "net").interval,
        payback=_payback(best, labels).text,
    )


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
        return BenefitCell(labels.text("payback_unknown"))
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
