"""Which direction of a KPI is better, in the words of a selection."""

from sim.report.kpi_families import better
from sim.study.ranking.systems import Sense

_SENSES: dict[str | None, Sense] = {"lower": "less", "higher": "more"}


def direction(kpi: str) -> Sense | None:
    """``less`` or ``more``, or nothing where neither is an improvement or nobody knows."""
    return _SENSES.get(better(kpi))
