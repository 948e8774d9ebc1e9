import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.measure.cost.kpis import cost_kpis
from sim.measure.cost.ledger import cost_lines
from sim.measure.cost.lines import net_fen
from sim.scenario.tariff import PAYERS
from tests.builders import SHIPPED, consignments_of, observe_by_hand, replicated, tiny
from tests.measure.cost.ledgers import fen_of
from tests.measure.figures import values


@cache
def ledger(name: str) -> tuple[Any, dict[str, float]]:
    lines = cost_lines(replicated(name))
    return lines, values(cost_kpis(replicated(name), lines))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_total_is_the_sum_over_payers_and_over_items(name: str) -> None:
    lines, kpis = ledger(name)
    observation = replicated(name)
    everyone = observation.measured
    teu = int(observation.consignments.teu[everyone].sum())
    total = sum(int(line.fen[everyone].sum()) for line in lines)
    items = [key for key in kpis if re.fullmatch(r"cost\.item\.\w+\.per_teu", key)]
    payers = [f"cost.{payer}.per_teu" for payer in PAYERS]
    assert len(items) == len(lines) == len({line.item for line in lines})
    for keys in (items, payers, ["cost.outlays.per_teu"]):
        assert round(sum(kpis[key] for key in keys) * 100 * teu, 3) == total
    received = [key for key in kpis if re.fullmatch(r"cost\.received\.\w+\.per_teu", key)]
    net = sum(kpis[key] for key in payers) - sum(kpis[key] for key in received)
    assert kpis["cost.total.per_teu"] == pytest.approx(net, rel=1e-12)
    assert round(kpis["cost.total.per_teu"] * 100 * teu, 3) == int(net_fen(lines)[everyone].sum())
    assert kpis["cost.received.port.per_teu"] > 0
    assert all((line.fen >= 0).all() and line.fen.dtype == np.int64 for line in lines)


def handling_fen(name: str) -> Any:
    lines, _ = ledger(name)
    return np.sum([line.fen for line in lines if line.item in ("moving", "unstuffing")], axis=0)


@pytest.mark.parametrize("name", ["joint_inspection", "joint_inspection_recognition"])
def test_joint_inspection_saves_600_cny_a_teu_of_what_both_select(name: str) -> None:
    consignments = replicated("serial").consignments
    flags = consignments.flags
    twice = flags["customs_selected"] & flags["quarantine_selected"]
    saved = handling_fen("serial") - handling_fen(name)
    assert (saved == 60_000 * consignments.teu * twice).all()
    key = "handled_twice.handling_fee_per_teu"
    assert ledger("serial")[1][key] == 1200.0
    assert ledger(name)[1][key] == 600.0


def test_costs_of_the_examined_are_of_the_examined_alone() -> None:
    lines, kpis = ledger("serial")
    observation = replicated("serial")
    for group in ("examined", "examined_twice"):
        members = observation.groups[group]
        fen = int(net_fen(lines)[members].sum())
        teu = observation.consignments.teu[members].sum()
        assert kpis[f"{group}.cost.total.per_teu"] == pytest.approx(fen / 100 / teu, rel=1e-12)
    assert kpis["examined_twice.cost.total.per_teu"] > kpis["cost.total.per_teu"]


def test_floor_area_costs_its_share_of_a_year() -> None:
    scenario = tiny(("tariff.area.rate", 365.0))
    area = scenario.port.facilities["customs_site"].area_m2
    other = scenario.port.facilities["quarantine_site"].area_m2
    assert area and other
    consignments = consignments_of([0, 0], containers=[1, 2], forty_foot=[1, 0])
    found = fen_of(observe_by_hand(scenario, consignments, 0.0))["area"]
    week = (area + other) * 365 * 7 / 365 * 100
    assert found == [round(week / 2), round(week / 2)]
