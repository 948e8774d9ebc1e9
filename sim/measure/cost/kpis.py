"""Cost as key figures: per TEU, per consignment, per container and per year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measure.cost.lines import FEN, CostLine, paid_fen
from sim.measure.cost.quantities import in_containers
from sim.measure.kpi import Kpi, ratio
from sim.measure.observation import Observation
from sim.scenario.tariff import PAYERS

Flags = NDArray[np.bool_]
YEAR = 365 * 86_400


def cost_kpis(observation: Observation, lines: list[CostLine]) -> list[Kpi]:
    """What is spent by item, by payer, by payee, and in total, net of payments among them.

    Per TEU, where containers come at all, and per consignment; for all that is measured, for what
    is examined, and for each flow where there are several. Per year by payer, by payee and net.
    """
    flows = observation.consignments.flows
    groups = ["examined", "examined_twice", *(flow for flow in flows if flow in observation.groups)]
    everyone = observation.groups["all"]
    return [
        *_items(observation, lines),
        *_by_party(observation, lines, "cost", everyone),
        *_compliance("cost", observation, lines, everyone),
        *_per_year(observation, lines),
        *(
            kpi
            for group in groups
            for prefix, members in [(f"{group}.cost", observation.groups[group])]
            for kpi in (
                *_by_party(observation, lines, prefix, members),
                *_compliance(prefix, observation, lines, members),
            )
        ),
        _handling_fee(observation, lines),
    ]


def _items(observation: Observation, lines: list[CostLine]) -> Iterator[Kpi]:
    everyone = observation.groups["all"]
    for unit in _units(observation, everyone):
        for line in lines:
            yield unit.kpi(f"cost.item.{line.item}", int(line.fen[everyone].sum()))


def _by_party(
    observation: Observation, lines: list[CostLine], prefix: str, members: Flags
) -> Iterator[Kpi]:
    for unit in _units(observation, members):
        for key, fen in _sums(lines, members).items():
            yield unit.kpi(f"{prefix}.{key}", fen)


def _sums(lines: list[CostLine], members: Flags) -> dict[str, int]:
    """Fen paid and received by party; of all together; and that net of payments among them."""
    payees = sorted({line.payee for line in lines if line.payee})
    return {
        **{payer: paid_fen(lines, members, payer=payer) for payer in PAYERS},
        **{f"received.{payee}": paid_fen(lines, members, payee=payee) for payee in payees},
        "outlays": paid_fen(lines, members),
        "total": paid_fen(lines, members, payee=None),
    }


@dataclass(frozen=True)
class _Unit:
    """What money is divided by."""

    name: str
    number: int

    def kpi(self, key: str, fen: int) -> Kpi:
        name = "TEU" if self.name == "teu" else self.name
        return Kpi(f"{key}.per_{self.name}", f"CNY/{name}", ratio(fen / FEN, self.number))


def _units(observation: Observation, members: Flags) -> list[_Unit]:
    """TEU where containers come at all, which depends on the scenario alone, and consignments."""
    flows = observation.scenario.traffic.flows.values()
    teu = _Unit("teu", int(observation.consignments.teu[members].sum()))
    has_teu = any(flow.containers.unit == "container" for flow in flows)
    return [*([teu] if has_teu else []), _Unit("consignment", int(members.sum()))]


def _per_year(observation: Observation, lines: list[CostLine]) -> Iterator[Kpi]:
    window = observation.window
    a_year = YEAR / (window.end - window.start)
    for key, fen in _sums(lines, observation.groups["all"]).items():
        yield Kpi(f"cost.{key}.per_year", "CNY/year", fen / FEN * a_year)


def _compliance(
    prefix: str, observation: Observation, lines: list[CostLine], members: Flags
) -> Iterator[Kpi]:
    """US$ of compliance cost per container: fees and charges that traders pay for clearing.

    Not in it are the carrying cost of goods, freight, and duty; nor is anything that others pay.
    """
    boxed = members & in_containers(observation)
    if not in_containers(observation).any():
        return
    usd = paid_fen(lines, boxed, payer="trader", is_charge=True) / FEN
    usd /= observation.scenario.tariff.us_dollar.cny
    boxes = int(observation.consignments.containers[boxed].sum())
    yield Kpi(f"{prefix}.compliance.usd_per_box", "USD/box", ratio(usd, boxes))


def _handling_fee(observation: Observation, lines: list[CostLine]) -> Kpi:
    """CNY a TEU that traders pay for moving and unstuffing what is handled twice before reform."""
    handling = {
        item
        for item, fee in observation.scenario.tariff.fees.items()
        if fee.payer == "trader" and {"moving", "unstuffing"} & set(fee.kinds)
    }
    members = observation.groups["handled_twice"]
    fen = paid_fen([line for line in lines if line.item in handling], members)
    teu = int(observation.consignments.teu[members].sum())
    return Kpi("handled_twice.handling_fee_per_teu", "CNY/TEU", ratio(fen / FEN, teu))
