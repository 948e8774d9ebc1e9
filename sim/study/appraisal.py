"""What reforms cost, when that is paid back, and what it is all worth today."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan, nan

import numpy as np
from numpy.typing import NDArray

from sim.scenario.reform_cost import ReformCost
from sim.scenario.scenario import Scenario
from sim.scenario.tariff import Appraisal, Payer
from sim.study.intervals import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AddedCost:
    """What reforms cost beyond those of the baseline, in CNY.

    Attributes:
        one_off: spent before the first year.
        per_year: spent every year.
        renewals: what is bought again, as pairs of its price and its life in years.
    """

    one_off: float
    per_year: float
    renewals: tuple[tuple[float, float], ...]


def added_cost(baseline: Scenario, scenario: Scenario, payer: Payer | None) -> AddedCost:
    """Cost to a payer, or to all; what reforms of the baseline cost once has been spent already."""
    before, after = _costs(baseline, payer), _costs(scenario, payer)
    new = [item for name, items in after.items() if name not in before for item in items]
    return AddedCost(
        one_off=sum(item.one_off for item in new),
        per_year=_per_year(after) - _per_year(before),
        renewals=tuple((item.one_off, item.life_years) for item in new if item.life_years),
    )


def _costs(scenario: Scenario, payer: Payer | None) -> dict[str, list[ReformCost]]:
    """Items of each reform that anybody adopts, as far as they concern the scenario."""
    return {
        name: [
            item
            for item in reform.cost.values()
            if payer in (None, item.payer) and item.concerns(scenario.workflows)
        ]
        for name, reform in scenario.reforms.items()
        if reform.adoption.by_anybody
    }


def _per_year(costs: dict[str, list[ReformCost]]) -> float:
    return sum(item.per_year for items in costs.values() for item in items)


def payback(one_off: float, net: Interval) -> tuple[float, float, float]:
    """Years until a yearly net benefit has paid back what was spent once, with an interval.

    Undefined (NaN) where the net benefit is not above zero or not known; without an upper limit
    where its interval reaches zero.
    """
    if not net.estimate > 0:
        return nan, nan, nan
    if isnan(net.low):
        return one_off / net.estimate, nan, nan
    longest = one_off / net.low if net.low > 0 else inf
    return one_off / net.estimate, one_off / net.high, longest


def present_value(net: Floats, cost: AddedCost, appraisal: Appraisal) -> Floats:
    """Value today of yearly net benefits, each at the end of its year, less all purchases.

    What was bought once is bought again at the end of its life, up to the horizon; what is still
    good then has no value left.

    Args:
        net: CNY a year, any shape.
        cost: of the reforms.
        appraisal: discount rate and horizon.
    """
    factor, horizon = 1 + appraisal.discount_rate, appraisal.horizon_years
    annuity = sum(factor**-year for year in range(1, horizon + 1))
    purchases = cost.one_off + sum(
        price * factor**-year
        for price, life in cost.renewals
        for year in np.arange(life, horizon, life).tolist()
    )
    return np.asarray(net * annuity - purchases)
