from dataclasses import replace
from math import isnan

import pytest

from sim.measure.cost.kpis import cost_kpis
from sim.measure.cost.ledger import cost_lines
from sim.scenario.tariff import PAYERS
from tests.builders import column, consignments_of, observe_streams, replicated
from tests.measure.cost.ledgers import by_air_too, fee
from tests.measure.figures import values


def of_two_flows() -> dict[str, float]:
    """A sea consignment of two boxes, three TEU, and an air one of four unit loads."""
    charges = {
        "trader": fee("case", 620.0),
        "carrier": fee("case", 100.0, payer="carrier", payee="port"),
    }
    scenario = by_air_too(("tariff.fees", charges), ("tariff.us_dollar.cny", 6.2))
    scenario = scenario.model_copy(
        update={"tariff": scenario.tariff.model_copy(update={"box_fees": {}, "stay_charges": {}})}
    )
    consignments = consignments_of(
        [0, 1], containers=[2, 4], forty_foot=[1, 0], flows={"sea_import": 1, "air_import": 1}
    )
    consignments = replace(
        consignments, teu=column(3, 0), value_fen=column(24_000_000, 0)
    )  # goods tied up are no charge
    observation = observe_streams(scenario, consignments, liner_calls=[0.0], flights=[0.0])
    return values(cost_kpis(observation, cost_lines(observation)))


def test_compliance_cost_is_what_traders_pay_for_clearing_by_container() -> None:
    kpis = of_two_flows()
    assert kpis["cost.compliance.usd_per_box"] == 50.0
    assert kpis["sea_import.cost.compliance.usd_per_box"] == 50.0
    assert kpis["sea_import.cost.trader.per_consignment"] > 620.0


def test_flows_without_teu_cost_by_the_consignment() -> None:
    kpis = of_two_flows()
    assert kpis["air_import.cost.trader.per_consignment"] == 620.0
    assert kpis["air_import.cost.received.port.per_consignment"] == 100.0
    assert isnan(kpis["air_import.cost.trader.per_teu"])
    both = (kpis[f"{flow}.cost.total.per_consignment"] for flow in ("sea_import", "air_import"))
    assert kpis["cost.total.per_consignment"] == pytest.approx(sum(both) / 2, rel=1e-12)


def test_costs_a_year_are_those_of_the_window() -> None:
    observation = replicated("serial")
    kpis = values(cost_kpis(observation, cost_lines(observation)))
    teu = int(observation.consignments.teu[observation.measured].sum())
    for party in (*PAYERS, "received.port", "outlays", "total"):
        yearly = kpis[f"cost.{party}.per_teu"] * teu * 365 / 7
        assert kpis[f"cost.{party}.per_year"] == pytest.approx(yearly, rel=1e-12)
