"""What is shown first: the key figures, the scenarios shown, and the ones that stand out."""

import math
from collections import Counter
from collections.abc import Sequence

from sim.report.flows import flows_of
from sim.report.kpi_families import better
from sim.report.results import Change, Results
from sim.study import headline
from sim.study.settings import Point
from sim.study.study import Study

OVERALL = "all.overall_clearance_time.mean"
EXAMINED = "examined.declaration_to_release.mean"
MOST_SHOWN = 10
_SINCE_DECLARATION = "declaration_to_release"


def key_figures(results: Results) -> list[str]:
    """KPIs of the first table: who never finished, time, cost, and what is found.

    Times are those of each flow where there are several, of those that never finish too: a mean
    over imports and exports tells of neither.
    """
    flows = [f"{flow}.overall_clearance_time.mean" for flow in flows_of(results)]
    times = flows or [kpi for kpi in (OVERALL, EXAMINED) if results.has(kpi)]
    lost = ["unfinished"] if unfinished(results) else []
    cost = f"cost.total.{cost_basis(results)}"
    return [*lost, *times, *(kpi for kpi in (cost, *found_shares(results)) if results.has(kpi))]


def cost_basis(results: Results) -> str:
    """What costs are told by: TEU where all comes in containers, or else consignments."""
    prefixes = [f"{flow}.cost.total" for flow in flows_of(results)] or ["cost.total"]
    costed = [prefix for prefix in prefixes if results.has(f"{prefix}.per_consignment")]
    boxed = all(results.has(f"{prefix}.per_teu") for prefix in costed)
    return "per_teu" if boxed else "per_consignment"


def found_shares(results: Results) -> list[str]:
    """Share of violations found: by all agencies together where given, or else by each."""
    return headline.found_shares(results.keys("detection."))


def unfinished(results: Results) -> list[tuple[Point, float]]:
    """Scenarios that left consignments unfinished, with their mean number in a replication."""
    counts = [(point, results.mean(point.name, "unfinished")) for point in results.points]
    return [(point, number) for point, number in counts if number > 0]


def shown_points(results: Results, most: int = MOST_SHOWN) -> tuple[Point, ...]:
    """All scenarios, or the baseline and those that cut overall time most, in their order."""
    if len(results.points) <= most:
        return results.points
    ranked = sorted(results.others, key=lambda point: _rank(results.mean(point.name, OVERALL)))
    kept = {point.name for point in ranked[: most - 1]} | {results.baseline.name}
    return tuple(point for point in results.points if point.name in kept)


def _rank(hours: float) -> float:
    return math.inf if math.isnan(hours) else hours


def greatest_gain(results: Results, kpi: str) -> Point | None:
    """The scenario with the greatest clear improvement of a KPI, if there is one."""
    sign = -1 if better(kpi) == "higher" else 1
    gains = {}
    stuck = {point.name for point, _ in unfinished(results)}
    for point in results.others:
        change = results.change(point.name, kpi)
        if point.name not in stuck and change and change.is_clear and sign * change.difference < 0:
            gains[point.name] = (sign * change.difference, point)
    return min(gains.values(), key=lambda gain: gain[0])[1] if gains else None


def published_case(study: Study) -> Point | None:
    """The reformed scenario that most published figures are about."""
    others = {point.name: point for point in study.points[1:]}
    about = study.targets.loc[study.targets["role"] != "goal", "scenario"]
    counts = Counter(str(name) for name in about if name in others)
    return others[counts.most_common(1)[0][0]] if counts else None


def nothing_changes(results: Results, kpis: Sequence[str]) -> bool:
    """Whether all scenarios agree with the baseline in every replication."""
    changes = [results.change(point.name, kpi) for point in results.others for kpi in kpis]
    return all(change is None or change.is_none for change in changes)


def verdict(results: Results, scenario: str, kpi: str) -> str:
    """``gain``, ``loss`` or ``unclear``: colours are for differences that are clear.

    A longer time from declaration to release is a loss only where overall time is longer, too.
    """
    change, direction = results.change(scenario, kpi), better(kpi)
    if any(point.name == scenario for point, _ in unfinished(results)):
        return "unclear"
    if change is None or direction is None or not change.is_clear:
        return "unclear"
    if _reads_as_nothing(change, results.digits(kpi)):
        return "unclear"
    found = "gain" if (change.difference < 0) == (direction == "lower") else "loss"
    since_entry = kpi.replace(_SINCE_DECLARATION, "overall_clearance_time")
    is_lost = found == "loss" and since_entry != kpi and results.has(since_entry)
    # Released no later, yet longer after the declaration: that has come earlier, which is no loss.
    return "unclear" if is_lost and verdict(results, scenario, since_entry) != "loss" else found


def _reads_as_nothing(change: Change, digits: int) -> bool:
    """Whether the difference is rounded away where it is shown."""
    scale = 100 if change.unit == "1" else 1
    return round(scale * change.difference, digits) == 0


def best_point(results: Results, candidates: Sequence[Point]) -> Point:
    """The scenario with the shortest overall time, or the last one where times are unknown."""
    known = [point for point in candidates if not math.isnan(results.mean(point.name, OVERALL))]
    return min(known, key=lambda point: results.mean(point.name, OVERALL), default=candidates[-1])
