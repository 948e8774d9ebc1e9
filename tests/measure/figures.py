"""Short cuts for tests of measures."""

from collections.abc import Iterable

from sim.measure.kpi import Kpi
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED, LABEL, tiny

OFFICE = {
    "label": LABEL,
    "week": {day: ["08:30-12:00", "13:30-17:30"] for day in ("mon", "tue", "wed", "thu", "fri")},
    **ASSUMED,
}


def values(kpis: Iterable[Kpi]) -> dict[str, float]:
    """Values by key; every key is there once."""
    kpis = list(kpis)
    found = {kpi.key: kpi.value for kpi in kpis}
    assert len(found) == len(kpis)
    return found


def reviewers_by_roster(end_of_shift: str = "finish", **roster: int) -> Scenario:
    """Numbers of reviewers in office hours, in ``evenings`` from 17:30 to 21:00 or by night."""
    evenings = {"label": LABEL, "week": {"mon": ["17:30-21:00"]}, **ASSUMED}
    return tiny(
        ("hours.office", OFFICE),
        ("hours.evenings", evenings),
        ("agencies.customs.reviewers", roster),
        ("agencies.customs.end_of_shift", end_of_shift),
    )


def with_disruption(scenario: Scenario, kind: str, start: float, hours: float) -> Scenario:
    """The scenario with no customs reviewers from an hour on, for some hours."""
    content = {
        "label": LABEL,
        "kind": kind,
        "pools": ["customs.reviewers"],
        "start_days": start / 24,
        "duration_hours": hours,
        **ASSUMED,
    }
    return build_scenario({**scenario.model_dump(), "disruptions": {"d": content}})


def one_reviewer_in_office_hours(end_of_shift: str = "finish") -> Scenario:
    """Two reviews ready on Monday at five take from 08:30 until 14:30, or 16:00 if suspended."""
    return tiny(
        ("hours.office", OFFICE),
        ("agencies.customs.hours", "office"),
        ("agencies.customs.reviewers", 1),
        ("agencies.customs.end_of_shift", end_of_shift),
    )
