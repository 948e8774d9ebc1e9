import numpy as np
import pytest

from sim.measure.critical_path import binding_predecessors, critical_kpis, critical_ticks
from sim.measure.times import durations
from tests.builders import (
    SHIPPED,
    consignments_of,
    constant,
    observe_by_hand,
    replicated,
    spec,
    tiny,
)
from tests.measure.figures import one_reviewer_in_office_hours, values

HOUR = 3600


def hours_by_step(observation: object) -> dict[str, float]:
    found = critical_ticks(observation) / HOUR  # type: ignore[arg-type]
    names = observation.step_names  # type: ignore[attr-defined]
    return {name: hours for name, hours in zip(names, found.tolist(), strict=True) if hours}


def test_a_chain_is_its_own_critical_path() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0]), 10.0)
    assert hours_by_step(observation) == {
        "vessel_call.moor": 1.0,
        "vessel_call.unload": 2.0,
        "declare": 2.0,
        "review": 3.0,
    }
    found = values(critical_kpis(observation))
    assert found["critical.review"] == found["critical.party.customs"] == 3 / 8
    assert found["critical.party.port"] == 3 / 8
    assert found["critical.party.trader"] == 2 / 8


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param(5.0, {"permit": 5.0, "review": 3.0}, id="the longer branch"),
        pytest.param(1.0, {"declare": 2.0, "review": 3.0}, id="the shorter branch"),
        pytest.param(2.0, {"declare": 2.0, "review": 3.0}, id="the first of equals"),
    ],
)
def test_the_branch_that_ends_last_is_critical(hours: float, expected: dict[str, float]) -> None:
    scenario = tiny(
        ("workflows.sea_import.steps.review.after", ["declare", "permit"]),
        permit=spec("discharge", duration=constant(hours)),
    )
    found = hours_by_step(observe_by_hand(scenario, consignments_of([0]), 0.0))
    assert found == {"vessel_call.moor": 1.0, "vessel_call.unload": 2.0, **expected}


def test_waiting_and_lags_count_for_the_step_that_waits() -> None:
    scenario = one_reviewer_in_office_hours()
    found = hours_by_step(observe_by_hand(scenario, consignments_of([0]), 0.0))
    assert found["review"] == 6.5
    lagged = tiny(("workflows.sea_import.steps.review.lag_hours", 1.5))
    found = hours_by_step(observe_by_hand(lagged, consignments_of([0]), 0.0))
    assert found["review"] == 4.5


def test_nothing_before_the_arrival_counts() -> None:
    ahead = {"arrival_offset": constant(5.0), "ahead": True}
    scenario = tiny(
        (
            "workflows.sea_import.steps.declare",
            spec(trigger=ahead, duration=constant(9.0), milestones=["lodgement"]),
        ),
        ("workflows.sea_import.steps.review.after", ["declare", "discharge"]),
    )
    found = hours_by_step(observe_by_hand(scenario, consignments_of([0]), 10.0))
    assert found == {"declare": 4.0, "review": 3.0}


def test_a_trigger_that_nobodys_end_explains_ends_the_path() -> None:
    later = {"arrival_offset": constant(9.0)}
    scenario = tiny(("workflows.sea_import.steps.review.trigger", later))
    observation = observe_by_hand(scenario, consignments_of([0]), 10.0)
    assert hours_by_step(observation) == {"review": 3.0}
    review = np.flatnonzero(observation.steps_with("name", "review")[observation.plan.step])
    assert binding_predecessors(observation)[review].tolist() == [-1]


@pytest.mark.parametrize("name", SHIPPED)
def test_shares_add_up_to_one(name: str) -> None:
    found = values(critical_kpis(replicated(name)))
    parties = {key: share for key, share in found.items() if key.startswith("critical.party.")}
    steps = [share for key, share in found.items() if key not in parties]
    assert sum(parties.values()) == pytest.approx(1, abs=1e-12)
    assert sum(steps) == pytest.approx(1, abs=1e-12)
    assert min(found.values()) >= 0


def test_the_path_covers_the_clearance_time() -> None:
    observation = replicated("serial")
    whole = durations(observation)["overall_clearance_time"][observation.measured].sum()
    assert critical_ticks(observation).sum() == whole
