"""Listed consignments whose tier is a column of the list, selected by the scores of a model."""

import numpy as np
import pytest

from sim.scenario.resources import TIERS
from sim.traffic.consignments import Consignments, draw_consignments
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs
from sim.traffic.listed import ListedConsignments, ListedConveyances
from tests.builders import ASSUMED, column, conveyances_at, declarations, shipped

NUMBER = 40_000
RATES = dict(zip(TIERS, (0.01, 0.03, 0.08, 0.8), strict=True))


def drawn() -> Consignments:
    """Consignments on one vessel, their tiers by turns."""
    listed = {"kind": "file", **ASSUMED}
    selection = {"rate": RATES, "random_share": 0.1, "model": "kcs_2020", **ASSUMED}
    scenario = shipped(
        "serial",
        traffic__conveyances__liner_calls__arrivals={**listed, "path": "calls.csv"},
        traffic__flows__sea_import__consignments={**listed, "path": "goods.csv"},
        agencies__customs__selection=selection,
    )
    numbers = np.arange(NUMBER)
    goods = ListedConsignments(
        conveyance=0 * numbers,
        position=numbers,
        containers=0 * numbers + 1,
        forty_foot=0 * numbers,
        hs6=0 * numbers + 847130,
        value_fen=0 * numbers + 1,
        tax_rate=np.zeros(NUMBER),
        tier=numbers % 4,
    )
    inputs = Inputs(
        {"kcs_sea_imports": declarations()},
        {"calls.csv": ListedConveyances(("V1",), column(0))},
        {("goods.csv", "calls.csv"): goods},
    )
    calls = conveyances_at(scenario, liner_calls=[0.0])
    return draw_consignments(scenario, calls, inputs, Draws(1, 0))


def test_each_listed_tier_is_inspected_at_its_rate() -> None:
    consignments = drawn()
    assert consignments.tier.tolist() == [number % 4 for number in range(NUMBER)]
    for number, rate in enumerate(RATES.values()):
        selected = consignments.flags["customs_selected"][consignments.tier == number]
        error = np.sqrt(rate * (1 - rate) / len(selected))
        assert selected.mean() == pytest.approx(rate, abs=4 * error)
