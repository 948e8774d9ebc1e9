"""Flows of consignments side by side: which there are, their stages, what is told of each."""

from collections.abc import Sequence

from sim.report.results import Results
from sim.scenario.scenario import Scenario
from sim.study.settings import Point

STAGES = ("discharge", "preparation", "clearance", "pickup", "after_release", "departure")
_MEASURES = (
    "overall_clearance_time.mean",
    "overall_clearance_time.p90",
    "time_in_port.within_24h",
    "examined_share",
    "cost.total.per_teu",
    "cost.total.per_consignment",
)
_STREAM_MEASURES = ("arrivals_per_day", "time_in_port.mean")
_STREAM_LOADS = ("documents.mean", "boxes_per_year")
_STREAM_LOSSES = ("cancelled", "never_left")


def flows_of(results: Results) -> list[str]:
    """Flows that are measured one by one, those that never finish too.

    None where every scenario has just one.
    """
    scenarios = [point.scenario for point in results.points]
    names = dict.fromkeys(name for scenario in scenarios for name in scenario.traffic.flows)
    return [name for name in names if results.has(f"{name}.unfinished")]


def stages_of(results: Results, group: str) -> list[str]:
    """Stages of national statistics that consignments of a group pass, in their order."""
    return [stage for stage in STAGES if results.has(f"{group}.stage.{stage}.mean")]


def flow_measures(results: Results, flows: Sequence[str]) -> list[str]:
    """What any of some flows has figures for: the ends of KPI keys, in the order of a table."""
    found = dict.fromkeys(
        key.removeprefix(f"{flow}.")
        for flow in flows
        for key in results.keys(f"{flow}.detection.", ".found_share")
    )
    wanted = (*_MEASURES, *found, "unfinished")
    return [end for end in wanted if any(results.has(f"{flow}.{end}") for flow in flows)]


def stream_kpis(results: Results) -> dict[str, list[str]]:
    """By stream of conveyances: arrivals, time in port, what is held, papers, boxes, any losses."""
    scenarios = [point.scenario for point in results.points]
    names = dict.fromkeys(name for scenario in scenarios for name in scenario.traffic.conveyances)
    keys = {
        name: [
            *(f"{name}.{end}" for end in _STREAM_MEASURES),
            *results.keys(f"{name}.holds."),
            *(f"{name}.{end}" for end in _STREAM_LOADS),
            *(f"{name}.{end}" for end in _STREAM_LOSSES if _is_any(results, f"{name}.{end}")),
        ]
        for name in names
    }
    return {
        name: known for name, kpis in keys.items() if (known := list(filter(results.has, kpis)))
    }


def _is_any(results: Results, kpi: str) -> bool:
    return any(results.mean(point.name, kpi) > 0 for point in results.points)


def slowest_steps(results: Results, point: Point, flows: Sequence[str]) -> dict[str, str]:
    """By flow, the KPI of the step that sets most of the release time of its workflow."""
    slowest = {}
    for flow in flows:
        if flow not in point.scenario.traffic.flows:
            continue
        shares = {
            key: results.mean(point.name, key)
            for key in results.keys(f"critical.{_workflow(point.scenario, flow)}.")
            if results.mean(point.name, key) > 0
        }
        if shares:
            slowest[flow] = max(shares, key=lambda key: shares[key])
    return slowest


def share_within(results: Results, point: Point, kpi: str) -> float:
    """Share of a critical step in the release time of its own workflow."""
    workflow = kpi.rpartition(".")[0]
    shares = [results.mean(point.name, key) for key in results.keys(f"{workflow}.")]
    whole = sum(share for share in shares if share > 0)
    return results.mean(point.name, kpi) / whole


def _workflow(scenario: Scenario, flow: str) -> str:
    return scenario.traffic.flows[flow].workflow
