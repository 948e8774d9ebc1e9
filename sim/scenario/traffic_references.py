"""Checks of traffic: streams, flows, shares, and what agencies select by."""

from sim.scenario.arrivals import LinerCalls, ListedArrivals
from sim.scenario.duration import Constant, Distribution, Uniform
from sim.scenario.errors import InputError
from sim.scenario.known_names import require, require_flags
from sim.scenario.resources import SELECTING_AGENCIES
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import ConveyanceStream, Flow, ListedConsignments

RESERVED = frozenset(
    {
        "all", "examined", "examined_twice", "handled_twice", "unexamined", "quarantine_liable",
        "detection", "cost",
    }
)  # fmt: skip


def check_traffic(scenario: Scenario) -> None:
    """Raise an InputError for a stream, flow or share that does not fit.

    Selecting agencies must have violations to find.
    """
    traffic = scenario.traffic
    for name, stream in traffic.conveyances.items():
        _check_stream(scenario, f"traffic.conveyances.{name}", stream)
    for name, flow in traffic.flows.items():
        if name in RESERVED or name in traffic.conveyances:
            raise InputError(f"traffic.flows.{name}: tables use this name already; choose another")
        _check_flow(scenario, f"traffic.flows.{name}", flow)
    if traffic.qualifying:
        require_flags("traffic.qualifying.when", traffic.qualifying.when)
    for name, spec in scenario.agencies.items():
        if traffic.traders.record and spec.selection and spec.selection.model:
            raise InputError(
                f"agencies.{name}.selection.model: does not go with "
                "traffic.traders.record; thresholds are for tiers that stay"
            )
    total = sum(traffic.traders.tier_share.values())
    if abs(total - 1) > 1e-9:
        raise InputError(f"traffic.traders.tier_share: shares add up to {total:g}, not 1")
    for agency in traffic.violations.probability:
        require(scenario.agencies, "traffic.violations.probability", "agency", agency)
    for agency in SELECTING_AGENCIES:
        if agency not in scenario.agencies:
            raise InputError(f"agencies.{agency}: missing")
        if agency not in traffic.violations.probability:
            raise InputError(f"traffic.violations.probability.{agency}: missing")


def _check_stream(scenario: Scenario, where: str, stream: ConveyanceStream) -> None:
    _check_workflow(scenario, f"{where}.workflow", stream.workflow, "conveyance")
    arrivals = stream.arrivals
    if isinstance(arrivals, LinerCalls) and _is_always_zero(arrivals.interarrival):
        raise InputError(f"{where}.arrivals.interarrival: must be above 0 hours")


def _check_flow(scenario: Scenario, where: str, flow: Flow) -> None:
    _check_workflow(scenario, f"{where}.workflow", flow.workflow, "consignment")
    streams = scenario.traffic.conveyances
    for end in ("arrives_by", "departs_by"):
        given = getattr(flow, end)
        if given:
            require(streams, f"{where}.{end}", "stream of conveyances", given)
    if isinstance(flow.consignments, ListedConsignments):
        arrivals = streams[flow.attached_to].arrivals
        if not isinstance(arrivals, ListedArrivals):
            raise InputError(
                f"{where}.consignments: a list of consignments needs listed conveyances, but "
                f"'{flow.attached_to}' has arrivals of the kind '{arrivals.kind}'"
            )


def _check_workflow(scenario: Scenario, where: str, given: str, case: str) -> None:
    require(scenario.workflows, where, "workflow", given)
    if scenario.workflows[given].case != case:
        raise InputError(f"{where}: '{given}' is no workflow of a {case}")


def _is_always_zero(distribution: Distribution) -> bool:
    if isinstance(distribution, Constant):
        return distribution.value == 0
    return isinstance(distribution, Uniform) and distribution.high == 0
