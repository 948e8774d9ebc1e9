"""Measures where several flows meet in one port, and of exports."""

import re
from functools import cache

import pytest

from sim.measure.measure import measure
from sim.measure.observation import Observation
from sim.measure.times import UNDEFINED, durations, observed_times, time_kpis
from sim.measure.utilisation import pool_kpis, yard_kpis
from sim.scenario.validate import build_scenario
from tests.builders import consignments_of, observe_streams, tiny_data
from tests.measure.figures import values
from tests.trains import observe_trains, train_data

HOUR = 3600


@cache
def exported() -> Observation:
    return observe_trains([0], [2], 20.0)


def hours(observation: Observation) -> dict[str, list[float]]:
    return {
        name: (column / HOUR).tolist()
        for name, column in durations(observation).items()
        if (column != UNDEFINED).all()
    }


def test_stages_of_an_export_begin_as_it_enters() -> None:
    """It enters at 10, is released at 12, lifted at 26.5, and departs at 28.5."""
    assert hours(exported()) == {
        "overall_clearance_time": [2.0],
        "declaration_to_release": [1.0],
        "time_in_port": [18.5],
        "stage.preparation": [1.0],
        "stage.clearance": [1.0],
        "stage.after_release": [14.5],
        "stage.departure": [2.0],
    }


def test_stages_of_an_export_add_up_to_its_time_in_port() -> None:
    found = hours(exported())
    stages = [column[0] for name, column in found.items() if name.startswith("stage.")]
    assert sum(stages) == found["time_in_port"][0]


def test_an_export_has_no_stages_of_an_import() -> None:
    found = values(time_kpis(observed_times(exported())))
    assert "all.stage.departure.mean" in found
    assert not {"all.stage.discharge.mean", "all.stage.pickup.mean"} & found.keys()


def test_a_box_that_misses_its_train_stays_until_the_next() -> None:
    observation = observe_trains([0, 0], [2, 1], 20.0, 50.0)
    assert hours(observation)["time_in_port"] == [18.5, 48.5]


@cache
def both() -> Observation:
    """Two imports by vessel and an export by train; one import is examined by customs."""
    sea, rail = tiny_data(), train_data()
    sea["workflows"]["sea_import"]["direction"] = "import"
    rail["workflows"]["rail_export"]["direction"] = "export"
    for part in ("conveyances", "flows"):
        sea["traffic"][part] |= rail["traffic"][part]
    sea["workflows"] |= rail["workflows"]
    sea["port"]["slots"] = rail["port"]["slots"]
    consignments = consignments_of(
        [0, 0, 1],
        [1, 1, 2],
        flows={"sea_import": 2, "rail_export": 1},
        customs_selected=[True, False, False],
    )
    return observe_streams(build_scenario(sea), consignments, liner_calls=[0.0], trains=[20.0])


def test_flows_are_groups_of_their_own_where_there_are_several() -> None:
    groups = both().groups
    assert groups["sea_import"].tolist() == [True, True, False]
    assert groups["rail_export"].tolist() == [False, False, True]
    assert groups["all"].tolist() == [True, True, True]
    assert "rail_export" not in exported().groups


def test_times_are_told_by_flow() -> None:
    found = values(time_kpis(observed_times(both())))
    assert found["sea_import.overall_clearance_time.mean"] == 8.0
    assert found["rail_export.overall_clearance_time.mean"] == 2.0
    assert found["all.overall_clearance_time.mean"] == 6.0
    assert found["examined.overall_clearance_time.mean"] == 8.0


def test_a_flow_has_only_the_stages_it_goes_through() -> None:
    found = values(time_kpis(observed_times(both())))
    for name in ("sea_import.stage.departure.mean", "rail_export.stage.discharge.mean"):
        assert name not in found
    assert found["sea_import.stage.discharge.mean"] == 3.0
    assert found["rail_export.stage.departure.mean"] == 2.0


def test_stages_and_milestones_of_several_directions_are_not_mixed() -> None:
    found = values(time_kpis(observed_times(both())))
    mixed = [key for key in found if re.match(r"(all|examined|unexamined)\.(stage|milestone)", key)]
    assert not mixed
    assert "sea_import.stage.preparation.mean" in found


def test_steps_carry_their_workflow_where_flows_follow_several() -> None:
    assert both().step_names[-1].startswith("rail_export.")
    assert "sea_import.review" in both().step_names
    assert "declare" in exported().step_names
    assert "train_run.load" in exported().step_names


def test_slots_are_no_pool_that_is_busy() -> None:
    found = values(pool_kpis(exported()))
    assert not [name for name in found if "train_slots" in name]


def test_exports_stand_in_the_yard_from_gate_to_departure() -> None:
    found = values(yard_kpis(exported()))
    assert found["yard.teu.peak"] == 2
    assert found["yard.teu.mean"] == pytest.approx(2 * 18.5 / 168, rel=1e-12)


def test_everything_can_be_measured_where_flows_meet() -> None:
    found = values(measure(both()).kpis)
    assert (found["consignments"], found["teu"], found["unfinished"]) == (3, 4, 0)


def test_who_never_boarded_is_counted_not_measured() -> None:
    observation = observe_trains([0, 0], [2, 1], 20.0)
    found = values(measure(observation).kpis)
    assert (found["consignments"], found["unfinished"]) == (1, 1)
