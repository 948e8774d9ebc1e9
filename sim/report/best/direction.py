"""Which direction of a KPI is better, in the words of a selection."""

from sim.report.kpi_families import better, known_keys, matches
from sim.scenario.errors import InputError, did_you_mean
from sim.study.choice.systems import Sense

_SENSES: dict[str | None, Sense] = {"lower": "less", "higher": "more"}


def direction(kpi: str) -> Sense | None:
    """``less`` or ``more``, or nothing where neither is an improvement.

    Raises:
        InputError: no KPI has such a name.
    """
    if next(matches(kpi), None) is None:
        near = did_you_mean(kpi, known_keys())
        raise InputError(f"kpi: no figure of a replication is called '{kpi}'{near}")
    return _SENSES.get(better(kpi))
