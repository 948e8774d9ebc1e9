"""What to know before trusting the times: other groups, unfinished work, pools without room."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.report.endings import ending
from sim.report.flows import flows_of
from sim.report.labels import Labels
from sim.report.numbers import digits_for, number, percent
from sim.report.results import Results
from sim.report.scoreboard import unfinished
from sim.scenario.scenario import Scenario
from sim.study.settings import Point

OVERLOADED = 0.98
FULL = 0.95


@dataclass(frozen=True)
class Caution:
    """A warning about one scenario, in two parts: what it is, and the rest of the sentence."""

    title: str
    text: str


def cautions(results: Results, labels: Labels) -> list[Caution]:
    """Warnings of all scenarios, by kind."""
    found = [
        *_traffic(results, labels),
        *_selection(results, labels),
        *_unfinished(results, labels),
        *_never_left(results, labels),
        *_about_pools("overloaded", results, labels),
        *_about_pools("full", results, labels),
        *_about_pools("nobody", results, labels),
    ]
    return [Caution(labels.word("caution", kind), text) for kind, text in found]


def _unfinished(results: Results, labels: Labels) -> Iterator[tuple[str, str]]:
    for point, _ in unfinished(results):
        count, brought = ending(results, point.name).unfinished_of_all
        text = labels.text(
            "caution_unfinished",
            scenario=labels.point(point.name),
            count=count,
            all=brought,
            flows=_by_flow(results, point, labels),
        )
        yield "unfinished", text


def _traffic(results: Results, labels: Labels) -> Iterator[tuple[str, str]]:
    """Scenarios to which other conveyances or consignments come than to the baseline."""
    baseline = results.baseline
    usual = ending(results, baseline.name).all_brought
    for point in results.others:
        if _what_arrives(point.scenario) != _what_arrives(baseline.scenario):
            count = ending(results, point.name).all_brought
            told = "caution_other_times" if count == usual else "caution_traffic"
            scenario = labels.point(point.name)
            yield "traffic", labels.text(told, scenario=scenario, count=count, usual=usual)


def _what_arrives(scenario: Scenario) -> tuple[object, ...]:
    """When conveyances come, and how many consignments with what in them."""
    traffic = scenario.traffic
    return (
        {name: stream.arrivals for name, stream in traffic.conveyances.items()},
        {
            name: (flow.attached_to, flow.consignments, flow.containers)
            for name, flow in traffic.flows.items()
        },
    )


def _selection(results: Results, labels: Labels) -> Iterator[tuple[str, str]]:
    """Scenarios whose groups by examination are not made up as those of the baseline."""
    usual = _what_selects(results.baseline.scenario)
    for point in results.others:
        if _what_selects(point.scenario) != usual:
            yield "selection", labels.text("caution_selection", scenario=labels.point(point.name))


def _what_selects(scenario: Scenario) -> tuple[object, ...]:
    """All on which it depends what agencies pick."""
    traffic = scenario.traffic
    return (
        {
            name: (agency.selection, agency.selects_with)
            for name, agency in scenario.agencies.items()
        },
        {name: flow.selection_factor for name, flow in traffic.flows.items()},
        traffic.traders.tier_share,
        traffic.traders.record,
        traffic.violations,
    )


def _never_left(results: Results, labels: Labels) -> Iterator[tuple[str, str]]:
    for point in results.points:
        for stream in point.scenario.traffic.conveyances:
            count = results.mean(point.name, f"{stream}.never_left")
            if count > 0:
                text = labels.text(
                    "caution_conveyances",
                    scenario=labels.point(point.name),
                    count=number(count, digits_for("consignments", count)),
                    stream=labels.word("stream", stream),
                )
                yield "conveyances", text


def _by_flow(results: Results, point: Point, labels: Labels) -> str:
    parts = []
    for flow in flows_of(results):
        of_flow = ending(results, point.name, flow)
        if of_flow.unfinished > 0:
            count, brought = of_flow.unfinished_of_all
            name = labels.word("group", flow)
            parts.append(labels.text("unfinished_flow", flow=name, count=count, all=brought))
    return labels.text("in_brackets", content=", ".join(parts)) if parts else ""


def _about_pools(kind: str, results: Results, labels: Labels) -> Iterator[tuple[str, str]]:
    for point in results.points:
        rooms = _rooms(point.scenario)
        chosen = {"overloaded": _overloaded, "full": _full, "nobody": _without_anybody}[kind]
        pools = [_named(results, point, pool, labels) for pool in chosen(results, point, rooms)]
        if pools:
            listed = ", ".join(pools)
            scenario = labels.point(point.name)
            yield kind, labels.text(f"caution_{kind}", scenario=scenario, pools=listed)


def _named(results: Results, point: Point, pool: str, labels: Labels) -> str:
    share = results.estimate(point.name, _utilisation(pool))
    name = labels.word("pool", pool)
    return labels.text("pool_at", pool=name, share=percent(share.mean, 0)) if share else name


def _utilisation(pool: str) -> str:
    return f"pool.{pool}.utilisation"


def _pools(results: Results) -> list[str]:
    keys = results.keys("pool.", ".busy_hours_per_day")
    return [key.removeprefix("pool.").removesuffix(".busy_hours_per_day") for key in keys]


def _overloaded(results: Results, point: Point, rooms: set[str]) -> list[str]:
    """Pools that are busy all of their time, so that times grow with the length of the run."""
    return [
        pool
        for pool in _pools(results)
        if pool not in rooms and results.mean(point.name, _utilisation(pool)) >= OVERLOADED
    ]


def _full(results: Results, point: Point, rooms: set[str]) -> list[str]:
    return [
        pool
        for pool in _pools(results)
        if pool in rooms and results.mean(point.name, _utilisation(pool)) >= FULL
    ]


def _without_anybody(results: Results, point: Point, _: set[str]) -> list[str]:
    """Pools that steps ask for and that have no hour on duty: their utilisation is undefined."""
    return [
        pool
        for pool in _pools(results)
        if results.estimate(point.name, f"pool.{pool}.busy_hours_per_day")
        and not results.estimate(point.name, _utilisation(pool))
    ]


def _rooms(scenario: Scenario) -> set[str]:
    """Facilities that consignments fill from their discharge or their entry on, as a yard."""
    return {
        pool
        for workflow in scenario.workflows.values()
        for step in workflow.steps.values()
        if workflow.case == "consignment" and {"discharge", "gate_in"} & set(step.milestones)
        for pool in step.takes
        if pool in scenario.port.facilities
    }
