from functools import cache
from math import isnan

import pytest

from sim.clearance.parameters import effect_of
from sim.command.configuration import composed_data
from sim.engine.trace import NEVER
from sim.measure.measure import Measures, measure
from sim.measure.observation import Observation
from sim.scenario.validate import build_scenario
from tests.builders import (
    ASSUMED,
    LABEL,
    SHIPPED,
    SMALL,
    consignments_of,
    observe_by_hand,
    replicate,
    replicated,
    spec,
    tiny,
)
from tests.measure.figures import values

DAYS = 24.0


def test_arrivals_of_the_window_are_measured() -> None:
    scenario = tiny(("experiment.warm_up_days", 1.0), ("experiment.horizon_days", 2.0))
    second = 1 / 3600
    arrivals = (DAYS - second, DAYS, 3 * DAYS - second, 3 * DAYS)
    observation = observe_by_hand(scenario, consignments_of([0, 1, 2, 3]), *arrivals)
    assert observation.in_window.tolist() == [False, True, True, False]
    assert observation.finished.all()
    assert observation.measured.tolist() == [False, True, True, False]
    cases = observation.plan.case[observation.of_consignment]
    assert set(cases.tolist()) == {5, 6}


def small_of(*words: str) -> Observation:
    """Replication 0 of a scenario as a command composes it, over eleven days."""
    ((_, data),) = composed_data(words).items()
    data["experiment"] = {**data["experiment"], **SMALL}
    return replicate(effect_of(build_scenario(data)).scenario)


@cache
def given_up() -> Observation:
    """A scenario in which nobody ever does what the licensed need."""
    never = {"label": LABEL, "week": {}, **ASSUMED}
    scenario = tiny(
        ("hours.never", never),
        ("agencies.quarantine.hours", "never"),
        permit=spec("declare", when=["licensed"], uses={"quarantine.reviewers": 1}),
    )
    return observe_by_hand(scenario, consignments_of([0, 0], licensed=[True, False]), 0.0)


def test_consignments_that_never_finish_are_counted_not_measured() -> None:
    observation = given_up()
    assert observation.trace.unfinished == 1
    assert observation.measured.tolist() == [False, True]
    found = values(measure(observation).kpis)
    assert (found["consignments"], found["unfinished"]) == (1, 1)
    assert found["all.overall_clearance_time.mean"] == 8.0


def test_groups_are_of_measured_consignments() -> None:
    consignments = consignments_of(
        [0, 0, 0, 0],
        customs_selected=[True, True, False, False],
        quarantine_selected=[True, False, False, False],
        quarantine_liable=[True, False, True, False],
    )
    groups = observe_by_hand(tiny(), consignments, 0.0).groups
    assert {name: members.tolist() for name, members in groups.items()} == {
        "all": [True] * 4,
        "examined": [True, True, False, False],
        "examined_twice": [True, False, False, False],
        "handled_twice": [False, False, False, False],
        "unexamined": [False, False, True, True],
        "quarantine_liable": [True, False, True, False],
    }


def test_milestones_that_are_not_reached() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0]), 0.0)
    assert observation.milestone("duty_paid").tolist() == [NEVER]
    assert observation.milestone("release").tolist() == [8 * 3600]


def test_steps_of_conveyances_carry_their_workflow() -> None:
    assert observe_by_hand(tiny(), consignments_of([0]), 0.0).step_names == [
        "vessel_call.moor",
        "vessel_call.unload",
        "vessel_call.sail",
        "discharge",
        "declare",
        "review",
        "pick_up",
    ]


def test_nothing_measured_gives_no_numbers_rather_than_wrong_ones() -> None:
    scenario = tiny(("experiment.warm_up_days", 1.0))
    found = values(measure(observe_by_hand(scenario, consignments_of([0]), 0.0)).kpis)
    assert found["consignments"] == found["teu"] == 0
    assert not [key for key in found if key.startswith("all.overall_clearance_time")]
    assert isnan(found["cost.total.per_teu"])
    assert isnan(found["critical.review"])


@cache
def measures(name: str) -> Measures:
    return measure(replicated(name))


@pytest.mark.parametrize("name", SHIPPED)
def test_measures_of_shipped_scenarios(name: str) -> None:
    observation, found = replicated(name), measures(name)
    kpis = values(found.kpis)
    assert not [key for key, value in kpis.items() if isnan(value)]
    number = int(observation.measured.sum())
    assert kpis["consignments"] == number
    assert kpis["teu"] == observation.consignments.teu[observation.measured].sum()
    assert kpis["unfinished"] == 0
    assert len(found.observed["all.time_in_port"]) == number
    assert len(found.observed["all.milestone.release"]) == number


def test_the_groups_of_a_replication_are_the_same_under_every_reform() -> None:
    base = replicated("serial").groups
    for name in SHIPPED:
        for group, members in replicated(name).groups.items():
            assert (members == base[group]).all()


def test_what_is_handled_twice_is_moved_for_each_agency_before_reform() -> None:
    """Exports that were inspected at their origin are moved for customs alone."""
    before, after = (small_of(f"scenario={name}") for name in ("fujian_2015", "fujian_2017"))
    for observation in (before, after):
        groups = observation.groups
        assert (groups["handled_twice"] == groups["examined_twice"] & groups["sea_import"]).all()
        assert (groups["examined_twice"] & groups["sea_export"]).any()
    for observation, times in ((before, 2), (after, 1)):
        found = values(measure(observation).kpis)
        assert found["handled_twice.movings_per_container"] == times
        assert found["handled_twice.unstuffings_per_container"] == times
        assert found["handled_twice.handling_fee_per_teu"] == 600 * times
