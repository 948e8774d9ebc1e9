from math import isnan

import numpy as np
import pytest

from sim.measure.observation import Observation
from sim.measure.times import STANDARDS, UNDEFINED, durations, observed_times, time_kpis
from tests.builders import (
    SHIPPED,
    consignments_of,
    constant,
    observe_by_hand,
    replicated,
    spec,
    tiny,
)
from tests.measure.figures import values

HOUR = 3600
IMPORT_MEASURES = (
    "overall_clearance_time",
    "declaration_to_release",
    "time_in_port",
    "stage.discharge",
    "stage.preparation",
    "stage.clearance",
    "stage.pickup",
)


def hours(observation: Observation) -> dict[str, list[float]]:
    """Hours of the measures that are defined for any consignment, NaN where one has none."""
    columns = {
        name: np.where(column == UNDEFINED, np.nan, column / HOUR)
        for name, column in durations(observation).items()
    }
    return {name: column.tolist() for name, column in columns.items() if not all(np.isnan(column))}


def test_times_of_one_consignment() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0], containers=[2]), 10.0)
    assert hours(observation) == {
        "overall_clearance_time": [8.0],
        "declaration_to_release": [3.0],
        "time_in_port": [8.5],
        "stage.discharge": [3.0],
        "stage.preparation": [2.0],
        "stage.clearance": [3.0],
        "stage.pickup": [0.5],
    }


def test_a_declaration_lodged_before_discharge_leaves_no_preparation() -> None:
    ahead = {"arrival_offset": constant(5.0), "ahead": True}
    scenario = tiny(
        ("workflows.sea_import.steps.declare", spec(trigger=ahead, milestones=["lodgement"])),
        ("workflows.sea_import.steps.review.after", ["declare", "discharge"]),
    )
    found = hours(observe_by_hand(scenario, consignments_of([0]), 10.0))
    assert found["stage.preparation"] == [0.0]
    assert found["stage.clearance"] == [3.0]
    assert found["declaration_to_release"] == [10.0]
    assert found["overall_clearance_time"] == [6.0]


def test_the_clock_of_declarations_starts_with_the_first() -> None:
    scenario = tiny(
        quarantine=spec(
            "discharge",
            when=["quarantine_liable"],
            duration=constant(0.5),
            milestones=["quarantine_lodgement"],
        )
    )
    consignments = consignments_of([0, 0], quarantine_liable=[True, False])
    found = hours(observe_by_hand(scenario, consignments, 0.0))
    assert found["declaration_to_release"] == [4.5, 3.0]
    assert found["stage.preparation"] == [2.0, 2.0]


def test_a_milestone_is_reached_when_all_its_steps_have_ended() -> None:
    lanes = ("port.facilities.gate_lanes.capacity", 1)
    observation = observe_by_hand(tiny(lanes), consignments_of([0], containers=[3]), 0.0)
    assert hours(observation)["stage.pickup"] == [1.5]


@pytest.mark.parametrize("name", SHIPPED)
def test_stages_add_up_to_the_time_in_port(name: str) -> None:
    observation = replicated(name)
    measured = observation.measured
    columns = {
        name: column
        for name, column in durations(observation).items()
        if (column[measured] != UNDEFINED).all()
    }
    assert columns.keys() == set(IMPORT_MEASURES)
    stages = [column for key, column in columns.items() if key.startswith("stage.")]
    assert measured.sum() > 500
    assert (np.sum(stages, axis=0)[measured] == columns["time_in_port"][measured]).all()
    assert all((stage[measured] >= 0).all() for stage in stages)


def test_figures_are_means_over_groups() -> None:
    consignments = consignments_of([0, 1], customs_selected=[True, False])
    scenario = tiny(("agencies.customs.reviewers", 1))
    observation = observe_by_hand(scenario, consignments, 0.0, 1.0)
    found = values(time_kpis(observed_times(observation)))
    assert found["examined.overall_clearance_time.mean"] == 8.0
    assert found["unexamined.overall_clearance_time.mean"] == 10.0
    assert found["all.overall_clearance_time.mean"] == 9.0
    assert isnan(found["examined_twice.overall_clearance_time.mean"])
    assert found["all.milestone.lodgement.mean"] == 5.0
    assert found["all.milestone.gate_out.mean"] == 9.5
    assert "all.milestone.duty_paid.mean" not in found
    means = 4 * len(IMPORT_MEASURES) + 4
    assert len(found) == means + 4 * len(STANDARDS)


@pytest.mark.parametrize(("standard", "share"), [(8, 0.5), (10, 1.0), (24, 1.0)])
def test_shares_that_leave_the_port_in_time(standard: int, share: float) -> None:
    """Two boxes, of which one leaves after 8.5 hours, the other after 8 hours to the second."""
    scenario = tiny(
        ("workflows.sea_import.steps.pick_up.duration", constant(0.0)),
        weigh=spec("review", when=["licensed"], duration=constant(0.5), milestones=["gate_out"]),
    )
    observation = observe_by_hand(scenario, consignments_of([0, 0], licensed=[True, False]), 0.0)
    found = values(time_kpis(observed_times(observation)))
    assert found[f"all.time_in_port.within_{standard}h"] == share
