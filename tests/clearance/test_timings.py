from functools import cache

import numpy as np

from sim.clearance.plan import Plan
from sim.traffic.distributions import sample, ticks
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import container_entities
from tests.builders import ASSUMED, column, consignments_of, constant, observe_by_hand, spec, tiny
from tests.trains import observe_trains

HOUR = 3600
LONG = {"dist": "exponential", "mean": 2.0, **ASSUMED}


def of_step(plan: Plan, name: str) -> np.ndarray:
    return np.flatnonzero(np.array([one.name == name for one in plan.steps])[plan.step])


@cache
def spread() -> Plan:
    """Two vessels; three consignments of one to three boxes, whose work and start are drawn."""
    ahead = {"arrival_offset": LONG, "ahead": True}
    scenario = tiny(
        ("workflows.vessel_call.steps.unload.duration", LONG),
        ("workflows.sea_import.steps.pick_up.duration", LONG),
        ("workflows.sea_import.steps.review.after", ["declare", "announce"]),
        announce=spec(trigger=ahead, duration=LONG),
    )
    return observe_by_hand(scenario, consignments_of([0, 1, 1], [2, 1, 3]), 20.0, 40.0).plan


def expected(purpose: str, entity: np.ndarray, batch: str) -> list[int]:
    """Ticks of a draw of two hours on average, keyed under a stream or flow."""
    draws = Draws(tiny().experiment.seed, 0).under(batch)
    duration = next(one.duration for one in spread().steps if one.name == "announce")
    return ticks(sample(duration, draws.uniform(purpose, entity))).tolist()  # type: ignore[arg-type]


def test_work_of_a_conveyance_is_drawn_under_its_stream() -> None:
    plan = spread()
    found = plan.work[of_step(plan, "unload")].tolist()
    assert found == expected("duration.vessel_call.unload", column(0, 1), "liner_calls")


def test_work_on_boxes_is_drawn_box_by_box_under_the_flow() -> None:
    plan = spread()
    boxes = container_entities(column(0, 0, 1, 2, 2, 2), column(0, 1, 0, 0, 1, 2))
    found = plan.work[of_step(plan, "pick_up")].tolist()
    assert found == expected("duration.sea_import.pick_up", boxes, "sea_import")
    assert len(set(found)) == 6


def test_triggers_ahead_count_back_from_the_arrival_of_the_conveyance() -> None:
    plan = spread()
    lead = expected("trigger.sea_import.announce", column(0, 1, 2), "sea_import")
    arrival = [20 * HOUR, 40 * HOUR, 40 * HOUR]
    found = plan.earliest[of_step(plan, "announce")].tolist()
    assert found == [max(0, at - early) for at, early in zip(arrival, lead, strict=True)]


def test_what_waits_for_its_conveyance_alone_is_ready_with_it() -> None:
    plan = spread()
    assert plan.earliest[of_step(plan, "moor")].tolist() == [20 * HOUR, 40 * HOUR]
    assert not plan.earliest[of_step(plan, "discharge")].any()


def test_exports_enter_before_the_train_they_are_booked_for() -> None:
    plan = observe_trains([1, 0], [1, 1], 20.0, 40.0).plan
    assert plan.earliest[of_step(plan, "enter")].tolist() == [30 * HOUR, 10 * HOUR]


def test_a_step_without_luck_takes_the_same_time_on_every_visit() -> None:
    rework = {
        "label": {"en": "Again", "zh": "再次"}, "probability": 1.0, "most": 2,
        "correction": constant(0.25), "hours": "around_the_clock", **ASSUMED,
    }  # fmt: skip
    scenario = tiny(("workflows.sea_import.steps.declare.rework", rework))
    plan = observe_by_hand(scenario, consignments_of([0]), 0.0).plan
    assert plan.work[of_step(plan, "declare")].tolist() == [2 * HOUR] * 3
    assert plan.work[of_step(plan, "declare_correction")].tolist() == [900] * 2
