import numpy as np

from sim.clearance.plan import Plan
from sim.engine.trace import NEVER
from tests.builders import ASSUMED, consignments_of, constant, observe_by_hand, reform, spec, tiny
from tests.trains import observe_trains


def names(plan: Plan) -> list[str]:
    return [plan.steps[number].name for number in plan.step]


def test_cases_of_different_templates_stand_in_their_own_order() -> None:
    """Groups are laid out side by side; the numbers follow the cases all the same."""
    scenario = tiny(permit=spec("declare", when=["licensed"]))
    consignments = consignments_of([0] * 4, [2, 1, 2, 1], licensed=[True, False, False, True])
    plan = observe_by_hand(scenario, consignments, 0.0).plan
    sizes = np.diff(plan.first_activity).tolist()
    assert sizes == [3, 6, 4, 5, 5]
    assert plan.case.tolist() == [case for case, size in enumerate(sizes) for _ in range(size)]
    found = [names(plan)[first:last].count("permit") for first, last in _spans(plan)]
    assert found == [0, 1, 0, 0, 1]


def _spans(plan: Plan) -> list[tuple[int, int]]:
    return list(zip(plan.first_activity[:-1], plan.first_activity[1:], strict=True))


def test_conveyances_that_lost_a_step_to_a_reform_have_none() -> None:
    """Who boards a train without the step that gathers is gathered by nobody."""
    dropped = reform(
        {"cancel": {"steps": ["load"]}},
        workflows=["train_run"],
        adoption={"share": 0.5, **ASSUMED},
    )
    hours = [20.0 + 30 * number for number in range(12)]
    plan = observe_trains(list(range(12)), [1] * 12, *hours, reforms={"r": dropped}).plan
    taken = np.array([bool(uptake) for uptake in plan.uptakes])[plan.uptake[:12]]
    assert 0 < taken.sum() < 12
    gathering = plan.links.conveyance_activity[plan.links.column[plan.links.gathers][0]]
    assert ((gathering == NEVER) == taken).all()
    loads = [names(plan)[first:last].count("load") for first, last in _spans(plan)[:12]]
    assert (np.array(loads) == ~taken).all()


def test_done_again_a_step_of_a_conveyance_is_over_with_its_last_visit() -> None:
    rework = {
        "label": {"en": "Papers again", "zh": "重办单证"},
        "probability": 1.0,
        "most": 2,
        "correction": constant(1.0),
        "hours": "around_the_clock",
        **ASSUMED,
    }
    scenario = tiny(("workflows.vessel_call.steps.unload.rework", rework))
    observation = observe_by_hand(scenario, consignments_of([0]), 0.0)
    assert names(observation.plan)[:7] == [
        "moor", "unload", "unload_correction", "unload", "unload_correction", "unload", "sail",
    ]  # fmt: skip
    assert observation.plan.visit[:7].tolist() == [0, 0, 1, 1, 2, 2, 0]
    assert observation.milestone("discharge").tolist() == [(1 + 2 + 3 + 3) * 3600]
