"""Which KPIs tell of a scenario in few numbers: time, cost, and the share of violations found."""

from __future__ import annotations

from collections.abc import Collection

_TIME = "overall_clearance_time.mean"
_COSTS = ("cost.total.per_teu", "cost.total.per_consignment")
_TOGETHER = ("detection.all.found_share", "detection.total.found_share")


def headline(kpis: Collection[str]) -> tuple[str, ...]:
    """Return time, cost and detection, of the KPIs that there are.

    Args:
        kpis: their keys, in the order they were measured.
    """
    times = [f"all.{_TIME}"] if f"all.{_TIME}" in kpis else _ending(kpis, "", f".{_TIME}")
    costs = [kpi for kpi in _COSTS if kpi in kpis]
    return (*times, *costs[:1], *found_shares(kpis))


def found_shares(kpis: Collection[str]) -> list[str]:
    """Share of violations found: by all agencies together where given, or else by each."""
    together = [kpi for kpi in _TOGETHER if kpi in kpis]
    return together[:1] or _ending(kpis, "detection.", ".found_share")


def _ending(kpis: Collection[str], start: str, end: str) -> list[str]:
    return [kpi for kpi in kpis if kpi.startswith(start) and kpi.endswith(end)]
