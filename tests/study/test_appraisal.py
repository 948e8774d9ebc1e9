from math import inf, isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.tariff import Appraisal
from sim.study.appraisal import AddedCost, added_cost, payback, present_value
from sim.study.intervals import Interval
from tests.builders import ASSUMED, LABEL, reform, tiny

NOTHING = AddedCost(0.0, 0.0, ())


def appraisal(rate: float, years: int) -> Appraisal:
    return Appraisal(discount_rate=rate, horizon_years=years, assumption=True)


def net(estimate: float, low: float, high: float) -> Interval:
    return Interval(estimate, low, high, 30)


def test_pay_back_of_a_clear_benefit_has_both_limits() -> None:
    assert payback(120.0, net(40.0, 30.0, 60.0)) == (3.0, 2.0, 4.0)


@pytest.mark.parametrize("low", [0.0, -10.0])
def test_pay_back_has_no_upper_limit_where_there_may_be_no_benefit(low: float) -> None:
    assert payback(120.0, net(40.0, low, 60.0)) == (3.0, 2.0, inf)


@pytest.mark.parametrize("estimate", [0.0, -1.0, nan])
def test_pay_back_is_undefined_where_there_is_no_benefit(estimate: float) -> None:
    assert all(map(isnan, payback(120.0, net(estimate, -5.0, 5.0))))


def test_pay_back_has_no_limits_where_the_benefit_has_none() -> None:
    years, low, high = payback(120.0, net(40.0, nan, nan))
    assert years == 3.0
    assert isnan(low)
    assert isnan(high)


def test_present_value_by_hand() -> None:
    cost = AddedCost(one_off=100.0, per_year=0.0, renewals=((100.0, 1.0),))
    worth = present_value(np.array([66.0, 0.0]), cost, appraisal(0.1, 2))
    assert worth == pytest.approx([66 / 1.1 + 66 / 1.21 - 100 - 100 / 1.1, -100 - 100 / 1.1])


def test_what_lasts_to_the_horizon_is_not_bought_again() -> None:
    cost = AddedCost(one_off=100.0, per_year=0.0, renewals=((100.0, 5.0),))
    assert present_value(np.zeros(1), cost, appraisal(0.0, 5)).tolist() == [-100.0]
    assert present_value(np.zeros(1), cost, appraisal(0.0, 10)).tolist() == [-200.0]
    assert present_value(np.zeros(1), cost, appraisal(0.0, 11)).tolist() == [-300.0]


@given(rate=st.floats(0, 0.5), years=st.integers(1, 50), benefit=st.floats(0, 1e9))
def test_discounting_never_adds_to_a_benefit(rate: float, years: int, benefit: float) -> None:
    worth = present_value(np.array([benefit]), NOTHING, appraisal(rate, years))[0]
    later = present_value(np.array([benefit]), NOTHING, appraisal(rate, years + 1))[0]
    assert worth <= years * benefit * (1 + 1e-12)
    assert worth <= later


def cost_of(**items: dict[str, Any]) -> dict[str, Any]:
    return {name: {"label": LABEL, **ASSUMED, **item} for name, item in items.items()}


def with_reforms(*names: str, share: float = 1.0) -> Any:
    costs = {
        "a": cost_of(
            works={"payer": "port", "one_off": 100.0, "life_years": 8.0},
            staff={"payer": "government", "per_year": 7.0},
        ),
        "b": cost_of(system={"payer": "government", "one_off": 40.0, "per_year": 3.0}),
    }
    operator = {"set": {"step": "declare", "to": {"documents": 1, **ASSUMED}}}
    adoption = {"share": share, **ASSUMED}
    reforms = {name: reform(operator, cost=costs[name], adoption=adoption) for name in names}
    return tiny(("reforms", reforms))


def test_reforms_cost_their_payers() -> None:
    baseline, both = with_reforms(), with_reforms("a", "b")
    assert added_cost(baseline, both, "port") == AddedCost(100.0, 0.0, ((100.0, 8.0),))
    assert added_cost(baseline, both, "government") == AddedCost(40.0, 10.0, ())
    assert added_cost(baseline, both, "trader") == NOTHING
    assert added_cost(baseline, both, None) == AddedCost(140.0, 10.0, ((100.0, 8.0),))


def test_reforms_of_the_baseline_are_paid_for_already() -> None:
    assert added_cost(with_reforms("a"), with_reforms("a", "b"), None) == AddedCost(40.0, 3.0, ())
    assert added_cost(with_reforms("a", "b"), with_reforms("a"), None) == AddedCost(0, -3.0, ())


def test_a_reform_that_nobody_adopts_costs_nothing() -> None:
    assert added_cost(with_reforms(), with_reforms("a", share=0.0), None) == NOTHING


def test_a_cost_is_paid_where_its_workflows_are() -> None:
    one = {"payer": "port", "one_off": 9.0}
    costs = cost_of(
        here={**one, "only": ["sea_import", "zone_import"]},
        elsewhere={**one, "only": ["zone_import"]},
    )
    operator = {"set": {"step": "declare", "to": {"documents": 1, **ASSUMED}}}
    some = {**reform(operator, cost=costs), "workflows": ["sea_import", "zone_import"]}
    assert added_cost(tiny(), tiny(("reforms", {"a": some})), None) == AddedCost(9.0, 0.0, ())
