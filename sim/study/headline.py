"""Which KPIs tell of a scenario in few numbers: time, cost, and the share of violations found."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.study.estimates import Sample, Samples

ALL_FOUND = "detection.all.found_share"
_TIME = "overall_clearance_time.mean"
_COSTS = ("cost.total.per_teu", "cost.total.per_consignment")
_TOGETHER = (ALL_FOUND, "detection.total.found_share")


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


def with_all_found(samples: Samples) -> dict[str, Sample]:
    """Return samples with the share of violations that all agencies together found.

    Of each replication, violations found over those there were; a consignment may hide one of the
    rules of each agency.
    """
    found, missed = (
        [samples[kpi].values for kpi in _ending(samples, "detection.", f".{count}_per_thousand")]
        for count in ("found", "missed")
    )
    if not found or ALL_FOUND in samples:
        return dict(samples)
    all_found, all_missed = np.sum(found, axis=0), np.sum(missed, axis=0)
    there = all_found + all_missed
    share = np.divide(all_found, there, out=np.full_like(there, np.nan), where=there > 0)
    return {**samples, ALL_FOUND: Sample("1", share)}
